using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;
using RelSeed.PostgreSql;

namespace RelSeed.Testing.PostgreSql.Reset;

/// <param name="New">Of the rows, those written by the first transaction that is a clone's own, or a later one.</param>
[StructLayout(LayoutKind.Auto)]
readonly record struct RowCounts(long Rows, long New);

/// <summary>All that tells what has changed in a database.</summary>
/// <param name="OpenTransactions">Of other sessions, with anything written or locked.</param>
/// <param name="HasTemporary">There are temporary relations, of sessions that may be idle in a pool.</param>
/// <param name="Relations">Digest of pg_class without what maintenance and TRUNCATE change.</param>
sealed record StateReading(int OpenTransactions, bool HasTemporary, string Relations, RowCounts[] Catalogs, RowCounts[] Tables,
    (long Value, bool IsCalled)[] Sequences);

/// <summary>Reads the state in one round trip: a table's rows that a later transaction wrote have a younger <c>xmin</c>, and if there is none, all
/// rows are there still exactly when their number is the same. So every committed change is seen, and nothing has to be added to the
/// schema.</summary>
sealed class StateReader : IAsyncDisposable
{
    // $1: the first transaction of a clone's own. Asked once in a query, not row by row.
    const string IsNew = "pg_catalog.age(xmin) <= (select pg_catalog.age($1::text::xid))";

    const string OpenTransactionsSql = """
        select pg_catalog.count(distinct (l.pid, l.virtualtransaction))::int from pg_catalog.pg_locks l
        where l.database = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())
            and l.locktype in ('relation', 'tuple') and l.mode <> 'AccessShareLock' and l.pid is distinct from pg_catalog.pg_backend_pid()
        """;

    const string RelationsSql = """
        select coalesce(pg_catalog.md5(pg_catalog.string_agg(pg_catalog.concat_ws('|', oid, relname, relnamespace, reltype, reloftype, relowner, relam, reltablespace,
            relpersistence, relkind, relnatts, relchecks, relrowsecurity, relforcerowsecurity, relreplident, relispartition, reloptions, relacl, relpartbound), ',' order by oid)
            filter (where relpersistence <> 't')), ''), coalesce(pg_catalog.bool_or(relpersistence = 't'), false)
        from pg_catalog.pg_class where oid >= 16384
        """;

    readonly SeededState _state;
    readonly NpgsqlBatch _batch;

    public StateReader(NpgsqlConnection connection, SeededState state)
    {
        _state = state;
        _batch = new(connection) { Timeout = 0 };
        Add(OpenTransactionsSql, counts: false);
        Add(RelationsSql, counts: false);
        // A session's first temporary table leaves its namespace for good, and pg_class is compared by its digest.
        Add(CountSql(state.Catalogs.Select(c => c switch
        {
            "pg_class" => "pg_catalog.pg_class where false",
            "pg_namespace" => "pg_catalog.pg_namespace where nspname not like 'pg\\_temp\\_%' and nspname not like 'pg\\_toast\\_temp\\_%'",
            _ => $"pg_catalog.{SqlName.Quote(c)}",
        })), counts: true);
        Add(CountSql(state.Tables.Select(t => $"only {SqlName.Quote(t.Name)}")), counts: true);
        Add(Union(state.Sequences.Select(s => $"last_value, is_called from {SqlName.Quote(s)}"), "0::bigint, false"), counts: false);
    }

    /// <param name="firstTransaction">With its epoch.</param>
    public async Task<StateReading> ReadAsync(long firstTransaction, CancellationToken cancellationToken)
    {
        foreach (var command in _batch.BatchCommands)
            if (command.Parameters.Count > 0) ((NpgsqlParameter<string>)command.Parameters[0]).TypedValue = Xid(firstTransaction);
        if (!_batch.Connection!.State.HasFlag(System.Data.ConnectionState.Open)) await _batch.Connection.OpenAsync(cancellationToken);
        await _batch.PrepareAsync(cancellationToken);
        await using var reader = await _batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var open = reader.GetInt32(0);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (relations, hasTemporary) = (reader.GetString(0), reader.GetBoolean(1));
        var catalogs = await ReadAllAsync(reader, _state.Catalogs.Count, r => new RowCounts(r.GetInt64(1), r.GetInt64(2)), cancellationToken);
        var tables = await ReadAllAsync(reader, _state.Tables.Count, r => new RowCounts(r.GetInt64(1), r.GetInt64(2)), cancellationToken);
        var sequences = await ReadAllAsync(reader, _state.Sequences.Count, r => (r.GetInt64(1), r.GetBoolean(2)), cancellationToken);
        return new(open, hasTemporary, relations, catalogs, tables, sequences);
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();

    /// <summary>A transaction's number as rows carry it.</summary>
    public static string Xid(long transaction) => ((uint)transaction).ToString(CultureInfo.InvariantCulture);

    void Add(string sql, bool counts)
    {
        var command = new NpgsqlBatchCommand(sql);
        if (counts) command.Parameters.Add(new NpgsqlParameter<string>());
        _batch.BatchCommands.Add(command);
    }

    static string CountSql(IEnumerable<string> relations) => Union(
        relations.Select(r => $"pg_catalog.count(*), pg_catalog.count(*) filter (where {IsNew}) from {r}"),
        "0::bigint, 0::bigint where $1::text is null");

    // Each part tells its place: a union has no order.
    static string Union(IEnumerable<string> parts, string none) =>
        string.Join(" union all ", parts.Select((p, i) => $"select {i}, {p}").DefaultIfEmpty($"select -1, {none}"));

    static async Task<T[]> ReadAllAsync<T>(NpgsqlDataReader reader, int count, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        var all = new T[count];
        while (await reader.ReadAsync(cancellationToken))
            if (reader.GetInt32(0) is >= 0 and var place) all[place] = read(reader);
        return all;
    }
}
