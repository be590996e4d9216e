using System.Data.Common;
using Npgsql;

namespace RelSeed.Testing.PostgreSql;

sealed class PostgreSqlClone(PostgreSqlTemplate template, string name, SeededDatabaseOptions options) : DatabaseClone(name, options)
{
    public override string ConnectionString { get; } = template.Administration.ConnectionStringOf(name);

    public override async Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken = default)
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private protected override async Task<RestoreResult> RestoreAsync(CancellationToken cancellationToken)
    {
        await template.Administration.DropAsync(Name, cancellationToken);
        await template.CopyToAsync(Name, cancellationToken);
        return new(ResetKind.Clone, []);
    }

    public override async ValueTask DisposeAsync() => await template.DropAsync(this);
}
