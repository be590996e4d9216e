using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading.Rehearsing;

/// <summary>Tables whose rows stand in a rehearsal's transaction, in the order in which they were tried, with savepoints to go back to.</summary>
sealed class StandingTables(LoadSession session)
{
    // The server looks for a row's transaction in all savepoints that are open, so not every table has one.
    const int TablesPerSavepoint = 8;

    readonly List<TableRehearsal> _tables = [];

    // How many tables stood when each savepoint was set.
    readonly List<int> _savepoints = [];

    public IReadOnlyList<TableRehearsal> Tables => _tables;

    public void Add(TableRehearsal table) => _tables.Add(table);

    /// <summary>Sets a savepoint if it is time to.</summary>
    public Task SaveAsync(CancellationToken cancellationToken) =>
        _savepoints.Count > 0 && _tables.Count < _savepoints[^1] + TablesPerSavepoint ? Task.CompletedTask : SaveNowAsync(cancellationToken);

    public async Task SaveNowAsync(CancellationToken cancellationToken)
    {
        if (_savepoints.Count > 0 && _savepoints[^1] == _tables.Count) return;
        await session.ExecuteAsync($"savepoint relseed_table{_savepoints.Count}", cancellationToken);
        _savepoints.Add(_tables.Count);
    }

    /// <summary>Goes back to where the rows of all tables that stand are those of the next plan's first tables.</summary>
    /// <param name="next">The tables to try.</param>
    public async Task KeepAsync(IReadOnlyList<TableName> next, RehearsalOptions options, CancellationToken cancellationToken)
    {
        if (_savepoints.Count == 0) return;
        var same = CountSame(next, options);
        var last = _savepoints.FindLastIndex(tables => tables <= same);
        await session.ExecuteAsync($"rollback to savepoint relseed_table{last}", cancellationToken);
        _savepoints.RemoveRange(last + 1, _savepoints.Count - last - 1);
        _tables.RemoveRange(_savepoints[last], _tables.Count - _savepoints[last]);
    }

    /// <summary>Nothing stands any more.</summary>
    public void Clear()
    {
        _tables.Clear();
        _savepoints.Clear();
    }

    int CountSame(IReadOnlyList<TableName> next, RehearsalOptions options)
    {
        var same = 0;
        foreach (var table in next)
        {
            if (same == _tables.Count) break;
            if (_tables[same].Table == table && _tables[same].IsTaken && options.Unchanged.Contains(table)
                && !options.Immediate.Contains(table))
                same++;
            else if (!options.Known.Contains(table)) break;
        }
        return same;
    }
}
