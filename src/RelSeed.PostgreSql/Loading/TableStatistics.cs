using Npgsql;
using RelSeed.Planning;
using RelSeed.PostgreSql.Connections;
using RelSeed.PostgreSql.Loading.Rebuild;
using RelSeed.PostgreSql.Schema;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading;

/// <summary>Has the server gather statistics on the loaded tables. The load is done by then: what goes wrong is a note, not its fault.</summary>
static class TableStatistics
{
    public static IEnumerable<string> Statements(IEnumerable<TargetTable> tables)
    {
        var loaded = tables.Where(t => t.Plan.Rows > 0 && t.IsOwned).Select(t => SqlName.Quote(t.Name)).ToList();
        return loaded.Count == 0 ? [] : [$"analyze {string.Join(", ", loaded)}"];
    }

    /// <param name="connection">Closed.</param>
    /// <returns>Nothing, or what the user should know.</returns>
    public static async Task<IReadOnlyList<string>> GatherAsync(NpgsqlConnection connection, SeedPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            await connection.OpenAsync(cancellationToken);
            IReadOnlyList<TargetTable> tables;
            await using (var catalog = await Catalog.OpenAsync(connection, cancellationToken)) tables =
                await TargetTable.ReadAsync(catalog, plan, cancellationToken);
            await PlainSql.ExecuteAsync(connection, ["set statement_timeout = 0", .. Statements(tables)], cancellationToken);
            return [];
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or DatabaseException && !cancellationToken.IsCancellationRequested)
        {
            return ["All rows are there, but the server did not gather statistics on them. Run ANALYZE, or leave it to autovacuum."];
        }
    }
}
