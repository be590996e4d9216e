using System.Runtime.InteropServices;
using RelSeed.Generation;
using RelSeed.Numerics;
using RelSeed.Schema;

namespace RelSeed.Learning.Sampling;

/// <summary>Reads every table once and keeps whole families: a root's rows with all that depend on them, chosen by a hash of the root.</summary>
sealed class Sampler(RowReader source, DatabaseSchema schema, LearnOptions options, IProgress<LearnProgress>? progress)
{
    readonly Dictionary<SampleTable, List<KeyIndex>> _indexes = [];

    /// <returns>The tables, parents first.</returns>
    public async Task<List<SampleTable>> ReadAsync(CancellationToken cancellationToken)
    {
        List<SampleTable> tables = [];
        foreach (var table in LearnedTables.Select(schema, options))
        {
            progress?.Report(new(LearnPhase.Counting, table.Name, 0, 0));
            // How many rows there are must decide nothing where even that is a secret.
            tables.Add(new SampleTable(table, options.Epsilon is null ? await source.CountAsync(table, cancellationToken) : 1));
        }
        LearnedTables.Connect(tables);
        tables = LearnedTables.Order(tables);
        foreach (var table in tables) Rate(table);
        foreach (var table in tables)
            _indexes[table] = [.. tables.SelectMany(t => t.References).Where(r => r.Principal == table)
                .Select(r => r.Key.PrincipalColumns.ToArray()).DistinctBy(c => string.Join('\u0000', c)).Select(c => new KeyIndex(c))];
        foreach (var table in tables) await ReadAsync(table, cancellationToken);
        foreach (var table in tables)
            foreach (var reference in table.References) Resolve(table, reference);
        Persons.Assign(tables, options.IsStrict);
        return tables;
    }

    // A parent's families are nested in those of its own parent.
    void Rate(SampleTable table) =>
        table.Rate = Math.Min(table.DrivingReference?.Principal.Rate ?? 1,
            table.TotalRows <= options.SampleRows ? 1 : 0.98 * options.SampleRows / table.TotalRows);

    async Task ReadAsync(SampleTable table, CancellationToken cancellationToken)
    {
        var columns = Enumerable.Range(0, table.Table.Columns.Count).ToArray();
        var reader = new TableReader(table, _indexes, options.Secret);
        long rows = 0;
        await foreach (var slice in source.ReadAsync(table.Table, columns, cancellationToken))
        {
            reader.Take(slice);
            rows += slice.Rows;
            progress?.Report(new(LearnPhase.Reading, table.Table.Name, rows, options.Epsilon is null ? table.TotalRows : 0));
        }
    }

    // References to tables that were read later, or to the table itself, are found only now.
    void Resolve(SampleTable table, SampleReference reference)
    {
        var index = IndexOf(_indexes, reference);
        var hashes = CollectionsMarshal.AsSpan(reference.Hashes);
        reference.Parents = new int[hashes.Length];
        for (var row = 0; row < hashes.Length; row++)
            reference.Parents[row] = hashes[row] == KeyHash.None ? -1 : index.Find(hashes[row]) is >= 0 and var parent ? parent : -2;
        if (reference.Degrees.Length > 0) return;
        reference.Degrees = new int[reference.Principal.Count];
        foreach (var parent in reference.Parents)
            if (parent >= 0) reference.Degrees[parent]++;
    }

    public static KeyIndex IndexOf(Dictionary<SampleTable, List<KeyIndex>> indexes, SampleReference reference) =>
        indexes[reference.Principal].Find(i => i.Columns.AsSpan().SequenceEqual(reference.Key.PrincipalColumns.AsSpan()))!;
}

/// <summary>Takes the rows of one table.</summary>
sealed class TableReader
{
    readonly SampleTable _table;
    readonly ulong _key;
    readonly (KeyIndex Index, int[] Columns)[] _own;
    readonly (SampleReference Reference, KeyIndex Index, bool IsReady)[] _references;
    readonly List<int> _taken = [];
    readonly List<double> _places = [];
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
    }

    public void Take(RowSlice slice)
    {
        _taken.Clear();
        _places.Clear();
        for (var row = 0; row < slice.Rows; row++, _row++)
        {
            var place = _table.Driving < 0 ? OwnPlace() : PlaceByParent(slice, row);
            for (var r = 0; r < _references.Length; r++)
                if (r != _table.Driving) Follow(r, KeyOf(slice, r, row), place < _table.Rate);
            if (place >= _table.Rate) continue;
            _taken.Add(row);
            _places.Add(place);
            foreach (var (index, columns) in _own) index.Add(Hash(slice, columns, row), _table.Count + _taken.Count - 1);
        }
        var rows = CollectionsMarshal.AsSpan(_taken);
        for (var c = 0; c < _table.Columns.Length; c++)
        {
            Count(c, slice.Columns[c], slice.Rows);
            _table.Columns[c].Append(slice.Columns[c], rows);
        }
        _table.Places.AddRange(_places);
        _table.Count += _taken.Count;
    }

    // Where the row's family stands between 0 and 1.
    double OwnPlace() => CounterRandom.ToUnit(CounterRandom.At(_key, _row));

    // Beyond 1 when the parent was not sampled.
    double PlaceByParent(RowSlice slice, int row)
    {
        var reference = _references[_table.Driving].Reference;
        var key = KeyOf(slice, _table.Driving, row);
        var parent = key == KeyHash.None ? -1 : _references[_table.Driving].Index.Find(key);
        var place = key == KeyHash.None ? OwnPlace() : parent < 0 ? 2 : reference.Principal.Places[parent];
        Keep(reference, key, place < _table.Rate);
        if (parent >= 0 && _references[_table.Driving].IsReady) reference.Degrees[parent]++;
        return place;
    }

    void Follow(int reference, ulong key, bool isTaken)
    {
        var (followed, index, isReady) = _references[reference];
        Keep(followed, key, isTaken);
        if (key != KeyHash.None && isReady && index.Find(key) is >= 0 and var parent) followed.Degrees[parent]++;
    }

    static void Keep(SampleReference reference, ulong key, bool isTaken)
    {
        if (isTaken) reference.Hashes.Add(key);
        if (key == KeyHash.None) reference.Nulls++;
    }

    ulong KeyOf(RowSlice slice, int reference, int row) => Hash(slice, _references[reference].Reference.Columns, row);

    static ulong Hash(RowSlice slice, int[] columns, int row)
    {
        switch (columns.Length)
        {
            case 1: return KeyHash.Of(new ReadOnlySpan<ColumnVector>(in slice.Columns[columns[0]]), row);
            default:
                var vectors = new ColumnVector[columns.Length];
                for (var i = 0; i < columns.Length; i++) vectors[i] = slice.Columns[columns[i]];
                return KeyHash.Of(vectors, row);
        }
    }

    void Count(int column, ColumnVector vector, int rows)
    {
        if (vector.HasNulls) _table.Nulls[column] += vector.Nulls[..rows].Count(true);
        if (_table.IsWhole || _table.Columns[column] is not TextSample) return;
        for (var row = 0; row < rows; row++)
            if (!vector.IsNull(row)) _table.Distinct[column].Add(KeyHash.Of(new ReadOnlySpan<ColumnVector>(in vector), row));
    }
}
