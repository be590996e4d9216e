using System.Globalization;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.PostgreSql.Verification;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading;

/// <summary>Marks the rows that a load makes in a table beside: keys that stand before it are set aside, and those that are new after it written
/// down, in the load's transaction.</summary>
sealed class RowMarker
{
    readonly LoadSession _session;
    readonly TableName _name;
    readonly ulong _seed;
    readonly List<Table> _marked;
    readonly List<TableName> _unmarked;

    RowMarker(LoadSession session, SeedPlan plan, string name)
    {
        (_session, _name, _seed) = (session, ProvenanceTable.NameOf(plan.Schema, name), plan.Seed);
        var written = plan.Tables.Where(t => t.Rows > 0).Select(t => t.Table).ToLookup(t => ProvenanceTable.KeyOf(t) is not null);
        (_marked, _unmarked) = ([.. written[true]], [.. written[false].Select(t => t.Name)]);
    }

    /// <summary>Runs after tables were emptied; null when nobody asked for marks.</summary>
    public static async Task<RowMarker?> BeginAsync(LoadSession session, SeedPlan plan, LoadOptions options, CancellationToken cancellationToken)
    {
        if (options.Provenance is not { } name) return null;
        ProvenanceTable.Require(plan.Schema, name);
        var marker = new RowMarker(session, plan, name);
        await session.ExecuteAsync(
            $"""
            create table if not exists {SqlName.Quote(marker._name)} (table_schema text not null, table_name text not null, row_key text not null,
            seed text not null, made_at timestamptz not null default now(), primary key (table_schema, table_name, row_key))
            """, cancellationToken);
        // Keys of rows that are gone may be given again.
        if (options.Truncate)
            foreach (var table in plan.Tables.Where(t => t.ExistingRows == 0))
                await marker.ExecuteAsync(marker.Forget, table.Table.Name, cancellationToken);
        await session.ExecuteAsync(marker._marked.Select((t, i) =>
            $"create temporary table {Kept(i)} as select {KeyText(t)} as row_key from {VerificationSql.From(t)}"), cancellationToken);
        return marker;
    }

    // $1 and $2 are the table's names.
    string Forget => $"delete from {SqlName.Quote(_name)} where table_schema = $1 and table_name = $2";

    async Task ExecuteAsync(string statement, TableName table, CancellationToken cancellationToken) =>
        await _session.QueryAsync(statement, _ => 0, cancellationToken, new() { Value = table.Schema }, new() { Value = table.Name });

    /// <returns>What the user should know.</returns>
    public async Task<IEnumerable<string>> MarkAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < _marked.Count; i++)
        {
            await _session.ExecuteAsync($"analyze {Kept(i)}", cancellationToken);
            await ExecuteAsync(Mark(_marked[i], i), _marked[i].Name, cancellationToken);
        }
        var rows = await _session.QueryAsync($"select {string.Join(" + ", _marked.Select((t, i) => CountNew(t, i)).DefaultIfEmpty("0"))}",
            row => row.GetInt64(0), cancellationToken);
        await _session.ExecuteAsync(_marked.Select((_, i) => $"drop table {Kept(i)}"), cancellationToken);
        return ProvenanceTable.Notes(_name, rows[0], _unmarked);
    }

    string Mark(Table table, int i) =>
        $"""
        insert into {SqlName.Quote(_name)} (table_schema, table_name, row_key, seed)
        select $1, $2, made.row_key, '{_seed.ToString(CultureInfo.InvariantCulture)}'
        from (select {KeyText(table)} as row_key from {VerificationSql.From(table)}) made
        where not exists (select from {Kept(i)} kept where kept.row_key = made.row_key)
        on conflict (table_schema, table_name, row_key) do update set seed = excluded.seed, made_at = excluded.made_at
        """;

    // All rows that stand now, less those that stood.
    static string CountNew(Table table, int i) =>
        $"(select count(*) from {VerificationSql.From(table)}) - (select count(*) from {Kept(i)})";

    static string Kept(int i) => $"pg_temp.relseed_kept_{i.ToString(CultureInfo.InvariantCulture)}";

    static string KeyText(Table table)
    {
        var texts = ProvenanceTable.KeyOf(table)!.Select(c => $"{SqlName.Quote(c)}::text").ToList();
        return texts.Count == 1 ? texts[0] : $"json_build_array({string.Join(", ", texts)})::text";
    }
}
