using RelSeed.Loading;
using RelSeed.Specification.Tests;
using RelSeed.Specification.Tests.Schemas;

namespace RelSeed.Sqlite.Tests;

public class SqliteSeedingTests : SeedingSpecification
{
    protected override string CycleSchema => PortableSchemas.Cycle;

    protected override async Task<ITestDatabase> CreateAsync(string schemaSql)
    {
        var database = new Database();
        await using var connection = database.Connect("ReadWriteCreate");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = schemaSql;
        await command.ExecuteNonQueryAsync(Cancellation);
        return database;
    }

    sealed class Database : ITestDatabase
    {
        readonly string _path = Path.Combine(Path.GetTempPath(), $"relseed-{Path.GetRandomFileName()}.db");

        public string Url => $"sqlite:{_path}";

        public SeedTarget Open() => SqliteTarget.Open($"Data Source={_path}");

        public Microsoft.Data.Sqlite.SqliteConnection Connect(string mode) => new($"Data Source={_path};Mode={mode};Pooling=false");

        public async Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(string sql)
        {
            await using var connection = Connect("ReadOnly");
            await connection.OpenAsync(Cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            var rows = new List<IReadOnlyList<object?>>();
            while (await reader.ReadAsync(Cancellation)) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
            return rows;
        }

        public ValueTask DisposeAsync()
        {
            File.Delete(_path);
            return ValueTask.CompletedTask;
        }
    }
}
