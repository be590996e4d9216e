using System.Diagnostics;
using Npgsql;

namespace RelSeed.Testing.PostgreSql.Reset;

/// <summary>Watches one clone over a connection of its own and brings its seeded rows back.</summary>
sealed class CloneRestorer(PostgreSqlTemplate template, string name, TimeSpan wait) : IAsyncDisposable
{
    const string NoRight = "this user may not set session_replication_role";

    static readonly TimeSpan PoolLimit = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    NpgsqlConnection? _connection;
    StateReader? _reader;
    long _firstTransaction = template.FirstTransaction;

    /// <returns>What was done; of kind <see cref="ResetKind.Clone"/> when nothing was, and why.</returns>
    /// <exception cref="TemplateException">RS3505: a transaction stays open.</exception>
    public async Task<RestoreResult> RestoreAsync(CancellationToken cancellationToken)
    {
        var seeded = await template.SeededRowsAsync(cancellationToken);
        try
        {
            return await RestoreAsync(seeded, cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            seeded.MayReplicate = false;
            return new(ResetKind.Clone, [], NoRight);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw OpenTransactions.Fault(name, wait);
        }
        catch (PostgresException refused)
        {
            // A table that is gone, a constraint that rows of others break: whatever it is, a fresh copy does not have it.
            return new(ResetKind.Clone, [], $"the server refused (SQLSTATE {refused.SqlState})");
        }
        catch (NpgsqlException)
        {
            return new(ResetKind.Clone, [], "the connection was lost");
        }
    }

    /// <summary>Lets go of the database; it will be a fresh copy.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_reader is not null) await _reader.DisposeAsync();
        if (_connection is not null) await _connection.DisposeAsync();
        (_reader, _connection, _firstTransaction) = (null, null, template.FirstTransaction);
    }

    async Task<RestoreResult> RestoreAsync(SeededRows seeded, CancellationToken cancellationToken)
    {
        if (_reader is null)
        {
            _connection = await template.Administration.OpenAsync(name, cancellationToken);
            await using (var setting = new NpgsqlCommand("set row_security = off", _connection)) await setting.ExecuteNonQueryAsync(
                cancellationToken);
            _reader = new(_connection, seeded.State);
        }
        var now = await ReadQuietAsync(cancellationToken);
        var restorer = new RowRestorer(_connection!, seeded, wait);
        var why = restorer.WhyNot(now);
        List<string> changed = [.. restorer.Changed(now).Select(i => seeded.State.Tables[i].Name.ToString()),
            .. restorer.Moved(now).Select(i => seeded.State.Sequences[i].ToString())];
        if (changed.Count == 0 && why is null) return new(ResetKind.Unchanged, []);
        if (!seeded.MayReplicate) why ??= NoRight;
        if (why is not null) return new(ResetKind.Clone, [], why);
        if (await restorer.RestoreAsync(now, _firstTransaction, cancellationToken) is not { } next)
            return new(ResetKind.Clone, [], "a changed table has many rows");
        _firstTransaction = next;
        return new(ResetKind.Rows, changed);
    }

    /// <summary>Reads the state when no other session has a transaction that has written.</summary>
    async Task<StateReading> ReadQuietAsync(CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var now = await _reader!.ReadAsync(_firstTransaction, cancellationToken);
            if (now.HasTemporary && waited.Elapsed < PoolLimit)
            {
                // Temporary tables end with their session, which may be idle in the test's pool.
                await template.Administration.ForgetPoolAsync(name);
            }
            else if (now.OpenTransactions == 0) return now;
            else if (waited.Elapsed > wait) throw OpenTransactions.Fault(name, wait);
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
