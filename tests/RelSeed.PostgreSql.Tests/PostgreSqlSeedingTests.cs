using RelSeed.Loading;
using RelSeed.Specification.Tests;
using RelSeed.Specification.Tests.Schemas;

namespace RelSeed.PostgreSql.Tests;

public class PostgreSqlSeedingTests(PostgreSqlFixture server) : SeedingSpecification
{
    protected override string CycleSchema => PortableSchemas.CycleByAlter;

    protected override async Task<ITestDatabase> CreateAsync(string schemaSql) => new Database(await server.CreateDatabaseAsync(schemaSql));

    sealed class Database(TestDatabase database) : ITestDatabase
    {
        public string Url => database.Url;

        public SeedTarget Open() => PostgreSqlTarget.Open(database.ConnectionString);

        public async Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(string sql)
        {
            await using var connection = await database.OpenAsync();
            await using var command = new Npgsql.NpgsqlCommand(sql, connection);
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            var rows = new List<IReadOnlyList<object?>>();
            while (await reader.ReadAsync(Cancellation)) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
            return rows;
        }

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }
}
