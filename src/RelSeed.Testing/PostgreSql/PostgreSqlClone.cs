using System.Data.Common;
using Npgsql;
using RelSeed.Testing.PostgreSql.Reset;

namespace RelSeed.Testing.PostgreSql;

sealed class PostgreSqlClone(PostgreSqlTemplate template, string name, SeededDatabaseOptions options) : DatabaseClone(name, options)
{
    readonly CloneRestorer _restorer = new(template, name, options.Wait);

    public override string ConnectionString { get; } = template.Administration.ConnectionStringOf(name);

    public override async Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken = default)
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private protected override async Task<RestoreResult> RestoreAsync(CancellationToken cancellationToken)
    {
        var done = await _restorer.RestoreAsync(cancellationToken);
        if (done.Kind != ResetKind.Clone) return done;
        await _restorer.DisposeAsync();
        await template.CopyAgainAsync(Name, cancellationToken);
        return done;
    }

    public override async ValueTask DisposeAsync()
    {
        await _restorer.DisposeAsync();
        await template.DropAsync(this);
    }
}
