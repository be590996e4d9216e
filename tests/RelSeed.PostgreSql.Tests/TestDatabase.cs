using Npgsql;

namespace RelSeed.PostgreSql.Tests;

/// <summary>A database that one test has for itself.</summary>
public sealed class TestDatabase(string administration, string name) : IAsyncDisposable
{
    public string Name => name;

    public string ConnectionString { get; } =
        new NpgsqlConnectionStringBuilder(administration) { Database = name, IncludeErrorDetail = true }.ConnectionString;

    public string Url
    {
        get
        {
            var server = new NpgsqlConnectionStringBuilder(administration);
            var password = string.IsNullOrEmpty(server.Password) ? "" : $":{Uri.EscapeDataString(server.Password)}";
            return $"postgresql://{Uri.EscapeDataString(server.Username ?? "")}{password}@{server.Host}:{server.Port}/{name}";
        }
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>Runs statements; all of them are one message and so one transaction.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await ExecuteAsync(connection, sql, TestContext.Current.CancellationToken);
    }

    /// <summary>Values as the driver gives them; null for NULL.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<IReadOnlyList<object?>>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await using (var own = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(own);
        await AdministerAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'", CancellationToken.None);
        await AdministerAsync($"drop database if exists {name}", CancellationToken.None);
    }

    internal async Task CreateAsync(string? schemaSql)
    {
        await AdministerAsync($"create database {name} template template0 encoding 'UTF8'", TestContext.Current.CancellationToken);
        if (schemaSql is not null) await ExecuteAsync(schemaSql);
    }

    async Task AdministerAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(administration);
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, sql, cancellationToken);
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
