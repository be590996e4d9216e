using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.PostgreSql.Loading.Copy;
using RelSeed.PostgreSql.Loading.Rebuild;

namespace RelSeed.PostgreSql.Loading;

/// <summary>Writes tables that need each other in one statement: the server checks their keys at its end. Until the last table's rows are made, those
/// of the others wait in temporary tables.</summary>
sealed class StagedTables(LoadSession session, TableWriter writer)
{
    readonly Dictionary<uint, (TargetTable Table, IReadOnlyList<string> Columns)> _waiting = [];

    public async Task<TableLoad> WriteAsync(
        TargetTable table, TableGenerator rows, TableEncoding encoding, StagedGroup group, Task turn, CancellationToken cancellationToken)
    {
        var load = await writer.WriteAsync(rows, NameOf(table), encoding, freeze: false, TableWriter.StatementRows, CreateAsync(), cancellationToken);
        _waiting[table.Oid] = (table, encoding.Columns);
        if (table.Oid == group.Tables[^1]) await InsertAsync([.. group.Tables.Select(t => _waiting[t])], cancellationToken);
        return load;

        async Task CreateAsync()
        {
            await turn;
            await session.ExecuteAsync(
                $"""
                create temporary table {BareNameOf(table)} on commit drop as
                select {SqlName.List(encoding.Columns)} from only {SqlName.Quote(table.Name)} where false
                """, cancellationToken);
        }
    }

    Task InsertAsync(IReadOnlyList<(TargetTable Table, IReadOnlyList<string> Columns)> staged, CancellationToken cancellationToken)
    {
        // COPY writes identity columns as they come; an INSERT does so when told.
        var inserts = staged.Select(s => $"insert into {SqlName.Quote(s.Table.Name)} ({SqlName.List(s.Columns)}) overriding system value "
            + $"select {SqlName.List(s.Columns)} from {NameOf(s.Table)}").ToList();
        var together = $"with {string.Join(", ", inserts.SkipLast(1).Select((insert, i) => $"w{i} as ({insert})"))} {inserts[^1]}";
        return session.ExecuteAsync([together, $"drop table {string.Join(", ", staged.Select(s => NameOf(s.Table)))}"], cancellationToken);
    }

    static string NameOf(TargetTable table) => $"pg_temp.{BareNameOf(table)}";

    static string BareNameOf(TargetTable table) => $"relseed_rows_{table.Oid}";
}
