using RelSeed.Learning.Codebooks;
using RelSeed.Numerics.Trees;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Models;

/// <summary>A base that differences may begin at.</summary>
/// <param name="Values">By row, NaN for none.</param>
/// <param name="Stride">Of siblings left: what each counts.</param>
sealed record DifferenceBase(BaseKind Kind, int Step, double[] Values, double Stride = 0)
{
    public EquatableArray<BaseTerm> Terms { get; init; } = [];

    /// <summary>Lower values are no base; null when all are.</summary>
    public double? Since { get; init; }

    /// <summary>Values are told as multiples of it.</summary>
    public bool IsFactor { get; init; }

    /// <summary>What of a value is told beside the base.</summary>
    public double From(double value, double from) => Grid.Clean(IsFactor ? value / from : value - from);
}

/// <summary>Learns how a step's value is drawn for some of the rows.</summary>
/// <param name="treeRule">Of what the trees tell of codes.</param>
sealed class ValueModeler(PrivacyRule rule, PrivacyRule treeRule, TreeOptions options, RowEntities? entities, TypeKind kind)
{
    // Differences must describe the rows in so much fewer bits a row.
    const double LeastBits = 0.05;

    const int LeastCopied = 20;
    const double MostlyCopied = 0.95;

    const double BitsOfRest = 8;

    // One base after the other, where they are NULL.
    const int MostBases = 3;

    // So many leaves of their own part first siblings well enough.
    const int ManyLeaves = 40;

    ModelFeature? _mark;
    int[] _all = [];

    /// <summary>Bits in which all that was learned so far describes the values of its rows.</summary>
    public double Bits { get; private set; }

    int LeastOtherwise => 2 * Math.Min(options.LeafRows, rule.Enough);

    readonly TreeModeler _modeler = new(treeRule, options, entities);

    /// <param name="all">All rows of the table, whose shares stand in where the rows are few.</param>
    /// <param name="basesOf">Those that some rows may begin at, the nearest first.</param>
    /// <param name="mark">Tells these rows from the others; null where there are none.</param>
    /// <param name="isOrder">The step puts siblings in order: of its values the next ones say nothing for the first, only of where it is NULL.</param>
    public ValueModel Learn(LearnedStep step, IReadOnlyList<ModelFeature> features, int[] rows, int[] all,
        Func<int[], IReadOnlyList<DifferenceBase>> basesOf, SameAsLast? same, ModelFeature? mark = null, bool isOrder = false)
    {
        var bases = basesOf(rows);
        // Siblings too few to part are learned of together with the others.
        _mark = rows.Length > 0 && rows.Length < ManyLeaves * options.LeafRows && rows.Length < all.Length ? mark : null;
        _all = step.Coded.Strays is null ? all : Array.FindAll(all, r => !step.Coded.IsStray(r));
        var codes = step.Coded.Codes;
        var present = Array.FindAll(rows, r => codes[r] > 0 && !step.Coded.IsStray(r));
        var nulls = rows.Length == 0 ? Nulls(codes, features, all, all) : Nulls(codes, features, rows, all);
        if (isOrder) _mark = null;
        if (step.Coded.Codebook.Size <= 2 && !IsRange(step.Coded.Codebook)) return new ValueModel { Nulls = nulls };
        var everything = Array.FindAll(all, r => codes[r] > 0 && !step.Coded.IsStray(r));
        var marginal = TreeModeler.Marginal(step.Coded.Column, everything);
        // An attribute of parents may be NULL in all that rows refer to: nothing is known of its values.
        if (everything.Length == 0) marginal.AsSpan(1).Fill(1);
        var best = Best(step, features, present, everything, marginal, nulls, same, bases, rows);
        if (Since(step, features, present, everything, marginal, nulls, rows, best.From) is { } since
            && since.Bits < best.Bits - LeastBits * present.Length)
            best = since;
        Bits += best.Bits;
        return best.From is null ? best.Model : best.Model with { Otherwise = Otherwise(step, features, present, marginal, best.From, basesOf, level: 1) };
    }

    /// <summary>The tree of values that siblings are spread over, and the bits in which it describes the rows but for their order.</summary>
    /// <param name="features">Those that all siblings share.</param>
    public (TreeModel Values, double Bits) Spread(LearnedStep step, IReadOnlyList<ModelFeature> features, int[] all)
    {
        var present = Array.FindAll(all, r => step.Coded.Codes[r] > 0 && !step.Coded.IsStray(r));
        var column = step.Coded.Column;
        var learned = _modeler.Learn(features, column, present, TreeModeler.Marginal(column, present))!;
        return (learned.Tree, learned.Fit + Width(step.Coded.Codebook, column.Codes, present));
    }

    (ValueModel Model, DifferenceBase? From, double Bits) Best(LearnedStep step, IReadOnlyList<ModelFeature> features, int[] present, int[] everything,
        double[] marginal, TreeModel? nulls, SameAsLast? same, IReadOnlyList<DifferenceBase> bases, int[] rows)
    {
        var best = Plain(step, features, present, marginal, nulls, same);
        DifferenceBase? from = null;
        var each = best.Bits / Math.Max(1, present.Length);
        foreach (var candidate in bases)
        {
            if (Difference(step, features, present, everything, candidate, nulls, rows) is not { } other) continue;
            // Rows without a base are described by another one where there are enough, else as they stand.
            var rest = present.Count(r => double.IsNaN(candidate.Values[r]));
            var bits = other.Bits + rest * (rest < LeastOtherwise ? Math.Max(BitsOfRest, each) : BitsOfRest);
            if (bits < best.Bits - LeastBits * present.Length) (best, from) = ((other.Model, bits), candidate);
        }
        return (best.Model, from, best.Bits);
    }

    // The base may count from a value on; rows below it are described as they stand.
    (ValueModel Model, DifferenceBase? From, double Bits)? Since(LearnedStep step, IReadOnlyList<ModelFeature> features, int[] present,
        int[] everything, double[] marginal, TreeModel? nulls, int[] rows, DifferenceBase? begun)
    {
        if (begun is not { Kind: BaseKind.Own or BaseKind.Parent, IsFactor: false }) return null;
        if (BaseOnset.Find(step.Coded.Values!, begun.Values, present, step.Coded.Codebook.Unit) is not { } since) return null;
        var later = begun with { Since = since, Values = Array.ConvertAll(begun.Values, v => v < since ? double.NaN : v) };
        var below = Array.FindAll(present, r => double.IsNaN(later.Values[r]));
        if (below.Length < LeastOtherwise || Difference(step, features, present, everything, later, nulls, rows) is not { } other) return null;
        return (other.Model, later, other.Bits + Plain(step, features, below, marginal, nulls: null, same: null).Bits);
    }

    // Rows without a base may begin at another: what never was delivered is reviewed by the day of its order.
    ValueModel? Otherwise(LearnedStep step, IReadOnlyList<ModelFeature> features, int[] present, double[] marginal, DifferenceBase from,
        Func<int[], IReadOnlyList<DifferenceBase>> basesOf, int level)
    {
        var rest = Array.FindAll(present, r => double.IsNaN(from.Values[r]));
        if (rest.Length < LeastOtherwise) return null;
        _mark = null;
        var best = Best(step, features, rest, rest, marginal, nulls: null, same: null, basesOf(rest), rest);
        if (best.From is null) return best.Model.Values is { Nodes.Count: > 1 } ? best.Model : null;
        return level < MostBases ? best.Model with { Otherwise = Otherwise(step, features, rest, marginal, best.From, basesOf, level + 1) } : best.Model;
    }

    LearnedModel? Learn(IReadOnlyList<ModelFeature> features, CodeColumn target, int[] rows, int[] more, double[] marginal) =>
        _mark is null || rows.Length == 0 || more.Length == rows.Length ? _modeler.Learn(features, target, rows, marginal)
            : _modeler.LearnWith([.. features, _mark], target, rows, more, marginal);

    TreeModel? Nulls(ushort[] codes, IReadOnlyList<ModelFeature> features, int[] rows, int[] all)
    {
        var marks = Array.ConvertAll(codes, c => (ushort)(c == 0 ? 1 : 0));
        var target = new CodeColumn(marks, 2, IsOrdinal: false);
        return Array.Exists(all, r => codes[r] == 0)
            ? Learn([.. features.Select(f => Deciding(f, marks, all))], target, rows, all, TreeModeler.Marginal(target, all))?.Tree : null;
    }

    // Columns of the row that are NULL together, or never both: the previous sibling, by whom it may look as well explained, leads astray.
    ModelFeature Deciding(ModelFeature feature, ushort[] marks, int[] rows)
    {
        if (feature.Feature.Kind != FeatureKind.Own) return feature;
        var column = feature.Column with { MayDecide = true };
        return new SureSplitFinder([column], new CodeColumn(marks, 2, IsOrdinal: false)).Find(rows, options) is null ? feature
            : feature with { Column = column };
    }

    // By its own codes; where values repeat from sibling to sibling, by whether they do, if that describes the rows in fewer bits.
    (ValueModel Model, double Bits) Plain(
        LearnedStep step, IReadOnlyList<ModelFeature> features, int[] rows, double[] marginal, TreeModel? nulls, SameAsLast? same)
    {
        var (column, book) = (step.Coded.Column, step.Coded.Codebook);
        var learned = Learn(features, column, rows, Array.FindAll(_all, r => column.Codes[r] > 0), marginal)!;
        var bits = learned.Fit + Width(book, column.Codes, rows);
        if (same is null || rows.Length == 0) return (new ValueModel { Nulls = nulls, Values = learned.Tree }, bits);
        var codes = (ushort[])column.Codes.Clone();
        foreach (var row in rows)
            if (same.Is[row]) codes[row] = (ushort)column.Size;
        var marked = new CodeColumn(codes, column.Size + 1, IsOrdinal: false);
        var staying = Learn(features, marked, rows, rows, TreeModeler.Marginal(marked, rows))!;
        var fewer = staying.Fit + Width(book, codes, rows);
        // What follows as well from the row and its parents does not hang on the first sibling alone.
        return fewer > bits - LeastBits * rows.Length ? (new ValueModel { Nulls = nulls, Values = learned.Tree }, bits)
            : (new ValueModel { Nulls = nulls, Values = staying.Tree, HasSame = true, SameWithin = same.Within }, fewer);
    }

    // Its bits are those of the rows that have the base.
    (ValueModel Model, double Bits)? Difference(
        LearnedStep step, IReadOnlyList<ModelFeature> features, int[] present, int[] everything, DifferenceBase from, TreeModel? nulls, int[] rows)
    {
        var values = step.Coded.Values!;
        var own = Array.FindAll(present, r => !double.IsNaN(from.Values[r]));
        if (own.Length < present.Length * 0.5) return null;
        // Too few first siblings differ from their base as the next ones do.
        var based = own.Length < options.LeafRows ? Array.FindAll(everything, r => !double.IsNaN(from.Values[r])) : own;
        if (based.Length < 2 * rule.Enough && !IsCopy(values, from.Values, based)) return null;
        var differences = new double[values.Length];
        differences.AsSpan().Fill(double.NaN);
        foreach (var row in based) differences[row] = from.From(values[row], from.Values[row]);
        if (new OrdinalCoder(from.IsFactor ? TypeKind.Float64 : KindOfDifference, rule, entities?.Of, weights: null).Make(differences) is not { } book) return null;
        var coded = new CodedColumn(book, OrdinalCoder.Encode(book, differences), differences);
        var learned = _modeler.Learn(features, coded.Column, based)!;
        var model = new ValueModel
        {
            Base = from.Kind,
            BaseStep = from.Step,
            Stride = from.Stride,
            Terms = from.Terms,
            Since = from.Since,
            IsFactor = from.IsFactor,
            Differences = UsualTimes.With(coded, kind, values, from.Values, based, entities, rule, from.Kind == BaseKind.Previous),
            Fallback = Fallback(step, rows, from),
            Nulls = nulls,
            Values = learned.Tree,
        };
        var width = from.IsFactor ? WidthOfFactors(book, coded.Codes, from.Values, step.Coded.Codebook.Unit, based) : Width(book, coded.Codes, based);
        return (model, (learned.Fit + width) * own.Length / based.Length);
    }

    // Fewer rows than a leaf has tell no more than that both are nearly always one.
    static bool IsCopy(double[] values, double[] from, int[] rows) =>
        rows.Length >= LeastCopied && rows.Count(r => values[r] == from[r]) >= MostlyCopied * rows.Length;

    // One code that says nothing of where in it a value stands.
    static bool IsRange(Codebook book) => book.Codes is [RangeCode { Low: var low, High: var high }] && high > low;

    // A duration is no date: its grid may be finer than a day's.
    TypeKind KindOfDifference => kind switch { TypeKind.Date => TypeKind.Date, _ when kind.IsTemporal() => TypeKind.Interval, _ => kind };

    EquatableArray<double> Fallback(LearnedStep step, int[] rows, DifferenceBase from)
    {
        var without = Array.FindAll(rows, r => double.IsNaN(from.Values[r]));
        var column = step.Coded.Column;
        var weights = TreeModeler.Marginal(column, without.Length >= options.LeafRows ? without : rows);
        double few = 0, all = weights.Sum();
        for (var code = 0; code < weights.Length; code++)
        {
            if (weights[code] >= rule.Enough) weights[code] = TreeTeller.Weight((long)weights[code]);
            else (few, weights[code]) = (few + weights[code], 0);
        }
        return weights.Sum() > 0 ? [.. weights] : [.. weights.Select(_ => 1.0)];
    }

    // In units of the value itself.
    static double WidthOfFactors(Codebook book, ushort[] codes, double[] from, double valueUnit, int[] rows)
    {
        var unit = valueUnit > 0 ? valueUnit : 1e-6;
        double sum = 0;
        foreach (var row in rows)
            if (codes[row] > 0 && book.Codes[codes[row] - 1] is RangeCode range) sum += Math.Log2((range.High - range.Low) * from[row] / unit + 1);
        return sum;
    }

    // Bits that say where in its range a value stands.
    static double Width(Codebook book, ushort[] codes, int[] rows)
    {
        if (!book.IsOrdinal) return 0;
        var unit = book.Unit > 0 ? book.Unit : 1e-6;
        var bits = book.Codes.Select(c => c is RangeCode r ? Math.Log2((r.High - r.Low) / unit + 1) : 0).ToArray();
        double sum = 0;
        foreach (var row in rows)
            if (codes[row] > 0 && codes[row] <= bits.Length) sum += bits[codes[row] - 1];
        return sum;
    }
}
