using System.Buffers.Binary;
using RelSeed.Generation;

namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>Types whose binary form is the batch's bytes as they are, after a prefix: text kinds, bytea, json, jsonb (its version), xml.</summary>
sealed class BytesEncoder(byte[] prefix) : FieldEncoder
{
    public override int SizeOf(ColumnVector column, int row) =>
        column.IsNull(row) ? LengthBytes : LengthBytes + prefix.Length + ((BytesVector)column)[row].Length;

    public override int Write(ColumnVector column, int row, Span<byte> target) =>
        column.IsNull(row) ? WriteNull(target) : WriteValue(target, prefix, ((BytesVector)column)[row]);

    public override void AddSizes(ColumnVector column, int first, Span<int> sizes)
    {
        var values = (BytesVector)column;
        var fixedBytes = LengthBytes + prefix.Length;
        if (column.HasNulls) base.AddSizes(column, first, sizes);
        else
            for (var i = 0; i < sizes.Length; i++) sizes[i] += fixedBytes + values[first + i].Length;
    }

    public override void WriteAll(ColumnVector column, int first, Span<byte> target, Span<int> places)
    {
        if (column.HasNulls)
        {
            base.WriteAll(column, first, target, places);
            return;
        }
        var values = (BytesVector)column;
        var local = prefix;
        for (var i = 0; i < places.Length; i++) places[i] += WriteValue(target[places[i]..], local, values[first + i]);
    }

    static int WriteValue(Span<byte> target, byte[] prefix, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteInt32BigEndian(target, prefix.Length + value.Length);
        if (prefix.Length > 0) prefix.CopyTo(target[LengthBytes..]);
        value.CopyTo(target[(LengthBytes + prefix.Length)..]);
        return LengthBytes + prefix.Length + value.Length;
    }
}

/// <summary>Enums: the label's text, by its index.</summary>
sealed class EnumEncoder(byte[][] labels) : FieldEncoder
{
    public override int SizeOf(ColumnVector column, int row) =>
        column.IsNull(row) ? LengthBytes : LengthBytes + Label(column, row).Length;

    public override int Write(ColumnVector column, int row, Span<byte> target)
    {
        if (column.IsNull(row)) return WriteNull(target);
        var label = Label(column, row);
        BinaryPrimitives.WriteInt32BigEndian(target, label.Length);
        label.CopyTo(target[LengthBytes..]);
        return LengthBytes + label.Length;
    }

    byte[] Label(ColumnVector column, int row) => labels[((Int64Vector)column).Values[row]];
}

/// <summary>bit and varbit: count of bits, then the bits from the highest on; the batch holds the characters 0 and 1.</summary>
sealed class BitEncoder : FieldEncoder
{
    public override int SizeOf(ColumnVector column, int row) =>
        column.IsNull(row) ? LengthBytes : LengthBytes + sizeof(int) + BytesFor(((BytesVector)column)[row].Length);

    public override int Write(ColumnVector column, int row, Span<byte> target)
    {
        if (column.IsNull(row)) return WriteNull(target);
        var bits = ((BytesVector)column)[row];
        var size = sizeof(int) + BytesFor(bits.Length);
        BinaryPrimitives.WriteInt32BigEndian(target, size);
        BinaryPrimitives.WriteInt32BigEndian(target[LengthBytes..], bits.Length);
        Pack(bits, target.Slice(LengthBytes + sizeof(int), size - sizeof(int)));
        return LengthBytes + size;
    }

    static int BytesFor(int bits) => (bits + 7) / 8;

    static void Pack(ReadOnlySpan<byte> bits, Span<byte> target)
    {
        target.Clear();
        for (var i = 0; i < bits.Length; i++)
            if (bits[i] == (byte)'1') target[i >> 3] |= (byte)(0x80 >> (i & 7));
    }
}
