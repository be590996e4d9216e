using RelSeed.Loading;
using RelSeed.Specification.Tests;

namespace RelSeed.PostgreSql.Tests;

/// <summary>A test's database as the specifications see it.</summary>
sealed class PostgreSqlTestDatabase(TestDatabase database) : ITestDatabase
{
    public string Url => database.Url;

    public SeedTarget Open() => PostgreSqlTarget.Open(database.ConnectionString);

    public async Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(string sql)
    {
        await using var connection = await database.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<IReadOnlyList<object?>>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
