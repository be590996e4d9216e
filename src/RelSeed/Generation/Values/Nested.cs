using System.Buffers;
using RelSeed.Numerics;
using RelSeed.Planning;

namespace RelSeed.Generation;

/// <summary>Arrays: the items of a row are values of further counters.</summary>
sealed class ListColumn(ulong key, ArraySpec spec, ValueGenerator? item, DomainGenerator? domain) : ValueGenerator
{
    const int CountersPerRow = 1 << 10;
    readonly long _size = spec.Domain?.Size ?? long.MaxValue;

    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var list = (ListVector)target;
        var total = 0;
        foreach (var counter in counters) list.EndRow(total += Count(counter));
        list.Items.Reset(total);
        var inner = ArrayPool<long>.Shared.Rent(total);
        var indexes = ArrayPool<long>.Shared.Rent(total);
        for (var i = 0; i < counters.Length; i++) Number(counters[i], inner.AsSpan(list.Start(i)..list.End(i)), indexes.AsSpan(list.Start(i)..list.End(i)));
        if (domain is not null) domain.Fill(indexes.AsSpan(0, total), inner.AsSpan(0, total), frame, list.Items);
        else item!.Fill(inner.AsSpan(0, total), frame, list.Items);
        ArrayPool<long>.Shared.Return(inner);
        ArrayPool<long>.Shared.Return(indexes);
    }

    int Count(long counter)
    {
        var count = spec.MinItems + (int)CounterRandom.Below(CounterRandom.At(key, counter), (ulong)(spec.MaxItems - spec.MinItems + 1));
        return (int)Math.Min(count, _size);
    }

    // Steps of at most size / items keep the indexes of one row apart.
    void Number(long counter, Span<long> counters, Span<long> indexes)
    {
        var word = CounterRandom.At(CounterRandom.Derive(key, 1), counter);
        var start = (long)CounterRandom.Below(word, (ulong)_size);
        var step = 1 + (long)CounterRandom.Below(CounterRandom.Mix(word), (ulong)Math.Max(1, (_size - 1) / Math.Max(1, spec.MaxItems)));
        for (var i = 0; i < counters.Length; i++)
        {
            counters[i] = counter * CountersPerRow + i;
            indexes[i] = (long)((UInt128)((UInt128)start + (UInt128)step * (UInt128)i) % (UInt128)_size);
        }
    }
}

/// <summary>Ranges over integer lanes.</summary>
sealed class RangeColumn(ulong key, RangeSpec spec, ValueGenerator lower) : ValueGenerator
{
    readonly ulong _widths = (ulong)((spec.MaxWidth - spec.MinWidth) / Math.Max(1, spec.Step)) + 1;
    readonly ulong _open = CounterRandom.Threshold(spec.OpenShare);

    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var fields = ((StructVector)target).Fields;
        lower.Fill(counters, frame, fields[0]);
        if (fields[1] is not Int64Vector)
        {
            fields[1].SetAllNull();
            return;
        }
        Span<long> from = ((Int64Vector)fields[0]).Values, to = ((Int64Vector)fields[1]).Values;
        for (var i = 0; i < counters.Length; i++) to[i] = from[i] + Width(CounterRandom.At(key, counters[i]));
        if (_open == 0) return;
        var nulls = fields[1].WriteNulls();
        for (var i = 0; i < counters.Length; i++) nulls[i] = CounterRandom.Mix(CounterRandom.At(key, counters[i])) < _open;
    }

    public long Width(ulong word) => spec.MinWidth + (long)CounterRandom.Below(word, _widths) * Math.Max(1, spec.Step);
}

/// <summary>One to three ranges, each after the one before.</summary>
sealed class MultiRangeColumn(ulong key, RangeColumn widths, ValueGenerator lower) : ValueGenerator
{
    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var list = (ListVector)target;
        var total = 0;
        foreach (var counter in counters) list.EndRow(total += 1 + (int)CounterRandom.Below(CounterRandom.At(key, counter), 3));
        list.Items.Reset(total);
        var fields = ((StructVector)list.Items).Fields;
        var first = ArrayPool<long>.Shared.Rent(total);
        for (var i = 0; i < counters.Length; i++) first.AsSpan(list.Start(i)..list.End(i)).Fill(counters[i]);
        lower.Fill(first.AsSpan(0, total), frame, fields[0]);
        ArrayPool<long>.Shared.Return(first);
        Span<long> from = ((Int64Vector)fields[0]).Values, to = ((Int64Vector)fields[1]).Values;
        for (var i = 0; i < counters.Length; i++)
        {
            var word = CounterRandom.Mix(CounterRandom.At(key, counters[i]));
            for (var r = list.Start(i); r < list.End(i); r++, word = CounterRandom.Mix(word + 1))
            {
                // A gap of at least the least width keeps the ranges apart.
                if (r > list.Start(i)) from[r] = to[r - 1] + widths.Width(CounterRandom.Mix(word));
                to[r] = from[r] + widths.Width(word);
            }
        }
    }
}

sealed class StructColumn(ValueGenerator?[] fields) : ValueGenerator
{
    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var vectors = ((StructVector)target).Fields;
        for (var f = 0; f < vectors.Length; f++) FillField(fields[f], counters, frame, vectors[f]);
    }

    public static void FillField(ValueGenerator? generator, ReadOnlySpan<long> counters, RowFrame frame, ColumnVector field)
    {
        if (generator is null) field.SetAllNull();
        else generator.Fill(counters, frame, field);
    }
}

/// <summary>No value: a field of a type nothing can be made of.</summary>
sealed class NoValue : ValueGenerator
{
    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target) => target.SetAllNull();
}
