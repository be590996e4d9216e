using System.Runtime.InteropServices;
using RelSeed.Generation;
using RelSeed.Numerics;

namespace RelSeed.Learning.Sampling;

/// <summary>Takes the rows of one table, a batch at a time and in it column by column.</summary>
sealed class TableReader
{
    // Of the parent that was not sampled.
    const double Nowhere = 2;

    // The count may be wrong.
    const int MostReserved = 1_000_000;

    readonly SampleTable _table;
    readonly ulong _key;
    readonly (KeyIndex Index, int[] Columns)[] _own;
    readonly (SampleReference Reference, KeyIndex Index, bool IsReady)[] _references;
    readonly List<int> _taken = [];
    readonly ulong[] _keys = new ulong[RowReader.BatchRows];
    readonly int[] _parents = new int[RowReader.BatchRows];
    readonly double[] _places = new double[RowReader.BatchRows];
    long _row;

    public TableReader(SampleTable table, Dictionary<SampleTable, List<KeyIndex>> indexes, ulong secret)
    {
        (_table, _key) = (table, CounterRandom.Derive(secret, 1));
        _own = [.. indexes[table].Select(i => (i, i.Columns.Select(table.Table.IndexOf).ToArray()))];
        _references = [.. table.References.Select(r =>
        {
            var isReady = r.Principal != table && r.Principal.Count > 0;
            if (isReady) r.Degrees = new int[r.Principal.Count];
            return (r, Sampler.IndexOf(indexes, r), isReady);
        })];
        Reserve(table);
    }

    // Lists that grow by doubling leave as much behind as they hold.
    static void Reserve(SampleTable table)
    {
        var rows = (int)Math.Min(MostReserved, table.TotalRows * table.Rate * 1.02);
        foreach (var column in table.Columns) column.Reserve(rows);
        foreach (var reference in table.References) reference.Hashes.EnsureCapacity(rows);
        table.Places.EnsureCapacity(rows);
    }

    public void Take(RowSlice slice)
    {
        Place(slice);
        _taken.Clear();
        for (var row = 0; row < slice.Rows; row++)
            if (_places[row] < _table.Rate) _taken.Add(row);
        var taken = CollectionsMarshal.AsSpan(_taken);
        for (var r = 0; r < _references.Length; r++) Follow(r, slice, taken);
        foreach (var (index, columns) in _own)
        {
            var keys = KeysOf(slice, columns);
            for (var i = 0; i < taken.Length; i++) index.Add(keys[taken[i]], _table.Count + i);
        }
        for (var c = 0; c < _table.Columns.Length; c++)
        {
            Count(c, slice);
            _table.Columns[c].Append(slice.Columns[c], taken);
        }
        foreach (var row in taken) _table.Places.Add(_places[row]);
        _table.Count += taken.Length;
        _row += slice.Rows;
    }

    // Where each row's family stands between 0 and 1; beyond 1 when the parent was not sampled.
    void Place(RowSlice slice)
    {
        if (_table.Driving < 0)
        {
            for (var row = 0; row < slice.Rows; row++) _places[row] = OwnPlace(row);
            return;
        }
        var (reference, index, _) = _references[_table.Driving];
        var keys = KeysOf(slice, reference.Columns);
        var parents = _parents.AsSpan(0, slice.Rows);
        index.Find(keys, parents);
        var places = CollectionsMarshal.AsSpan(reference.Principal.Places);
        for (var row = 0; row < slice.Rows; row++)
            _places[row] = parents[row] >= 0 ? places[parents[row]] : keys[row] == KeyHash.None ? OwnPlace(row) : Nowhere;
    }

    double OwnPlace(int row) => CounterRandom.ToUnit(CounterRandom.At(_key, _row + row));

    void Follow(int reference, RowSlice slice, ReadOnlySpan<int> taken)
    {
        var (followed, index, isReady) = _references[reference];
        var keys = KeysOf(slice, followed.Columns);
        foreach (var row in taken) followed.Hashes.Add(keys[row]);
        followed.Nulls += keys.Count(KeyHash.None);
        if (!isReady) return;
        var parents = _parents.AsSpan(0, slice.Rows);
        index.Find(keys, parents);
        foreach (var parent in parents)
            if (parent >= 0) followed.Degrees[parent]++;
    }

    Span<ulong> KeysOf(RowSlice slice, ReadOnlySpan<int> columns)
    {
        var keys = _keys.AsSpan(0, slice.Rows);
        KeyHash.Of(slice, columns, keys);
        return keys;
    }

    void Count(int column, RowSlice slice)
    {
        var vector = slice.Columns[column];
        if (vector.HasNulls) _table.Nulls[column] += vector.Nulls[..slice.Rows].Count(true);
        if (!_table.IsWhole && _table.Columns[column] is TextSample) _table.Distinct[column].Add(KeysOf(slice, [column]));
    }
}
