using Npgsql;
using RelSeed.Loading;
using RelSeed.PostgreSql.Connections;
using RelSeed.PostgreSql.Schema;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading;

/// <summary>Replaces values by lists in temporary tables.</summary>
sealed class PostgreSqlMaskSession : MaskSession
{
    const string Old = "pg_temp.relseed_mask_old", New = "pg_temp.relseed_mask_new", Map = "pg_temp.relseed_mask_map";

    readonly LoadSession _session;
    string _type = "text";
    bool _hasMap;

    PostgreSqlMaskSession(LoadSession session) => _session = session;

    public static async Task<PostgreSqlMaskSession> BeginAsync(ConnectionLease lease, CancellationToken cancellationToken)
    {
        var session = await LoadSession.BeginAsync(lease, new LoadOptions(), cancellationToken);
        // Texts that CanonicalText reads, whatever the server's settings.
        await session.ExecuteAsync(["set local datestyle = 'ISO'", "set local timezone = 'UTC'", "set local bytea_output = 'hex'"],
            cancellationToken);
        return new PostgreSqlMaskSession(session);
    }

    public override async Task<long> CollectAsync(IReadOnlyList<ColumnPlace> columns, CancellationToken cancellationToken)
    {
        var all = string.Join(" union all ",
            columns.Select(c => $"select {SqlName.Quote(c.Name)} as v from {SqlName.Quote(c.Table.Name)} where {SqlName.Quote(c.Name)} is not null"));
        await _session.ExecuteAsync(
        [
            $"drop table if exists {Old}, {New}, {Map}",
            $"create temp table relseed_mask_old on commit drop as select row_number() over (order by v) - 1 as n, v from (select distinct v from ({all}) a) d",
            $"create unique index on {Old} (n)",
            $"create temp table relseed_mask_new on commit drop as select 0::bigint as n, v from {Old} limit 0",
        ], cancellationToken);
        _hasMap = false;
        _type = (await _session.QueryAsync(
            $"select format_type(atttypid, atttypmod) from pg_attribute where attrelid = '{New}'::regclass and attname = 'v'", row =>
                row.GetString(0), cancellationToken))[0];
        return (await _session.QueryAsync($"select count(*) from {Old}", row => row.GetInt64(0), cancellationToken))[0];
    }

    public override async Task<IReadOnlyList<string>> ReadAsync(long first, int count, CancellationToken cancellationToken) =>
        await _session.QueryAsync(
        $"select v::text from {Old} where n >= $1 and n < $2 order by n", row => row.GetString(0), cancellationToken,
        new NpgsqlParameter { Value = first }, new NpgsqlParameter { Value = first + count });

    public override async Task AddAsync(long first, IReadOnlyList<string> values, CancellationToken cancellationToken) =>
        await Explained("its temporary list", () => _session.QueryAsync(
        $"insert into {New} (n, v) select $1 + place - 1, value::{_type} from unnest($2::text[]) with ordinality u (value, place)", _ =>
            0, cancellationToken,
        new NpgsqlParameter { Value = first }, Catalog.Names(values)));

    public override async Task<long> KeepNewAsync(CancellationToken cancellationToken)
    {
        await _session.ExecuteAsync(
            $"delete from {New} where n in (select n from (select n, row_number() over (partition by v order by n) as again from {New}) d where again > 1) or v in (select v from {Old})",
            cancellationToken);
        return (await _session.QueryAsync($"select count(*) from {New}", row => row.GetInt64(0), cancellationToken))[0];
    }

    public override async Task<long> ApplyAsync(ColumnPlace column, CancellationToken cancellationToken)
    {
        if (!_hasMap)
            await _session.ExecuteAsync(
            [
                $"""
                create temp table relseed_mask_map on commit drop as
                select o.v as old, c.v as new
                from {Old} o join (select row_number() over (order by n) - 1 as n, v from {New}) c on c.n = o.n % (select count(*) from {New})
                """,
                $"create index on {Map} (old)", $"analyze {Map}",
            ], cancellationToken);
        _hasMap = true;
        var (table, name) = (SqlName.Quote(column.Table.Name), SqlName.Quote(column.Name));
        var update =
            $"with changed as (update {table} t set {name} = m.new from {Map} m where t.{name} = m.old returning 1) select count(*) from changed";
        return (await Explained(column.ToString(), () => _session.QueryAsync(update, row => row.GetInt64(0), cancellationToken)))[0];
    }

    static async Task<T> Explained<T>(string what, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (PostgresException refused) when (refused.SqlState != PostgresErrorCodes.QueryCanceled)
        {
            var by = refused.ConstraintName is { Length: > 0 } constraint ? $"constraint {constraint}" : $"SQLSTATE {refused.SqlState}";
            throw new DatabaseException("RS3120",
                $"New values of {what} were refused ({by}). Nothing was changed. Say what the column holds with --column table.column=MEANING, or leave it out.", new ServerFault(refused));
        }
    }

    public override Task CommitAsync(CancellationToken cancellationToken) => _session.CommitAsync();

    public override ValueTask DisposeAsync() => _session.DisposeAsync();
}
