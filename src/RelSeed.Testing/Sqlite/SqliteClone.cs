using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RelSeed.Testing.Sqlite;

/// <summary>A file, or a database in memory that lives while this object's own connection does.</summary>
sealed class SqliteClone : DatabaseClone
{
    readonly SqliteTemplate _template;
    readonly SeededDatabaseOptions _options;

    // Tells of other connections' commits, and keeps a database in memory alive.
    readonly SqliteConnection _keeper;
    long _version;

    public SqliteClone(SqliteTemplate template, string file, SeededDatabaseOptions options) : base(file, options)
    {
        (_template, _options) = (template, options);
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString;
        _keeper = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
    }

    public override string ConnectionString { get; }

    /// <param name="copies">The database is empty yet.</param>
    public async Task OpenAsync(bool copies, CancellationToken cancellationToken)
    {
        await _keeper.OpenAsync(cancellationToken);
        if (copies) await CopyAsync(cancellationToken);
        _version = await VersionAsync(cancellationToken);
    }

    public override async Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken = default)
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private protected override async Task<RestoreResult> RestoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await VersionAsync(cancellationToken) == _version) return new(ResetKind.Unchanged, []);
            await CopyAsync(cancellationToken);
            _version = await VersionAsync(cancellationToken);
            return new(ResetKind.Clone, []);
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            throw OpenTransactions.Fault(Name, _options.Wait, busy);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        using (var pooled = new SqliteConnection(ConnectionString)) SqliteConnection.ClearPool(pooled);
        await _keeper.DisposeAsync();
        _template.Drop(this);
    }

    async Task<long> VersionAsync(CancellationToken cancellationToken)
    {
        await using var command = _keeper.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        // Whole seconds, and zero would be without end.
        command.CommandTimeout = Math.Max(1, (int)_options.Wait.TotalSeconds);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>All pages of the template into this database, beside connections that are open and idle.</summary>
    Task CopyAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var source = _template.Open();
            source.Open();
            raw.sqlite3_busy_timeout(_keeper.Handle, (int)_options.Wait.TotalMilliseconds);
            source.BackupDatabase(_keeper);
        },
        cancellationToken);
}
