using Npgsql;
using RelSeed.PostgreSql;

namespace RelSeed.Testing.PostgreSql.Reset;

/// <summary>The seeded state and rows, read from a clone that nobody writes to; one for all clones of a template here.</summary>
sealed class SeededRows : IAsyncDisposable
{
    // More rows than this are not held in memory; the database is cloned instead.
    const long MostRows = 200_000;

    readonly SemaphoreSlim _one = new(1);
    readonly NpgsqlConnection _source;
    readonly Dictionary<SeededTable, IReadOnlyList<KeyedRow>> _rows = [];

    SeededRows(NpgsqlConnection source, SeededState state, StateReading reading) => (_source, State, Reading) = (source, state, reading);

    public SeededState State { get; }
    public StateReading Reading { get; }

    /// <summary>False once the server said that this user may not write rows without firing triggers.</summary>
    public bool MayReplicate { get; set; } = true;

    public static async Task<SeededRows> OpenAsync(PostgreSqlTemplate template, string source, CancellationToken cancellationToken)
    {
        var connection = await template.Administration.OpenAsync(source, cancellationToken);
        await using (var setting = new NpgsqlCommand("set row_security = off; set default_transaction_read_only = on",
            connection)) await setting.ExecuteNonQueryAsync(cancellationToken);
        var state = await SeededState.ReadAsync(connection, cancellationToken);
        await using var reader = new StateReader(connection, state);
        return new(connection, state, await reader.ReadAsync(template.FirstTransaction, cancellationToken));
    }

    /// <summary>A table's rows as COPY's text; null for too many.</summary>
    public async Task<IReadOnlyList<KeyedRow>?> ReadAsync(SeededTable table, long count, CancellationToken cancellationToken)
    {
        if (count > MostRows) return null;
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!_rows.TryGetValue(table, out var rows)) _rows[table] = rows = await CopyAsync(table, cancellationToken);
            return rows;
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _one.Dispose();
    }

    async Task<List<KeyedRow>> CopyAsync(SeededTable table, CancellationToken cancellationToken)
    {
        var rows = new List<KeyedRow>();
        using var reader = await _source.BeginTextExportAsync(
            $"copy (select {SqlName.List(table.Key.Concat(table.Columns))} from only {SqlName.Quote(table.Name)}) to stdout", cancellationToken);
        while (await reader.ReadLineAsync(cancellationToken) is { } line) rows.Add(KeyedRow.Split(line, table.Key.Length));
        return rows;
    }
}

/// <summary>A row in COPY's text form, in which a tab parts columns and stands in no value.</summary>
readonly record struct KeyedRow(string Key, string Row)
{
    public static KeyedRow Split(string line, int keyColumns)
    {
        var end = -1;
        for (var column = 0; column < keyColumns; column++) end = line.IndexOf('\t', end + 1);
        return end < 0 ? new("", line) : new(line[..end], line[(end + 1)..]);
    }
}
