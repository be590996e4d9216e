using System.Numerics;

namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>Bytes on their way to COPY: one block that grows and is used again from batch to batch.</summary>
sealed class CopyBuffer
{
    byte[] _bytes = new byte[1 << 16];

    public int Length { get; private set; }
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>So many bytes more, whose old content is meaningless; they count as written.</summary>
    public Span<byte> Append(int count)
    {
        var start = Length;
        Grow(count);
        Length += count;
        return _bytes.AsSpan(start, count);
    }

    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Append(bytes.Length));

    public void Append(byte value) => Append(1)[0] = value;

    /// <summary>Room for so many bytes at least, to format into; then <see cref="Advance"/>.</summary>
    public Span<byte> Room(int count)
    {
        Grow(count);
        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    /// <summary>The bytes written from a position on.</summary>
    public Span<byte> From(int start) => _bytes.AsSpan(start, Length - start);

    void Grow(int count)
    {
        if (_bytes.Length - Length >= count) return;
        Array.Resize(ref _bytes, checked((int)BitOperations.RoundUpToPowerOf2((uint)(Length + count))));
    }
}
