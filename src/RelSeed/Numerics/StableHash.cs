using System.Security.Cryptography;
using System.Text;

namespace RelSeed.Numerics;

/// <summary>Keys that are the same in every process and on every machine: the first 64 bits of SHA-256 over length-prefixed names.</summary>
public static class StableHash
{
    /// <param name="seed">The run's seed.</param>
    /// <param name="names">What the key is for, outermost first: table, column, purpose. Their order and borders count.</param>
    public static ulong Key(ulong seed, params ReadOnlySpan<string> names)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> word = stackalloc byte[8];
        BitConverter.TryWriteBytes(word, BitConverter.IsLittleEndian ? seed : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(seed));
        hash.AppendData(word);
        foreach (var name in names)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(word, bytes.Length);
            hash.AppendData(word);
            hash.AppendData(bytes);
        }
        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }
}
