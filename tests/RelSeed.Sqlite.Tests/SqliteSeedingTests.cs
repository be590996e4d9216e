using Microsoft.Data.Sqlite;
using RelSeed.Loading;
using RelSeed.Specification.Tests;
using RelSeed.Specification.Tests.Schemas;

namespace RelSeed.Sqlite.Tests;

public class SqliteSeedingTests : SeedingSpecification
{
    protected override string CycleSchema => PortableSchemas.Cycle;

    protected override Task<ITestDatabase> CreateAsync(string schemaSql) => Task.FromResult<ITestDatabase>(new SeededFile(schemaSql));

    sealed class SeededFile : ITestDatabase
    {
        readonly string _folder = Directory.CreateTempSubdirectory("relseed-sqlite-").FullName;

        public SeededFile(string schemaSql)
        {
            using var connection = Connect();
            using var command = connection.CreateCommand();
            command.CommandText = schemaSql;
            command.ExecuteNonQuery();
        }

        string File => Path.Combine(_folder, "seeded.db");

        public string Url => $"sqlite:{File}";

        public SeedTarget Open() => SqliteTarget.Open($"Data Source={File}");

        public async Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(string sql)
        {
            await using var connection = Connect();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            List<IReadOnlyList<object?>> rows = [];
            while (await reader.ReadAsync(Cancellation))
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
            return rows;
        }

        SqliteConnection Connect()
        {
            var connection = new SqliteConnection($"Data Source={File};Pooling=False");
            connection.Open();
            return connection;
        }

        public ValueTask DisposeAsync()
        {
            Directory.Delete(_folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
