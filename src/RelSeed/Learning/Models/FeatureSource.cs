using RelSeed.Learning.Codebooks;
using RelSeed.Learning.Sampling;
using RelSeed.Numerics.Trees;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Models;

/// <summary>What the models of a table's steps may ask, with codes by row.</summary>
sealed class FeatureSource
{
    // Bases whose differences spread nearly as wide as the values themselves promise nothing.
    const double MostSpread = 0.5;
    const int LeastLooked = 20;
    const double TrustBesideName = 0.5;
    const double MostAstray = 0.2, LeastMoving = 0.5;
    const double LeastEven = 0.9;
    const double FirstYear = 1000, LastYear = 2999;

    readonly LearnedTable _table;
    readonly IReadOnlyDictionary<SampleTable, LearnedTable> _learned;
    readonly List<ModelFeature> _context = [];
    readonly Lazy<ModelFeature[]> _previous, _same;
    readonly ModelFeature _ordinal, _remaining;

    public FeatureSource(LearnedTable table, IReadOnlyDictionary<SampleTable, LearnedTable> learned)
    {
        (_table, _learned) = (table, learned);
        _ordinal = new(new Feature(FeatureKind.Ordinal), Counts(table.Siblings.Ordinals));
        _remaining = new(new Feature(FeatureKind.Remaining), Counts(table.Siblings.Remaining));
        AddParents();
        var trust = IsNamed ? TrustBesideName : 1;
        _previous =
            new(() =>
            [.. table.Steps.Select((s, i) =>
            new ModelFeature(new Feature(FeatureKind.Previous, Step: i), Gather(s.Coded.Column, table.Siblings.Previous) with { Trust = trust }))]);
        _same = new(() =>
            [.. table.Steps.Select((s, i) =>
            new ModelFeature(new Feature(FeatureKind.Same, Step: i), Same(s.Coded.Column, table.Siblings.Previous) with { Trust = trust }))]);
    }

    // Each parent is known by its name: what is drawn by that stays with it, what is drawn by the sibling before drifts.
    bool IsNamed => _table.Sample.DrivingReference is { } driving && driving.Principal != _table.Sample && _learned[driving.Principal] is var parent
        && Enumerable.Range(0, parent.Steps.Count).Any(parent.IsName);

    static CodeColumn Same(CodeColumn column, int[] previous) =>
        new([.. column.Codes.Select((code, row) => (ushort)(previous[row] >= 0 && column.Codes[previous[row]] == code ? 1 : 0))], 2,
            IsOrdinal: false);

    // The steps of the driving parent and of its own.
    void AddParents()
    {
        if (_table.Sample.DrivingReference is not { } driving || driving.Principal == _table.Sample) return;
        var parent = _learned[driving.Principal];
        _context.AddRange(
            parent.Steps.Select((s, i) =>
            new ModelFeature(new Feature(FeatureKind.Parent, _table.Sample.Driving, i), Gather(s.Coded.Column, driving.Parents))));
        if (driving.Principal.DrivingReference is not { } above || above.Principal == driving.Principal) return;
        var rows = Array.ConvertAll(driving.Parents, p => p < 0 ? -1 : above.Parents[p]);
        _context.AddRange(
            _learned[above.Principal].Steps.Select((s, i) =>
            new ModelFeature(new Feature(FeatureKind.Grandparent, Step: i), Gather(s.Coded.Column, rows))));
    }

    // The steps of the other parents whose attributes are all drawn before.
    IEnumerable<ModelFeature> OtherParents(int step)
    {
        for (var r = 0; r < _table.References.Length; r++)
        {
            if (r == _table.Sample.Driving || _table.References[r].Attributes.IsEmpty) continue;
            var last = _table.Steps.FindLastIndex(s => s.Kind == StepKind.Attribute && s.Reference == r);
            if (last >= step) continue;
            var reference = _table.Sample.References[r];
            var steps = _learned[reference.Principal].Steps;
            for (var s = 0; s < steps.Count; s++)
                if (!_table.References[r].Attributes.Contains(s))
                    yield return new(new Feature(FeatureKind.Parent, r, s), Gather(steps[s].Coded.Column, reference.Parents));
        }
    }

    static CodeColumn Counts(int[] counts) => new(Array.ConvertAll(counts, c => (ushort)CountCodes.Of(c)), CountCodes.Size, IsOrdinal: true);

    public static CodeColumn Gather(CodeColumn column, int[] rows) =>
        column with { Codes = Array.ConvertAll(rows, r => r < 0 ? (ushort)0 : column.Codes[r]) };

    public IReadOnlyList<ModelFeature> Of(int step, bool isNext)
    {
        List<ModelFeature> features =
            [.. _table.Steps.Take(step).Select((s, i) => new ModelFeature(new Feature(FeatureKind.Own, Step: i), s.Coded.Column))];
        features.AddRange(_context);
        features.AddRange(OtherParents(step));
        if (_table.Sample.Driving >= 0) features.Add(_remaining);
        if (isNext) features.AddRange([_ordinal, .. _previous.Value, .. _same.Value.Take(step)]);
        return features;
    }

    /// <summary>What is the same for all siblings.</summary>
    public IReadOnlyList<ModelFeature> OfParents => _context;

    /// <summary>Tells first siblings from the others.</summary>
    public ModelFeature Ordinal => _ordinal;

    /// <param name="rows">Those to learn of.</param>
    public IReadOnlyList<DifferenceBase> Bases(int step, bool isNext, int[] rows)
    {
        var target = _table.Steps[step];
        if (target.Coded.Values is not { } values) return [];
        // A day is so many days from a moment's day.
        var isDay = target.Kind == StepKind.Column && _table.Sample.Table.Columns[target.Target].Type.Kind == TypeKind.Date;
        var isYear = IsYear(_table, target, values);
        List<DifferenceBase> bases = [];
        for (var s = 0; s < step; s++)
            if (_table.Steps[s] is { Coded.Values: { } own } other && IsComparable(_table, other)) bases.Add(new(BaseKind.Own, s, From(own, other)));
        if (_table.Sample.DrivingReference is { } driving && driving.Principal != _table.Sample)
        {
            var parent = _learned[driving.Principal];
            var steps = parent.Steps;
            for (var s = 0; s < steps.Count; s++)
                if (steps[s] is { Coded.Values: { } above } other && IsComparable(parent, other) && other.Kind == StepKind.Column)
                    bases.Add(new(BaseKind.Parent, s, From(Array.ConvertAll(driving.Parents, p => p < 0 ? double.NaN : above[p]), other)));
        }
        if (isNext && (target.IsTime || LeadsOneWay(values, rows)))
            bases.Add(new(BaseKind.Previous, -1, Array.ConvertAll(_table.Siblings.Previous, p => p < 0 ? double.NaN : values[p])));
        var looked = rows.Length >= LeastLooked ? rows : Enumerable.Range(0, values.Length).ToArray();
        bases = [.. bases.Select(b => (Base: b, Spread: Spread(values, b.Values, looked))).Where(b => b.Spread <= MostSpread).OrderBy(b => b.Spread)
            .Take(2).Select(b => b.Base)];
        var sum = Sum(step, values, looked);
        if (sum is not null) bases.Add(sum);
        if (!target.IsTime && target.Kind == StepKind.Column) bases.AddRange(FactorFinder.Find(values, Numbers(step), sum, looked));
        if (!isNext && Remaining(step, values) is { } remaining) bases.Add(remaining);
        return bases;

        bool IsComparable(LearnedTable of, LearnedStep other) => other.Time == target.Time || other.Time == TimeScale.Moment && isYear
            || target.Time == TimeScale.Moment && other.Kind == StepKind.Column && IsYear(of, other, other.Coded.Values!);

        double[] From(double[] from, LearnedStep other) => other.IsTime && isYear ? Array.ConvertAll(from, Years.Of)
            : target.IsTime && !other.IsTime ? Array.ConvertAll(from, Years.BeginningOf)
            : isDay ? Array.ConvertAll(from, Weekdays.DayOf) : from;
    }

    // What several numbers of the row add up to, nearly, or the product of two.
    DifferenceBase? Sum(int step, double[] values, int[] rows)
    {
        var target = _table.Steps[step];
        if (target.IsTime || target.Kind != StepKind.Column) return null;
        var places = Enumerable.Range(0, step).Where(s => _table.Steps[s] is { IsTime: false, Kind: StepKind.Column, Coded.Values: not null }).ToList();
        var columns = places.ConvertAll(s => _table.Steps[s].Coded.Values!);
        List<BaseTerm> terms = [.. LinearFit.Find(values, columns, rows).Select(t => new BaseTerm(places[t.Place], t.Weight))];
        List<BaseTerm> product = [.. ProductFit.Find(values, columns, rows) is { } found ? [new BaseTerm(places[found.Left], found.Weight, places[found.Right])]
            : Array.Empty<BaseTerm>()];
        return new[] { terms, product }.Where(t => t.Count > 0).Select(t => (Terms: t, Sums: Sums(target, t)))
            .Select(t => (t.Terms, t.Sums, Spread: Spread(values, t.Sums, rows))).Where(t => t.Spread <= MostSpread).OrderBy(t => t.Spread)
            .Select(t => new DifferenceBase(BaseKind.Sum, -1, t.Sums) { Terms = t.Terms.ToEquatableArray() }).FirstOrDefault();
    }

    // Of the row, of the parents that it takes, and of its own parent.
    List<DifferenceBase> Numbers(int step)
    {
        List<DifferenceBase> numbers = [.. Enumerable.Range(0, step).Where(s => _table.Steps[s] is { IsTime: false, Coded.Values: not null })
            .Select(s => new DifferenceBase(BaseKind.Own, s, _table.Steps[s].Coded.Values!))];
        if (_table.Sample.DrivingReference is not { } driving || driving.Principal == _table.Sample) return numbers;
        var parent = _learned[driving.Principal];
        for (var s = 0; s < parent.Steps.Count; s++)
            if (parent.Steps[s] is { IsTime: false, Kind: StepKind.Column, Coded.Values: { } above })
                numbers.Add(new(BaseKind.Parent, s, Array.ConvertAll(driving.Parents, p => p < 0 ? double.NaN : above[p])));
        return numbers;
    }

    double[] Sums(LearnedStep target, List<BaseTerm> terms)
    {
        var unit = target.Coded.Codebook.Unit;
        var sums = new double[target.Coded.Codes.Length];
        foreach (var term in terms)
        {
            var (values, times) = (_table.Steps[term.Step].Coded.Values!, term.Times < 0 ? null : _table.Steps[term.Times].Coded.Values!);
            for (var row = 0; row < sums.Length; row++) sums[row] += term.Weight * values[row] * (times is null ? 1 : times[row]);
        }
        return unit > 0 ? Array.ConvertAll(sums, s => Math.Round(s / unit) * unit) : sums;
    }

    // Whole numbers that may be years begin at the year of a moment, and moments at the beginning of a year.
    bool IsYear(LearnedTable of, LearnedStep step, double[] values)
    {
        var table = step.Kind == StepKind.Attribute ? of.Sample.References[step.Reference].Principal : of.Sample;
        var column = step.Kind == StepKind.Attribute ? _learned[table].Steps[step.Target].Target : step.Target;
        return step.Kind != StepKind.Presence && !step.IsTime && table.Table.Columns[column].Type.Kind.IsInteger()
            && Array.TrueForAll(values, v => double.IsNaN(v) || v is >= FirstYear and <= LastYear);
    }

    // Siblings that follow each other at one distance, up to an end that many share: the first begins as much earlier as there are more of them.
    DifferenceBase? Remaining(int step, double[] values)
    {
        var target = _table.Steps[step];
        if (target.Kind != StepKind.Column || Siblings.TimeOf(_table.Sample) != _table.Sample.Table.Columns[target.Target]) return null;
        var strides = Enumerable.Range(0, values.Length).Where(row => _table.Siblings.Previous[row] >= 0)
            .Select(row => Grid.Clean(values[row] - values[_table.Siblings.Previous[row]])).Where(s => !double.IsNaN(s)).ToList();
        if (strides.Count < LeastLooked || strides.GroupBy(s => s).MaxBy(g => g.Count()) is not { Key: > 0 } most
            || most.Count() < strides.Count * LeastEven) return null;
        var left = _table.Siblings.Remaining;
        var parents = _table.Sample.DrivingReference!.Parents;
        var bases = new double[values.Length];
        for (var row = 0; row < bases.Length; row++) bases[row] = parents[row] < 0 ? double.NaN : -most.Key * left[row];
        return new(BaseKind.Remaining, -1, bases, most.Key);
    }

    // Steps to and fro, added up from sibling to sibling, would lead anywhere; so would rare ones where each parent is known by its name.
    bool LeadsOneWay(double[] values, int[] rows)
    {
        int ahead = 0, back = 0, siblings = 0;
        foreach (var row in rows)
        {
            if (_table.Siblings.Previous[row] is not (>= 0 and var previous)) continue;
            siblings++;
            if (values[row] > values[previous]) ahead++;
            else if (values[row] < values[previous]) back++;
        }
        return Math.Min(ahead, back) <= MostAstray * (ahead + back) && (!IsNamed || ahead + back >= LeastMoving * siblings);
    }

    // The middle half of the differences by that of the values.
    static double Spread(double[] values, double[] from, int[] rows)
    {
        var (own, difference) = (new List<double>(), new List<double>());
        foreach (var row in rows)
        {
            if (double.IsNaN(values[row]) || double.IsNaN(from[row])) continue;
            own.Add(values[row]);
            difference.Add(values[row] - from[row]);
        }
        if (own.Count < LeastLooked) return double.PositiveInfinity;
        own.Sort();
        difference.Sort();
        var range = Half(own);
        return range > 0 ? Half(difference) / range : double.PositiveInfinity;
    }

    static double Half(List<double> sorted) => sorted[sorted.Count * 3 / 4] - sorted[sorted.Count / 4];
}
