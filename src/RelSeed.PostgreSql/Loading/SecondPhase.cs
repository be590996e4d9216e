using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.PostgreSql.Loading.Copy;
using RelSeed.PostgreSql.Loading.Rebuild;

namespace RelSeed.PostgreSql.Loading;

/// <summary>Sets foreign keys that were loaded as null: the rows are made once more, key columns only, into a temporary table, and one UPDATE joins
/// them.</summary>
sealed class SecondPhase(LoadSession session, TableWriter writer, WireTypes types)
{
    const string Staging = "pg_temp.relseed_keys";

    public Task SetAsync(TargetTable table, TableGenerator rows, IReadOnlyList<TwoPhaseKey> keys, CancellationToken cancellationToken) =>
        SetAsync(table, rows, [.. keys[0].Identity],
            [.. keys.SelectMany(k => k.Columns).Distinct().Where(rows.Written.Select(c => rows.Columns[c].Name).Contains)], cancellationToken);

    /// <summary>Sets what the triggers that make a table's rows leave open.</summary>
    public Task CompleteAsync(TargetTable table, TableGenerator rows, CancellationToken cancellationToken) =>
        SetAsync(table, rows, [.. table.Plan.Table.PrimaryKey?.ColumnNames ?? []], [.. table.Plan.CompletedColumns], cancellationToken);

    async Task SetAsync(TargetTable table, TableGenerator rows, IReadOnlyList<string> identity, IReadOnlyList<string> columns,
        CancellationToken cancellationToken)
    {
        if (columns.Count == 0) return;
        await session.ExecuteAsync(
            $"""
            create temporary table relseed_keys on commit drop as
            select {SqlName.List(identity.Concat(columns))} from only {SqlName.Quote(table.Name)} where false
            """, cancellationToken);
        var encoding = TableEncoding.ForSome(rows, table.Oid, types, identity.Concat(columns));
        await writer.WriteAsync(rows, Staging, encoding, freeze: false, TableWriter.StatementRows, Task.CompletedTask, cancellationToken);
        var update =
            $"""
            update {table.Only} t
            set {string.Join(", ", columns.Select(c => $"{SqlName.Quote(c)} = k.{SqlName.Quote(c)}"))}
            from {Staging} k
            where {string.Join(" and ", identity.Select(c => $"t.{SqlName.Quote(c)} = k.{SqlName.Quote(c)}"))}
              and ({string.Join(" or ", columns.Select(c => $"k.{SqlName.Quote(c)} is not null"))})
            """;
        await session.ExecuteAsync([$"analyze {Staging}", update, $"drop table {Staging}"], cancellationToken);
    }
}
