namespace RelSeed.Generation;

/// <summary>How many rows before have the same values in some columns. Counted once, when first asked: 4 bytes a row, and 24 a combination
/// meanwhile.</summary>
sealed class Occurrence(TableGenerator table, int[] columns) : IndexGenerator
{
    const int BatchRows = 4096;

    readonly Lazy<int[]> _found = new(() => Count(table, columns));

    public override void Fill(RowFrame frame, Span<long> indexes)
    {
        var rows = frame.Rows;
        var found = _found.Value;
        for (var i = 0; i < rows.Length; i++) indexes[i] = rows[i] < found.Length ? found[rows[i]] : long.MaxValue;
    }

    static int[] Count(TableGenerator table, int[] columns)
    {
        var found = new int[table.MadeRows];
        var seen = new Dictionary<UInt128, int>();
        var hashes = new UInt128[BatchRows];
        var frame = new RowFrame(table);
        for (var first = 0; first < found.Length; first += BatchRows)
        {
            var count = Math.Min(BatchRows, found.Length - first);
            frame.Reset(table.FirstNew + first, count);
            RowGroups.Hash(frame, columns, hashes.AsSpan(0, count));
            for (var i = 0; i < count; i++)
            {
                found[first + i] = seen.GetValueOrDefault(hashes[i]);
                seen[hashes[i]] = found[first + i] + 1;
            }
        }
        return found;
    }
}
