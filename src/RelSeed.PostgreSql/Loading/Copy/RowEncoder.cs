using System.Buffers.Binary;
using RelSeed.Generation;

namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>Turns batches of one table into what COPY reads. Without state: threads share it.</summary>
abstract class RowEncoder
{
    /// <summary>The options of COPY … FROM STDIN that say the format.</summary>
    public abstract string Format { get; }

    /// <summary>What comes before the first row.</summary>
    public virtual ReadOnlyMemory<byte> Header => default;

    /// <summary>What comes after the last row.</summary>
    public virtual ReadOnlyMemory<byte> Trailer => default;

    /// <summary>Appends the batch's rows.</summary>
    public abstract void Encode(RowBatch batch, CopyBuffer target);
}

/// <summary>COPY's binary format.</summary>
/// <param name="columns">The batch's columns that are sent, by position, each with its encoder, in the order of COPY's list.</param>
sealed class BinaryRowEncoder((int Position, FieldEncoder Encoder)[] columns) : RowEncoder
{
    // So few that a block of rows stays in the processor's first cache while one column after another is laid into it.
    const int BlockRows = 256;
    const int CountBytes = 2;

    // Signature, flags, length of the extension.
    static readonly byte[] FileHeader = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];
    static readonly byte[] FileTrailer = [0xFF, 0xFF];

    public override string Format => "FORMAT binary";
    public override ReadOnlyMemory<byte> Header => FileHeader;
    public override ReadOnlyMemory<byte> Trailer => FileTrailer;

    public override void Encode(RowBatch batch, CopyBuffer target)
    {
        Span<int> places = stackalloc int[BlockRows];
        for (var first = 0; first < batch.RowCount; first += BlockRows)
            EncodeBlock(batch, first, target, places[..Math.Min(BlockRows, batch.RowCount - first)]);
    }

    void EncodeBlock(RowBatch batch, int first, CopyBuffer target, Span<int> places)
    {
        places.Fill(CountBytes);
        foreach (var (position, encoder) in columns) encoder.AddSizes(batch.Columns[position].Values, first, places);
        var total = 0;
        for (var i = 0; i < places.Length; i++)
        {
            var size = places[i];
            places[i] = total;
            total += size;
        }
        var bytes = target.Append(total);
        for (var i = 0; i < places.Length; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(bytes[places[i]..], (short)columns.Length);
            places[i] += CountBytes;
        }
        foreach (var (position, encoder) in columns) encoder.WriteAll(batch.Columns[position].Values, first, bytes, places);
    }
}
