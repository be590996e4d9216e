using System.Runtime.InteropServices;
using RelSeed.Numerics;

namespace RelSeed.Generation;

/// <summary>A fingerprint of rows that does not depend on how they were split or ordered: the sum over rows of a 64-bit hash of the
/// row's values, so that parts are added up. The logical values count, not their encoding for one database.</summary>
public sealed class RowDigest
{
    const ulong NullHash = 0x6E756C6C;
    ulong[] _rows = [];

    /// <summary>The sum over the rows added so far.</summary>
    public UInt128 Sum { get; private set; }

    public void Add(RowBatch batch)
    {
        if (_rows.Length < batch.RowCount) _rows = new ulong[batch.RowCount];
        var rows = _rows.AsSpan(0, batch.RowCount);
        rows.Clear();
        foreach (var column in batch.Columns) Fold(column.Values, rows);
        foreach (var hash in rows) Sum += CounterRandom.Mix(hash);
    }

    public void Add(UInt128 other) => Sum += other;

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Format(Sum);

    public static string Format(UInt128 sum) => sum.ToString("x32");

    static void Fold(ColumnVector column, Span<ulong> rows)
    {
        switch (column)
        {
            case Int64Vector v: FoldFixed<long>(v, rows); break;
            case Float64Vector v: FoldFixed<double>(v, rows); break;
            default:
                for (var i = 0; i < rows.Length; i++) rows[i] = Step(rows[i], HashValue(column, i));
                break;
        }
    }

    static void FoldFixed<T>(FixedVector<T> column, Span<ulong> rows) where T : unmanaged
    {
        var words = MemoryMarshal.Cast<T, ulong>(column.Values);
        if (!column.HasNulls)
        {
            for (var i = 0; i < rows.Length; i++) rows[i] = Step(rows[i], words[i]);
            return;
        }
        var nulls = column.Nulls;
        for (var i = 0; i < rows.Length; i++) rows[i] = Step(rows[i], nulls[i] ? NullHash : words[i]);
    }

    static ulong Step(ulong hash, ulong word) =>
        System.Numerics.BitOperations.RotateLeft(hash ^ (word * 0x9E3779B97F4A7C15), 29) * 0xBF58476D1CE4E5B9 + 1;

    /// <summary>A 64-bit hash of one value.</summary>
    public static ulong HashValue(ColumnVector column, int row)
    {
        if (column.IsNull(row)) return NullHash;
        switch (column)
        {
            case Int64Vector v: return (ulong)v.Values[row];
            case Float64Vector v: return BitConverter.DoubleToUInt64Bits(v.Values[row]);
            case UuidVector v: return Step((ulong)v.Values[row], (ulong)(v.Values[row] >> 64));
            case BytesVector v: return HashBytes(v[row]);
            case ListVector v:
                var list = (ulong)(v.End(row) - v.Start(row));
                for (var i = v.Start(row); i < v.End(row); i++) list = Step(list, HashValue(v.Items, i));
                return list;
            default:
                ulong hash = 0;
                foreach (var field in ((StructVector)column).Fields) hash = Step(hash, HashValue(field, row));
                return hash;
        }
    }

    static ulong HashBytes(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length;
        for (; bytes.Length >= 8; bytes = bytes[8..]) hash = Step(hash, System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        ulong tail = 0;
        for (var i = 0; i < bytes.Length; i++) tail |= (ulong)bytes[i] << (8 * i);
        return Step(hash, tail);
    }
}
