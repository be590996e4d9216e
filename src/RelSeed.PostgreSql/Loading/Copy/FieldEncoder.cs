using System.Buffers.Binary;
using RelSeed.Generation;

namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>Writes the values of one type in COPY's binary form: a length of 4 bytes, then the type's own bytes; a null is the length -1.</summary>
/// <remarks>Chosen once a column and without state, so that threads share it. A table is written a block of rows at a time and within it a
/// column at a time: first the sizes of all rows, then each column's bytes at its rows' places.</remarks>
abstract class FieldEncoder
{
    public const int LengthBytes = 4;

    /// <summary>Bytes of one field with its length.</summary>
    public abstract int SizeOf(ColumnVector column, int row);

    /// <summary>Writes one field and returns its bytes.</summary>
    public abstract int Write(ColumnVector column, int row, Span<byte> target);

    /// <summary>Adds the bytes of the fields of rows first, first + 1, … to their sizes.</summary>
    public virtual void AddSizes(ColumnVector column, int first, Span<int> sizes)
    {
        for (var i = 0; i < sizes.Length; i++) sizes[i] += SizeOf(column, first + i);
    }

    /// <summary>Writes the fields of rows first, first + 1, … each at its place, and moves the places behind them.</summary>
    public virtual void WriteAll(ColumnVector column, int first, Span<byte> target, Span<int> places)
    {
        for (var i = 0; i < places.Length; i++) places[i] += Write(column, first + i, target[places[i]..]);
    }

    protected static int WriteNull(Span<byte> target)
    {
        BinaryPrimitives.WriteInt32BigEndian(target, -1);
        return LengthBytes;
    }
}

/// <summary>Every row null, whatever the column holds: the first phase of a key that is set later.</summary>
sealed class NullEncoder : FieldEncoder
{
    public override int SizeOf(ColumnVector column, int row) => LengthBytes;
    public override int Write(ColumnVector column, int row, Span<byte> target) => WriteNull(target);
}
