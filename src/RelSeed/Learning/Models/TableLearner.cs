using RelSeed.Learning.Codebooks;
using RelSeed.Numerics.Trees;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Models;

/// <summary>Orders a table's steps and learns the models of each.</summary>
/// <param name="order">The order in which tables are learned; what a table asks of others is asked of those before it.</param>
sealed class TableLearner(LearnOptions options, IReadOnlyList<Sampling.SampleTable> order)
{
    readonly Dictionary<Sampling.SampleTable, int> _places = order.Select((table, place) => (table, place)).ToDictionary(t => t.table, t => t.place);

    // What few rows have explains little of what all have, but is explained by it.
    const double MostlyNull = 0.5;

    const double MostlyCopied = 0.9;

    const int LeastCompared = 20, MostFactors = 30;

    Func<Sampling.SampleTable, bool> IsBefore(LearnedTable table) => other => _places[other] < _places[table.Sample];

    /// <summary>Adds the steps in which a row is drawn. The tables before it have theirs.</summary>
    public void AddSteps(LearnedTable table, IReadOnlyDictionary<Sampling.SampleTable, LearnedTable> learned)
    {
        new ReferenceLearner(learned).AddSteps(table, IsBefore(table));
        AddSteps(table);
    }

    /// <summary>Learns the models of the steps. Several tables may be learned at a time.</summary>
    public void Learn(LearnedTable table, IReadOnlyDictionary<Sampling.SampleTable, LearnedTable> learned)
    {
        var features = new FeatureSource(table, learned);
        var parent = table.Sample.DrivingReference is { } driving && driving.Principal != table.Sample ? learned[driving.Principal] : null;
        var all = Enumerable.Range(0, table.Sample.Count).ToArray();
        var first = Array.FindAll(all, r => table.Siblings.Previous[r] < 0);
        var next = Array.FindAll(all, r => table.Siblings.Previous[r] >= 0);
        var repeated = new LastSame(table);
        Parallel.For(0, table.Steps.Count, s => table.Steps[s].Profile = Learn(table, learned, features, repeated, s, all, first, next, parent));
    }

    // Of a lookup what many refer to is told.
    static PrivacyRule TreeRule(LearnedTable table) => table.IsLookup ? PrivacyRule.None : table.Rule;

    public static TreeOptions TreesOf(LearnOptions options, LearnedTable table) =>
        new() { LeafRows = table.LeafRows(options), LeafEntities = options.LeafEntities };

    static void AddSteps(LearnedTable table)
    {
        var types = table.Sample.Table.Columns;
        var ruled = table.Rules.Select(r => r.Column).ToHashSet();
        var steps = Enumerable.Range(0, table.Coded.Length).Where(c => table.Coded[c] is not null && !ruled.Contains(c))
            .Select(c => new LearnedStep(StepKind.Column, c, -1, table.Coded[c]!, types[c].Type.Kind.ScaleOfTime()))
            .OrderBy(s => table.Columns[s.Target].IsDistinct ? -s.Coded.Codebook.Size : 0)
            .ThenBy(s => table.Columns[s.Target].NullShare > MostlyNull).ThenBy(s => s.Coded.Codebook.Size)
            .ThenBy(s => s.Target).ToList();
        // Moments in the order of time, so that each may begin at one before it.
        var moments = steps.Where(s => s.IsTime).ToList();
        List<LearnedStep> times = [.. InTime(table, moments.FindAll(m => m.Time == TimeScale.Moment)),
            .. InTime(table, moments.FindAll(m => m.Time == TimeScale.Day))];
        var place = 0;
        var ordered = steps.Select(s => s.IsTime ? times[place++] : s).ToList();
        BehindFactors(ordered);
        // What puts siblings in order comes first: all else changes with it.
        if (Sampling.Siblings.TimeOf(table.Sample) is { } time && ordered.FindIndex(s => types[s.Target] == time) is >= 0 and var at
            && (!ordered[at].IsTime || times[0] == ordered[at]))
        {
            ordered.Insert(0, ordered[at]);
            ordered.RemoveAt(at + 1);
        }
        table.Steps.AddRange(ordered);
    }

    // What is nearly the product of two others is drawn once both are known.
    static void BehindFactors(List<LearnedStep> ordered)
    {
        var numbers = ordered.Where(s => s is { IsTime: false, Coded.Values: not null }).ToList();
        if (numbers.Count is < 3 or > MostFactors) return;
        var all = Enumerable.Range(0, numbers[0].Coded.Codes.Length).ToArray();
        foreach (var step in numbers)
        {
            var others = numbers.FindAll(n => n != step);
            if (ProductFit.Find(step.Coded.Values!, others.ConvertAll(o => o.Coded.Values!), all) is not { } product) continue;
            var last = Math.Max(ordered.IndexOf(others[product.Left]), ordered.IndexOf(others[product.Right]));
            if (ordered.IndexOf(step) is var at && at > last) continue;
            ordered.Insert(last + 1, step);
            ordered.RemoveAt(at);
        }
    }

    // Where few rows have all moments, by how many others each mostly comes before; but rare ones behind those that they may begin at.
    static List<LearnedStep> InTime(LearnedTable table, List<LearnedStep> moments)
    {
        if (Compared(moments) is { } compared) return [.. moments.OrderBy(s => MeanOf(s.Coded.Values, compared)).ThenBy(s => s.Target)];
        return [.. moments.OrderBy(s => table.Columns[s.Target].NullShare > MostlyNull)
            .ThenByDescending(s => moments.Count(other => MostlyBefore(s.Coded.Values, other.Coded.Values)))
            .ThenBy(s => MeanOf(s.Coded.Values, compared: null)).ThenBy(s => s.Target)];
    }

    static bool MostlyBefore(double[]? values, double[]? others)
    {
        if (values is null || others is null) return false;
        int before = 0, behind = 0;
        for (var row = 0; row < values.Length; row++)
        {
            if (values[row] < others[row]) before++;
            else if (values[row] > others[row]) behind++;
        }
        return before > behind && before + behind >= LeastCompared;
    }

    // Rows that have all moments: the latest of what only old rows have may lie before the first of others. Null for all, when these are few.
    static bool[]? Compared(List<LearnedStep> moments)
    {
        var known = moments.Where(s => s.Coded.Values is not null).Select(s => s.Coded.Values!).ToList();
        if (known.Count < 2) return null;
        var compared = Enumerable.Range(0, known[0].Length).Select(row => known.TrueForAll(v => !double.IsNaN(v[row]))).ToArray();
        return compared.Count(c => c) >= LeastCompared ? compared : null;
    }

    static double MeanOf(double[]? values, bool[]? compared) => values is null ? 0
        : values.Where((v, row) => !double.IsNaN(v) && (compared is null || compared[row])).DefaultIfEmpty(0).Average();

    StepProfile Learn(LearnedTable table, IReadOnlyDictionary<Sampling.SampleTable, LearnedTable> learned, FeatureSource features,
        LastSame repeated, int s, int[] all, int[] first, int[] next, LearnedTable? parent)
    {
        var step = table.Steps[s];
        var kind = KindOf(table, step);
        var modeler = new ValueModeler(table.Rule, TreeRule(table), TreesOf(options, table), table.Entities, kind);
        var map = CodeMaps.Find(table.Steps.GetRange(0, s), step, all, table.Rule,
            table.Steps.FindIndex(0, s, e => IsName(table, learned, e, step)));
        var undecided = map is null ? null : Undecided(table.Steps[map.Step].Coded.Codes, map);
        var isOrder = step.IsTime
            || step.Kind == StepKind.Column && Sampling.Siblings.TimeOf(table.Sample) == table.Sample.Table.Columns[step.Target];
        var mark = next.Length > 0 ? features.Ordinal : null;
        var profile = new StepProfile
        {
            Kind = step.Kind,
            Target = step.Target,
            Reference = step.Reference,
            Kinds = step.Kind == StepKind.Kind ? step.Coded.Codebook.Codes.Count : 0,
            Bounds = BoundFinder.Find(table, learned, s, IsBefore(table)).ToEquatableArray(),
            Agreements = new AgreementFinder(table.Rule).Find(table, parent, s).ToEquatableArray(),
            First = modeler.Learn(step, features.Of(s, isNext: false), Of(first), all, those => features.Bases(s, isNext: false, those), same: null,
                mark, isOrder) with
            { Map = map },
        };
        if (next.Length == 0) return profile;
        profile = profile with
        {
            Next = modeler.Learn(step, features.Of(s, isNext: true), Of(next), all, those => features.Bases(s, isNext: true, those),
            isOrder ? null : repeated.Find(s), mark, isOrder) with
            { Map = map }
        };
        return isOrder && map is null && SiblingSpread.Find(table, step, modeler, features, all, first.Length, table.LeafRows(options)) is { } values
            ? profile with
            {
                First = IsCopy(profile.First) ? profile.First : Spread(profile.First, values),
                Next = Spread(profile.Next, values),
            } : profile;

        static ValueModel Spread(ValueModel model, TreeModel values) => new() { Nulls = model.Nulls, Values = values, IsSpread = true };

        int[] Of(int[] rows) => undecided is null ? rows : Array.FindAll(rows, r => undecided[r]);
    }

    // What begins just where its parent does stays there, however the others are spread: the first payment opens an account.
    static bool IsCopy(ValueModel model)
    {
        if (model is not { Base: BaseKind.Parent or BaseKind.Own, Differences: { } differences, Values.Nodes: [var root, ..] }) return false;
        var same = differences.Codes.ToList().FindIndex(c => c is NumberCode { Value: 0 }) + 1;
        return same > 0 && root.Shares.Where(s => s.First == same).Sum(s => s.Weight) >= MostlyCopied * root.Shares.Sum(s => s.Weight);
    }

    // Of the row itself, or of the parent that both steps speak of.
    static bool IsName(LearnedTable table, IReadOnlyDictionary<Sampling.SampleTable, LearnedTable> learned, LearnedStep earlier, LearnedStep step) =>
        earlier.Kind == StepKind.Column && step.Kind == StepKind.Column && table.Columns[earlier.Target].IsDistinct
            || earlier.Kind == StepKind.Attribute && step.Kind == StepKind.Attribute && earlier.Reference == step.Reference
            && learned[table.Sample.References[step.Reference].Principal].IsName(earlier.Target);

    static bool[] Undecided(ushort[] codes, CodeMap map) => Array.ConvertAll(codes, c => map.Codes[c] < 0);

    static TypeKind KindOf(LearnedTable table, LearnedStep step) => step.Kind switch
    {
        StepKind.Column => table.Sample.Table.Columns[step.Target].Type.Kind,
        _ => TypeKind.Float64,
    };
}
