using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

sealed class IntegerOfDomain(IntegerDomain domain) : DomainGenerator
{
    public override void Fill(ReadOnlySpan<long> indexes, ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var values = ((Int64Vector)target).Values;
        for (var i = 0; i < values.Length; i++) values[i] = domain.Min + indexes[i] * domain.Step;
    }
}

sealed class FloatOfDomain(ScaledDomain domain) : DomainGenerator
{
    public override void Fill(ReadOnlySpan<long> indexes, ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var values = ((Float64Vector)target).Values;
        double unit = StableMath.PowerOfTen(domain.Decimals);
        for (var i = 0; i < values.Length; i++) values[i] = (domain.Min + indexes[i]) / unit;
    }
}

/// <summary>Values of an explicit list.</summary>
sealed class ItemOfList(ColumnVector list) : DomainGenerator
{
    public override void Fill(ReadOnlySpan<long> indexes, ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        for (var i = 0; i < indexes.Length; i++) target.CopyRow(i, list, (int)indexes[i]);
    }
}

/// <summary>Values of a list, then those of another domain from the same index on.</summary>
sealed class GivenAndOthers(ColumnVector list, ColumnType type, DomainGenerator others) : DomainGenerator
{
    public override void Fill(ReadOnlySpan<long> indexes, ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var rest = ColumnVector.Create(type);
        rest.Reset(indexes.Length);
        others.Fill(indexes, counters, frame, rest);
        for (var i = 0; i < indexes.Length; i++)
        {
            if (indexes[i] < list.Count) target.CopyRow(i, list, (int)indexes[i]);
            else target.CopyRow(i, rest, i);
        }
    }
}

/// <summary>UUIDs of version 4: 62 bits are a permutation of the index, the other 60 drawn from it.</summary>
sealed class UuidOfDomain(ulong key) : DomainGenerator
{
    readonly Permutation _order = new(key, 1L << 62);

    public override void Fill(ReadOnlySpan<long> indexes, ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var values = ((UuidVector)target).Values;
        for (var i = 0; i < values.Length; i++)
        {
            var high = CounterRandom.At(key, indexes[i]);
            values[i] = new UInt128((high & ~0xF000UL) | 0x4000UL, (ulong)_order.At(indexes[i]) | 0x8000000000000000UL);
        }
    }
}

/// <summary>Instants as text or as numbers of their form.</summary>
sealed class InstantOfDomain(InstantDomain domain) : DomainGenerator
{
    public override void Fill(ReadOnlySpan<long> indexes, ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        for (var i = 0; i < indexes.Length; i++)
        {
            var instant = domain.Min + indexes[i] * domain.Step;
            if (target is Int64Vector integers) integers.Values[i] = InstantDraw.Floor(instant, domain.Form.UnitOf());
            else InstantText.Append((BytesVector)target, instant, domain.Form);
        }
    }
}

sealed class RangeOfDomain(RangeDomain domain) : DomainGenerator
{
    public override void Fill(ReadOnlySpan<long> indexes, ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var fields = ((StructVector)target).Fields;
        Span<long> lower = ((Int64Vector)fields[0]).Values, upper = ((Int64Vector)fields[1]).Values;
        for (var i = 0; i < indexes.Length; i++)
        {
            lower[i] = domain.Lower.Min + indexes[i] * domain.Lower.Step;
            upper[i] = lower[i] + domain.Width;
        }
    }
}

/// <summary>Lists of one item.</summary>
sealed class ListOfDomain(DomainGenerator item) : DomainGenerator
{
    public override void Fill(ReadOnlySpan<long> indexes, ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var list = (ListVector)target;
        list.Items.Reset(indexes.Length);
        item.Fill(indexes, counters, frame, list.Items);
        for (var i = 0; i < indexes.Length; i++) list.EndRow(i + 1);
    }
}

/// <summary>Composites whose first field with a domain is distinct.</summary>
sealed class StructOfDomain(int field, DomainGenerator distinct, ValueGenerator?[] others) : DomainGenerator
{
    public override void Fill(ReadOnlySpan<long> indexes, ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var fields = ((StructVector)target).Fields;
        for (var f = 0; f < fields.Length; f++)
        {
            if (f == field) distinct.Fill(indexes, counters, frame, fields[f]);
            else StructColumn.FillField(others[f], counters, frame, fields[f]);
        }
    }
}
