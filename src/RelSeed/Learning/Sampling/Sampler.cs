using System.Runtime.InteropServices;
using RelSeed.Generation;
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
        Parallel.ForEach(tables.SelectMany(t => t.References), new ParallelOptions { CancellationToken = cancellationToken }, Resolve);
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
    void Resolve(SampleReference reference)
    {
        var hashes = CollectionsMarshal.AsSpan(reference.Hashes);
        reference.Parents = new int[hashes.Length];
        IndexOf(_indexes, reference).Find(hashes, reference.Parents);
        for (var row = 0; row < hashes.Length; row++)
            if (reference.Parents[row] < 0) reference.Parents[row] = hashes[row] == KeyHash.None ? -1 : -2;
        if (reference.Degrees.Length > 0) return;
        reference.Degrees = new int[reference.Principal.Count];
        foreach (var parent in reference.Parents)
            if (parent >= 0) reference.Degrees[parent]++;
    }

    public static KeyIndex IndexOf(Dictionary<SampleTable, List<KeyIndex>> indexes, SampleReference reference) =>
        indexes[reference.Principal].Find(i => i.Columns.AsSpan().SequenceEqual(reference.Key.PrincipalColumns.AsSpan()))!;
}
