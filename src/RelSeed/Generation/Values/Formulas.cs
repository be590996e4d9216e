using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Numbers computed from other columns of the row, rounded half up.</summary>
/// <param name="needsAll">Null where a term is; else such a term is left out.</param>
abstract class FormulaColumn(EquatableArray<FormulaTerm> terms, int decimals, long min, long max, bool needsAll) : ValueGenerator
{
    readonly double _unit = StableMath.PowerOfTen(decimals);

    protected abstract double Start(long counter);

    protected abstract double Add(double result, double value, bool isInverse);

    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        foreach (var term in terms) frame.Column(term.Column);
        for (var i = 0; i < counters.Length; i++)
        {
            var result = Start(counters[i]);
            foreach (var term in terms)
                if (frame.Column(term.Column) is var column && !column.IsNull(i)) result = Add(result, Value(column, i, term), term.IsInverse);
            var value = Math.Clamp(Math.Floor(result * _unit + 0.5), min, max);
            if (target is Int64Vector integers) integers.Values[i] = (long)value;
            else ((Float64Vector)target).Values[i] = value / _unit;
        }
        if (!needsAll) return;
        foreach (var term in terms)
            if (frame.Column(term.Column) is { HasNulls: true } column) MarkNulls(column, target);
    }

    static void MarkNulls(ColumnVector column, ColumnVector target)
    {
        var nulls = target.WriteNulls();
        for (var i = 0; i < nulls.Length; i++) nulls[i] |= column.IsNull(i);
    }

    static double Value(ColumnVector column, int row, FormulaTerm term) => column is Int64Vector integers
        ? (double)integers.Values[row] / StableMath.PowerOfTen(term.Decimals) : ((Float64Vector)column).Values[row];
}

sealed class ProductColumn(ulong key, ProductSpec spec) : FormulaColumn(spec.Terms, spec.Decimals, spec.Min, spec.Max, spec.NeedsAll)
{
    protected override double Start(long counter) =>
        spec.LeastFactor + CounterRandom.ToUnit(CounterRandom.At(key, counter)) * (spec.MostFactor - spec.LeastFactor);

    protected override double Add(double result, double value, bool isInverse) => result * (isInverse ? 1 - value : value);
}

sealed class SumColumn(SumSpec spec) : FormulaColumn(spec.Terms, spec.Decimals, spec.Min, spec.Max, spec.NeedsAll)
{
    protected override double Start(long counter) => 0;
    protected override double Add(double result, double value, bool isInverse) => isInverse ? result - value : result + value;
}

sealed class OffsetColumn(ulong key, OffsetSpec spec) : ValueGenerator
{
    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var from = (Int64Vector)frame.Column(spec.Column);
        var values = ((Int64Vector)target).Values;
        for (var i = 0; i < counters.Length; i++)
            values[i] = from.Values[i] + spec.Least
                + (long)CounterRandom.Below(CounterRandom.At(key, counters[i]), (ulong)(spec.Most - spec.Least + 1));
        if (!from.HasNulls) return;
        var nulls = target.WriteNulls();
        for (var i = 0; i < counters.Length; i++) nulls[i] |= from.IsNull(i);
    }
}
