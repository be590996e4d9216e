using RelSeed.Numerics;

namespace RelSeed.Generation;

/// <summary>A parent among those that agree with the row on shared columns. The parents are grouped once, when first asked:
/// 8 bytes a parent and about 40 a group.</summary>
sealed class AgreeingParent(
    ulong key, TableGenerator parent, int[] shared, int[] principal, IndexGenerator? index, int exponent, Func<long[]>? among = null)
        : ReferenceGenerator
{
    readonly Lazy<RowGroups> _groups = new(() => RowGroups.Of(parent, principal, among?.Invoke()));

    [ThreadStatic] static UInt128[]? _hashes;

    public override void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals)
    {
        var groups = _groups.Value;
        if (_hashes is null || _hashes.Length < frame.Count) _hashes = new UInt128[frame.Count];
        // Computing the shared columns may come back here for another table, so the hashes are made after them.
        foreach (var column in shared) frame.Column(column);
        if (index is not null) index.Fill(frame, parents);
        var hashes = _hashes.AsSpan(0, frame.Count);
        RowGroups.Hash(frame, shared, hashes);
        var counters = frame.Counters;
        for (var i = 0; i < counters.Length; i++)
        {
            var group = groups.Find(hashes[i]);
            if (group.IsEmpty) parents[i] = -1;
            else if (index is not null) parents[i] = parents[i] < group.Length ? group[(int)parents[i]] : -1;
            else parents[i] = group[Pick(CounterRandom.At(key, counters[i]), group.Length)];
        }
    }

    int Pick(ulong word, int count)
    {
        var share = word;
        for (var e = 1; e < exponent; e++) share = Math.BigMul(share, word, out _);
        return (int)CounterRandom.Below(share, (ulong)count);
    }
}

/// <summary>The rows of a table by the values of some of its columns.</summary>
sealed class RowGroups
{
    readonly Dictionary<UInt128, (int Start, int Count)> _groups;
    readonly long[] _rows;

    RowGroups(Dictionary<UInt128, (int, int)> groups, long[] rows) => (_groups, _rows) = (groups, rows);

    public ReadOnlySpan<long> Find(UInt128 hash) =>
        _groups.TryGetValue(hash, out var group) ? _rows.AsSpan(group.Start, group.Count) : [];

    /// <param name="among">The rows that count, ascending; null for all.</param>
    public static RowGroups Of(TableGenerator table, int[] columns, long[]? among = null)
    {
        const int BatchRows = 4096;
        var frame = new RowFrame(table);
        var hashes = new UInt128[table.RowCount];
        for (long first = 0; first < table.RowCount; first += BatchRows)
        {
            var count = (int)Math.Min(BatchRows, table.RowCount - first);
            frame.Reset(first, count);
            foreach (var column in columns) frame.Column(column);
            Hash(frame, columns, hashes.AsSpan((int)first, count));
        }
        if (among is not null) Keep(hashes, among);
        var groups = new Dictionary<UInt128, (int Start, int Count)>();
        foreach (var hash in hashes)
        {
            if (hash == 0) continue;
            groups.TryGetValue(hash, out var group);
            groups[hash] = (0, group.Count + 1);
        }
        var start = 0;
        foreach (var hash in groups.Keys.ToArray())
        {
            var count = groups[hash].Count;
            groups[hash] = (start, 0);
            start += count;
        }
        var rows = new long[start];
        for (long row = 0; row < hashes.Length; row++)
        {
            if (hashes[row] == 0) continue;
            var group = groups[hashes[row]];
            rows[group.Start + group.Count] = row;
            groups[hashes[row]] = (group.Start, group.Count + 1);
        }
        return new RowGroups(groups, rows);
    }

    static void Keep(UInt128[] hashes, long[] among)
    {
        var next = 0;
        for (long row = 0; row < hashes.Length; row++)
        {
            if (next < among.Length && among[next] == row) next++;
            else hashes[row] = 0;
        }
    }

    /// <summary>A 128-bit hash of each row's values; 0 where one of them is null, which matches nothing.</summary>
    public static void Hash(RowFrame frame, ReadOnlySpan<int> columns, Span<UInt128> hashes)
    {
        hashes.Fill(UInt128.One);
        foreach (var column in columns)
        {
            var values = frame.Column(column);
            for (var i = 0; i < hashes.Length; i++)
            {
                if (hashes[i] == 0) continue;
                hashes[i] = values.IsNull(i) || frame.IsAbsent(i) ? UInt128.Zero : Combine(hashes[i], RowDigest.HashValue(values, i));
            }
        }
    }

    static UInt128 Combine(UInt128 hash, ulong value)
    {
        var low = CounterRandom.Mix((ulong)hash + value * 0x9E3779B97F4A7C15);
        var high = CounterRandom.Mix((ulong)(hash >> 64) ^ (value + 0xD1B54A32D192ED03));
        return new UInt128(high, low | 1);
    }
}
