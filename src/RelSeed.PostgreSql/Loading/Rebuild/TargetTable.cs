using Npgsql;
using RelSeed.Planning;
using RelSeed.PostgreSql.Schema;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading.Rebuild;

/// <summary>A table of the plan as the catalog knows it at the time of the load.</summary>
/// <param name="IsPlain">Neither partitioned nor a partition.</param>
/// <param name="IsOwned">This user may alter it.</param>
/// <param name="IsPublished">A publication sends its changes to other servers.</param>
/// <param name="EstimatedRows">The catalog's estimate of the rows it holds; 0 when it has none.</param>
sealed record TargetTable(TablePlan Plan, uint Oid, bool IsPlain, bool IsOwned, bool IsPublished, long EstimatedRows)
{
    public TableName Name => Plan.Table.Name;

    /// <summary>Rows that the load writes; those of triggers come on their own.</summary>
    public long Rows => Plan.WrittenRows;

    public bool HasTrigger(TriggerEvents on) => Plan.Table.Triggers.Any(t => t.Enabled && (t.Events & on) != TriggerEvents.None);

    /// <summary>Triggers that are off during the load.</summary>
    public static IEnumerable<string> SetAside(TablePlan plan) => plan.Table.Triggers.Where(t => t.IsSetAside).Select(t => t.Name);

    /// <summary>A trigger of its statements takes one row at a time.</summary>
    public bool TakesSingleRows => Plan.Table.Triggers.Any(t => t is { Enabled: true, TakesSingleRows: true });

    /// <summary>The name in FROM, TRUNCATE and ALTER: without the tables that inherit from it, but with partitions.</summary>
    public string Only => Plan.Table.Partitioning is null ? $"only {SqlName.Quote(Name)}" : SqlName.Quote(Name);

    const string Sql = """
        select n.nspname::text, c.relname::text, c.oid, c.relkind = 'r' and not c.relispartition, pg_has_role(c.relowner, 'USAGE'),
               p.tablename is not null, greatest(c.reltuples, 0)::bigint
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        left join (select distinct schemaname, tablename from pg_publication_tables) p
            on p.schemaname = n.nspname and p.tablename = c.relname
        where c.relkind in ('r', 'p') and n.nspname::text = any($1)
        """;

    /// <exception cref="DatabaseException">RS3110: a table is gone since the schema was read.</exception>
    public static async Task<IReadOnlyList<TargetTable>> ReadAsync(Catalog catalog, SeedPlan plan, CancellationToken cancellationToken)
    {
        var schemas = Catalog.Names(plan.Tables.Select(t => t.Table.Name.Schema).Distinct());
        var found = (await catalog.QueryAsync(Sql, Read, schemas, cancellationToken)).ToDictionary(row => row.Name, row => row.Make);
        return [.. plan.Tables.Select(t => found.TryGetValue(t.Table.Name, out var make) ? make(t) : throw Gone(t.Table.Name))];
    }

    static (TableName Name, Func<TablePlan, TargetTable> Make) Read(NpgsqlDataReader row)
    {
        var (oid, isPlain, isOwned) = (row.GetFieldValue<uint>(2), row.GetBoolean(3), row.GetBoolean(4));
        var (isPublished, estimate) = (row.GetBoolean(5), row.GetInt64(6));
        return (new(row.GetString(0), row.GetString(1)), plan => new(plan, oid, isPlain, isOwned, isPublished, estimate));
    }

    static DatabaseException Gone(TableName table) => new("RS3110",
        $"Table {table} is not in the database any more: the schema was changed since it was read. Run the command again.");
}
