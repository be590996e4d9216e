using System.Collections;

namespace RelSeed.Generation;

/// <summary>Rows that are the first with their values in some columns: those that may be in a partial key. Found once, when first asked:
/// two bits a row, and 16 bytes a combination meanwhile.</summary>
/// <param name="nullsCount">Nulls are equal; else a row with a null is in no key.</param>
public sealed class FirstRows(TableGenerator table, int[] columns, bool nullsCount)
{
    const int BatchRows = 4096;
    const ulong NullWord = 0x6E756C6C;
    readonly Lazy<(BitArray First, BitArray Outside)> _found = new(() => Find(table, columns, nullsCount));

    /// <summary>The row is the first of its combination.</summary>
    /// <param name="madeRow">As generators count.</param>
    public bool IsFirst(long madeRow) => madeRow < table.MadeRows && _found.Value.First[(int)madeRow];

    /// <summary>The row is the first of its combination, or a null keeps it out of the key.</summary>
    public bool IsFree(long madeRow) => madeRow < table.MadeRows && (_found.Value.First[(int)madeRow] || _found.Value.Outside[(int)madeRow]);

    static (BitArray First, BitArray Outside) Find(TableGenerator table, int[] columns, bool nullsCount)
    {
        var first = new BitArray((int)Math.Min(table.MadeRows, int.MaxValue));
        var outside = new BitArray(first.Length);
        var seen = new HashSet<UInt128>();
        var frame = new RowFrame(table);
        for (long row = 0; row < table.FirstNew; row += BatchRows)
        {
            frame.Reset(row, (int)Math.Min(BatchRows, table.FirstNew - row));
            for (var i = 0; i < frame.Count; i++) seen.Add(Hash(frame, columns, i, nullsCount));
        }
        for (var row = 0; row < first.Length; row += BatchRows)
        {
            // As made: which rows stand in for others is found later.
            frame.ResetMade(row, Math.Min(BatchRows, first.Length - row));
            for (var i = 0; i < frame.Count; i++)
            {
                var hash = Hash(frame, columns, i, nullsCount);
                outside[row + i] = hash == 0;
                first[row + i] = hash != 0 && seen.Add(hash);
            }
        }
        return (first, outside);
    }

    static UInt128 Hash(RowFrame frame, int[] columns, int row, bool nullsCount)
    {
        var hash = UInt128.One;
        foreach (var column in columns)
        {
            var values = frame.Column(column);
            if (!values.IsNull(row)) hash = ValueHash.Add(hash, values, row);
            else if (nullsCount) hash = ValueHash.Add(hash, NullWord);
            else return 0;
        }
        return hash;
    }
}
