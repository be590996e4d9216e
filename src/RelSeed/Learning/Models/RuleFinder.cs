using System.Globalization;
using RelSeed.Learning.Sampling;
using RelSeed.Numerics;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Models;

/// <summary>Finds columns that follow from others exactly in all rows: copies of the parent's, sums and products in the row, sums and counts of
/// children.</summary>
static class RuleFinder
{
    // So many rows are proof; of a smaller table all, when they are not too few.
    const int Proof = 100, LeastRows = 20, LeastDifferent = 3, MostFactorDigits = 5, LeastUnits = 100;

    // What so many rows share is no rest of others.
    const double OftenSame = 0.2;

    public static void Find(LearnedTable table, IEnumerable<SampleTable> others)
    {
        var sample = table.Sample;
        if (sample.Count < LeastRows) return;
        var free = Enumerable.Range(0, sample.Columns.Length).Where(c => MayFollow(sample, c)).ToList();
        FromChildren(table, free, others);
        FromParents(table, free);
        Copies(table, free);
        Multiples(table, free);
        Arithmetic(table, free);
    }

    static bool MayFollow(SampleTable sample, int c) =>
        sample.Columns[c] is AxisSample or TextSample && !sample.Table.Columns[c].IsComputed && !sample.References.Any(r => r.Columns.Contains(c))
        && !sample.Table.AllKeys.Any(k => k.ColumnNames.Contains(sample.Table.Columns[c].Name));

    static bool IsRuled(LearnedTable table, int c) => table.Rules.Exists(r => r.Column == c);

    static bool IsOperand(LearnedTable table, int c) =>
        table.Rules.Exists(r => r.Kind is not (RuleKind.ParentColumn or RuleKind.SumOfChildren or RuleKind.CountOfChildren)
        && (r.Left == table.Sample.Table.Columns[c].Name || r.Right == table.Sample.Table.Columns[c].Name));

    static void FromParents(LearnedTable table, List<int> free)
    {
        for (var r = 0; r < table.Sample.References.Length; r++)
        {
            var reference = table.Sample.References[r];
            if (reference.Principal == table.Sample) continue;
            foreach (var c in free)
                for (var p = 0; p < reference.Principal.Columns.Length && !IsRuled(table, c); p++)
                    if (MayFollow(reference.Principal, p) && IsCopy(table.Sample.Columns[c], reference.Principal.Columns[p], reference.Parents))
                        table.Rules.Add(new(RuleKind.ParentColumn, c) { Left = reference.Principal.Table.Columns[p].Name, Reference = r });
        }
    }

    static void Copies(LearnedTable table, List<int> free)
    {
        var itself = Enumerable.Range(0, table.Sample.Count).ToArray();
        // Only numbers are computed; what else is the same in all rows its step's map or a difference of none tells.
        foreach (var c in free.Where(c => table.Sample.Table.Columns[c].Type.Kind.IsNumeric()))
            foreach (var from in free.TakeWhile(f => f < c))
                if (!IsRuled(table, c) && !IsRuled(table, from) && !IsOperand(table, c)
                    && IsCopy(table.Sample.Columns[c], table.Sample.Columns[from], itself))
                    table.Rules.Add(new(RuleKind.Copy, c) { Left = table.Sample.Table.Columns[from].Name });
    }

    static bool IsCopy(SampleColumn column, SampleColumn from, int[] rowsOfFrom)
    {
        if (column.GetType() != from.GetType() || column.Column.Type.Kind != from.Column.Type.Kind
            || (column as AxisSample)?.Form != (from as AxisSample)?.Form) return false;
        var (seen, values) = (0, new Dictionary<object, int>());
        for (var row = 0; row < column.Count; row++)
        {
            var other = rowsOfFrom[row];
            if (other == -2) continue;
            if (other < 0 || column.IsNull(row) || from.IsNull(other))
            {
                if (column.IsNull(row) != (other < 0 || from.IsNull(other))) return false;
                continue;
            }
            var value = ValueOf(column, row);
            if (!value.Equals(ValueOf(from, other))) return false;
            seen++;
            if (values.Count < LeastDifferent || values.ContainsKey(value)) values[value] = values.GetValueOrDefault(value) + 1;
        }
        return IsVaried(values) && IsEnough(seen, column.Count);
    }

    // Of two values alone both must be seen often.
    static bool IsVaried(Dictionary<object, int> values) => values.Count >= LeastDifferent || values.Count == 2 && values.Values.Min() >= LeastRows;

    // Few nulls beside make it no less a proof.
    static bool IsEnough(int seen, int rows) => seen >= Proof || seen >= LeastRows && seen * 2 >= rows;

    static object ValueOf(SampleColumn column, int row) =>
        column is AxisSample axis ? axis.Values[row] : ((TextSample)column).Texts[((TextSample)column).Ids[row]];

    static List<(int Place, double[] Values)> Numbers(LearnedTable table, List<int> free) =>
        [.. free.Where(c => table.Sample.Table.Columns[c].Type.Kind.IsNumeric())
            .Select(c => (Place: c, Values: ((AxisSample)table.Sample.Columns[c]).Values.ToArray())).Where(n => IsVaried(n.Values))];

    static void Arithmetic(LearnedTable table, List<int> free)
    {
        var numbers = Numbers(table, free);
        foreach (var result in numbers)
            foreach (var left in numbers)
                foreach (var right in numbers)
                    foreach (var kind in new[] { RuleKind.Sum, RuleKind.Difference, RuleKind.Product })
                    {
                        if (left.Place == result.Place || right.Place == result.Place || right.Place == left.Place
                            || kind != RuleKind.Difference && right.Place < left.Place)
                            continue;
                        if (kind == RuleKind.Difference && (left.Place > result.Place || right.Place > result.Place)) continue;
                        if (IsRuled(table, result.Place) || IsRuled(table, left.Place) || IsRuled(table, right.Place)
                            || IsOperand(table, result.Place))
                            continue;
                        var digits = DigitsOf(table.Sample.Table.Columns[result.Place].Type, result.Values);
                        if (Holds(kind, result.Values, left.Values, right.Values, digits)
                            && (kind == RuleKind.Product || Computed(kind == RuleKind.Sum ? [result, left, right] : [left, right, result]) == result.Place))
                            table.Rules.Add(new(kind, result.Place)
                            {
                                Left = NameOf(table, left.Place),
                                Right = NameOf(table, right.Place),
                                Digits = digits
                            });
                    }
    }

    // Of a = b + c, b = a - c and c = a - b the one whose column stands last is the result. Not what is one value in many rows (no cellar): the others
    // would hardly ever leave just that. Parts then come first, since a difference of drawn numbers may fall below what they are.
    static int Computed((int Place, double[] Values)[] wholeAndParts)
    {
        var (whole, last) = (wholeAndParts[0], wholeAndParts.MaxBy(n => n.Place));
        return last.Place != whole.Place && MostCommon(last.Values) is >= OftenSame and var often && MostCommon(whole.Values) <= often / 2
            ? whole.Place : last.Place;
    }

    static double MostCommon(double[] values) =>
        (double)values.Where(v => !double.IsNaN(v)).GroupBy(v => v).Select(g => g.Count()).DefaultIfEmpty(0).Max() / values.Length;

    // A tax is so much of its price in all rows.
    static void Multiples(LearnedTable table, List<int> free)
    {
        var numbers = Numbers(table, free).ConvertAll(n => (n.Place, n.Values, Largest: Largest(n.Values)));
        foreach (var result in numbers)
            foreach (var left in numbers.TakeWhile(n => n.Place < result.Place))
            {
                if (IsRuled(table, result.Place) || IsRuled(table, left.Place) || IsOperand(table, result.Place)) continue;
                var digits = DigitsOf(table.Sample.Table.Columns[result.Place].Type, result.Values);
                if (FactorOf(result.Values, left.Values, left.Largest, digits) is { } factor)
                    table.Rules.Add(new(RuleKind.Multiple, result.Place) { Left = NameOf(table, left.Place), Factor = factor, Digits = digits });
            }
    }

    // A number of few digits, that of the largest values; null for none.
    static double? FactorOf(double[] result, double[] left, int at, int digits)
    {
        if (double.IsNaN(result[at]) || left[at] == 0 || result[at] == 0) return null;
        for (var precision = 1; precision <= MostFactorDigits; precision++)
        {
            var factor = double.Parse((result[at] / left[at]).ToString($"G{precision}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (factor is not 0 and not 1 && IsMultiple(result, left, factor, digits)) return factor;
        }
        return null;
    }

    static int Largest(double[] values) => Array.IndexOf(values, values.MaxBy(v => double.IsNaN(v) ? -1 : Math.Abs(v)));

    static bool IsMultiple(double[] result, double[] left, double factor, int digits)
    {
        var (seen, half) = (0, 0.5 / StableMath.PowerOfTen(digits));
        for (var row = 0; row < result.Length; row++)
        {
            if (double.IsNaN(result[row]) != double.IsNaN(left[row])) return false;
            if (double.IsNaN(left[row])) continue;
            // Halves are rounded up or down.
            if (Math.Abs(result[row] - left[row] * factor) > half + 1e-9 * Math.Max(1, Math.Abs(result[row]))) return false;
            seen++;
        }
        return IsEnough(seen, result.Length) && result.Where(v => !double.IsNaN(v)).Distinct().Take(LeastRows).Count() == LeastRows;
    }

    static string NameOf(LearnedTable table, int c) => table.Sample.Table.Columns[c].Name;

    static bool IsVaried(double[] values) => values.Where(v => !double.IsNaN(v)).Distinct().Take(LeastDifferent).Count() == LeastDifferent;

    static bool Holds(RuleKind kind, double[] result, double[] left, double[] right, int digits)
    {
        var (seen, unit) = (0, 1.0 / StableMath.PowerOfTen(digits));
        // Parts that were rounded each by itself add up but for a unit.
        var isRounded = kind != RuleKind.Product && digits > 0 && SpreadOf(result) >= LeastUnits * unit;
        for (var row = 0; row < result.Length; row++)
        {
            var hasNull = double.IsNaN(left[row]) || double.IsNaN(right[row]);
            if (double.IsNaN(result[row]) != hasNull) return false;
            if (hasNull) continue;
            var expected =
                kind switch { RuleKind.Sum => left[row] + right[row], RuleKind.Difference => left[row] - right[row], _ => left[row] * right[row] };
            if (!AreSame(result[row], expected, digits) && (!isRounded || Math.Abs(result[row] - expected) > 1.5 * unit)) return false;
            seen++;
        }
        return IsEnough(seen, result.Length);
    }

    static double SpreadOf(double[] values)
    {
        double sum = 0, squares = 0;
        var count = 0;
        foreach (var value in values)
            if (!double.IsNaN(value)) (sum, squares, count) = (sum + value, squares + value * value, count + 1);
        return count == 0 ? 0 : Math.Sqrt(Math.Max(0, squares / count - sum / count * (sum / count)));
    }

    static bool AreSame(double value, double expected, int digits) =>
        Math.Abs(value - Math.Round(expected, digits)) <= 1e-9 * Math.Max(1, Math.Abs(value));

    static int DigitsOf(ColumnType type, double[] values)
    {
        if (type.Kind.IsInteger()) return 0;
        if (type.Kind is TypeKind.Decimal or TypeKind.Money) return Math.Min(15, type.ScaleOf());
        for (var digits = 0; digits < 6; digits++)
            if (values.Where(v => !double.IsNaN(v)).Take(1000).All(v => Math.Abs(v - Math.Round(v, digits)) < 1e-9)) return digits;
        return 10;
    }

    static void FromChildren(LearnedTable table, List<int> free, IEnumerable<SampleTable> others)
    {
        foreach (var child in others)
        {
            if (child.DrivingReference is not { } driving || driving.Principal != table.Sample || child.Count < LeastRows) continue;
            var numbers = Enumerable.Range(0, child.Columns.Length)
                .Where(c => child.Columns[c] is AxisSample && child.Table.Columns[c].Type.Kind.IsNumeric() && MayFollow(child, c)).ToList();
            foreach (var c in free.Where(c => table.Sample.Table.Columns[c].Type.Kind.IsNumeric()))
            {
                var values = ((AxisSample)table.Sample.Columns[c]).Values.ToArray();
                var digits = DigitsOf(table.Sample.Table.Columns[c].Type, values);
                if (IsRuled(table, c) || !IsVaried(values)) continue;
                if (table.Sample.Table.Columns[c].Type.Kind.IsInteger() && IsSum(values, child, default, digits))
                    table.Rules.Add(new(RuleKind.CountOfChildren, c) { ChildTable = child.Table.Name, Reference = child.Driving });
                foreach (var y in numbers)
                    if (!IsRuled(table, c) && IsSum(values, child, ((AxisSample)child.Columns[y]).Values, digits))
                        table.Rules.Add(new(RuleKind.SumOfChildren, c)
                        {
                            Left = child.Table.Columns[y].Name,
                            ChildTable = child.Table.Name,
                            Reference = child.Driving,
                            Digits = digits
                        });
            }
        }
    }

    static bool IsSum(double[] values, SampleTable child, ReadOnlySpan<double> y, int digits)
    {
        var driving = child.DrivingReference!;
        var seen = 0;
        var sums = new double[values.Length];
        for (var row = 0; row < driving.Parents.Length; row++)
            if (driving.Parents[row] >= 0) sums[driving.Parents[row]] += y.IsEmpty ? 1 : double.IsNaN(y[row]) ? 0 : y[row];
        for (var parent = 0; parent < values.Length; parent++)
        {
            // Only of these all children were sampled.
            if (driving.Principal.Places[parent] >= child.Rate) continue;
            if (double.IsNaN(values[parent]) || !AreSame(values[parent], sums[parent], digits)) return false;
            seen++;
        }
        return IsEnough(seen, seen);
    }
}
