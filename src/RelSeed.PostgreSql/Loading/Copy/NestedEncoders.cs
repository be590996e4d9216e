using System.Buffers.Binary;
using RelSeed.Generation;

namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>Arrays of one dimension: dimensions, whether there are nulls, the element's type, its count and lower bound, the elements.</summary>
sealed class ArrayEncoder(FieldEncoder item, uint itemType) : FieldEncoder
{
    const int HeaderBytes = 12;
    const int DimensionBytes = 8;

    public override int SizeOf(ColumnVector column, int row)
    {
        if (column.IsNull(row)) return LengthBytes;
        var list = (ListVector)column;
        var (start, end) = (list.Start(row), list.End(row));
        var size = LengthBytes + HeaderBytes + (end > start ? DimensionBytes : 0);
        for (var i = start; i < end; i++) size += item.SizeOf(list.Items, i);
        return size;
    }

    public override int Write(ColumnVector column, int row, Span<byte> target)
    {
        if (column.IsNull(row)) return WriteNull(target);
        var list = (ListVector)column;
        var (start, end) = (list.Start(row), list.End(row));
        var at = LengthBytes + WriteHeader(target[LengthBytes..], end - start, list.Items.HasNulls);
        for (var i = start; i < end; i++) at += item.Write(list.Items, i, target[at..]);
        BinaryPrimitives.WriteInt32BigEndian(target, at - LengthBytes);
        return at;
    }

    int WriteHeader(Span<byte> target, int count, bool mayHoldNulls)
    {
        BinaryPrimitives.WriteInt32BigEndian(target, count > 0 ? 1 : 0);
        BinaryPrimitives.WriteInt32BigEndian(target[4..], mayHoldNulls ? 1 : 0);
        BinaryPrimitives.WriteUInt32BigEndian(target[8..], itemType);
        if (count == 0) return HeaderBytes;
        BinaryPrimitives.WriteInt32BigEndian(target[HeaderBytes..], count);
        BinaryPrimitives.WriteInt32BigEndian(target[(HeaderBytes + 4)..], 1);
        return HeaderBytes + DimensionBytes;
    }
}

/// <summary>Composites: count of fields, then each field's type and field.</summary>
sealed class CompositeEncoder((FieldEncoder Encoder, uint Type)[] fields) : FieldEncoder
{
    public override int SizeOf(ColumnVector column, int row)
    {
        if (column.IsNull(row)) return LengthBytes;
        var values = ((StructVector)column).Fields;
        var size = LengthBytes + sizeof(int) + fields.Length * sizeof(uint);
        for (var f = 0; f < fields.Length; f++) size += fields[f].Encoder.SizeOf(values[f], row);
        return size;
    }

    public override int Write(ColumnVector column, int row, Span<byte> target)
    {
        if (column.IsNull(row)) return WriteNull(target);
        var values = ((StructVector)column).Fields;
        BinaryPrimitives.WriteInt32BigEndian(target[LengthBytes..], fields.Length);
        var at = LengthBytes + sizeof(int);
        for (var f = 0; f < fields.Length; f++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(target[at..], fields[f].Type);
            at += sizeof(uint);
            at += fields[f].Encoder.Write(values[f], row, target[at..]);
        }
        BinaryPrimitives.WriteInt32BigEndian(target, at - LengthBytes);
        return at;
    }
}

/// <summary>Ranges: flags, then the bounds there are; the lower is included, the upper is not.</summary>
sealed class RangeEncoder(FieldEncoder bound) : FieldEncoder
{
    const byte LowerIncluded = 0x02;
    const byte NoLower = 0x08;
    const byte NoUpper = 0x10;

    public override int SizeOf(ColumnVector column, int row)
    {
        if (column.IsNull(row)) return LengthBytes;
        var (lower, upper) = Bounds(column);
        return LengthBytes + 1 + (lower.IsNull(row) ? 0 : bound.SizeOf(lower, row)) + (upper.IsNull(row) ? 0 : bound.SizeOf(upper, row));
    }

    public override int Write(ColumnVector column, int row, Span<byte> target)
    {
        if (column.IsNull(row)) return WriteNull(target);
        var (lower, upper) = Bounds(column);
        target[LengthBytes] = (byte)((lower.IsNull(row) ? NoLower : LowerIncluded) | (upper.IsNull(row) ? NoUpper : 0));
        var at = LengthBytes + 1;
        if (!lower.IsNull(row)) at += bound.Write(lower, row, target[at..]);
        if (!upper.IsNull(row)) at += bound.Write(upper, row, target[at..]);
        BinaryPrimitives.WriteInt32BigEndian(target, at - LengthBytes);
        return at;
    }

    static (ColumnVector Lower, ColumnVector Upper) Bounds(ColumnVector column)
    {
        var fields = ((StructVector)column).Fields;
        return (fields[0], fields[1]);
    }
}

/// <summary>Multiranges: count of ranges, then each as a field.</summary>
sealed class MultiRangeEncoder(RangeEncoder range) : FieldEncoder
{
    public override int SizeOf(ColumnVector column, int row)
    {
        if (column.IsNull(row)) return LengthBytes;
        var list = (ListVector)column;
        var size = LengthBytes + sizeof(int);
        for (var i = list.Start(row); i < list.End(row); i++) size += range.SizeOf(list.Items, i);
        return size;
    }

    public override int Write(ColumnVector column, int row, Span<byte> target)
    {
        if (column.IsNull(row)) return WriteNull(target);
        var list = (ListVector)column;
        BinaryPrimitives.WriteInt32BigEndian(target[LengthBytes..], list.End(row) - list.Start(row));
        var at = LengthBytes + sizeof(int);
        for (var i = list.Start(row); i < list.End(row); i++) at += range.Write(list.Items, i, target[at..]);
        BinaryPrimitives.WriteInt32BigEndian(target, at - LengthBytes);
        return at;
    }
}
