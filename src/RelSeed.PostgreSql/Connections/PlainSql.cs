using Npgsql;

namespace RelSeed.PostgreSql.Connections;

/// <summary>Sends statements to the server as they stand.</summary>
/// <remarks>The driver takes a command's text apart to find statements and parameters; it leaves a batch's alone. Text that the catalog printed
/// must not be taken apart: its names and literals may hold anything.</remarks>
static class PlainSql
{
    public static Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, [statement], cancellationToken);

    public static async Task ExecuteAsync(NpgsqlConnection connection, IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        await using var batch = Batch(connection, statements);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<List<T>> QueryAsync<T>(
        NpgsqlConnection connection, string statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters)
    {
        await using var batch = Batch(connection, [statement]);
        batch.BatchCommands[0].Parameters.AddRange(parameters);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
        return rows;
    }

    static NpgsqlBatch Batch(NpgsqlConnection connection, IEnumerable<string> statements)
    {
        var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        foreach (var statement in statements) batch.BatchCommands.Add(new(statement));
        return batch;
    }
}
