using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Npgsql;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.PostgreSql.Connections;
using RelSeed.PostgreSql.Loading;
using RelSeed.PostgreSql.Loading.Rehearsing;
using RelSeed.PostgreSql.Reading;
using RelSeed.PostgreSql.Schema;
using RelSeed.PostgreSql.Verification;
using RelSeed.Schema;

namespace RelSeed.PostgreSql;

/// <summary>A PostgreSQL database, version 12 to 18: read by its catalog, filled by COPY in one transaction.</summary>
public sealed class PostgreSqlTarget : SeedTarget
{
    // A UNION ALL of so many parts is planned in milliseconds.
    const int TablesAQuery = 200;

    readonly NpgsqlConnectionStringBuilder _address;
    readonly NpgsqlDataSource? _source;
    readonly NpgsqlConnection? _given;

    PostgreSqlTarget(NpgsqlConnectionStringBuilder address, NpgsqlConnection? given)
    {
        (_address, _given) = (address, given);
        if (given is null) _source = NpgsqlDataSource.Create(address);
    }

    public override string Provider => "postgresql";

    public override string DisplayName
    {
        get
        {
            var user = string.IsNullOrEmpty(_address.Username) ? "" : $"{_address.Username}@";
            var host = _address.Host!;
            return host switch
            {
                ['/', ..] => $"postgresql://{user}/{_address.Database}?host={host}",
                _ when host.Contains(',') => $"postgresql://{user}{host}/{_address.Database}",
                _ when host.Contains("::") => $"postgresql://{user}[{host}]:{_address.Port}/{_address.Database}",
                _ => $"postgresql://{user}{host}:{_address.Port}/{_address.Database}",
            };
        }
    }

    public override bool IsLocal => _address.Host!.Split(',').All(IsLocalHost);

    /// <summary>Names a database; nothing is connected yet.</summary>
    /// <param name="connection">A URL, <c>postgresql://user@host:5432/shop?sslmode=require</c>, or an ADO.NET string. Passwords may come from
    /// PGPASSWORD or the password file.</param>
    /// <exception cref="UsageException">RS1112: the text is neither; RS1113: an option of the URL is not known.</exception>
    public static PostgreSqlTarget Open(string connection)
    {
        var address = ConnectionText.Parse(connection);
        // Building an index may take any time; cancelling is by token.
        address.CommandTimeout = 0;
        address.ApplicationName ??= "relseed";
        address.MaxPoolSize = Math.Min(address.MaxPoolSize, 8);
        return new PostgreSqlTarget(address, given: null);
    }

    /// <summary>The database of a connection that another owns: opened for the while when it is closed, never disposed. A transaction that
    /// is under way on it is joined: a load ends in it as a released savepoint, and its owner commits it or rolls it back.</summary>
    public static PostgreSqlTarget Over(NpgsqlConnection connection)
    {
        var address = new NpgsqlConnectionStringBuilder(connection.ConnectionString);
        address.Host ??= "localhost";
        return new PostgreSqlTarget(address, connection);
    }

    public override async Task<DatabaseSchema> ReadSchemaAsync(SchemaReadOptions options, CancellationToken cancellationToken)
    {
        await using var lease = await ConnectAsync(cancellationToken);
        var connection = lease.Connection;
        return ProvenanceTable.Hide(await ReadAsync(() => PostgreSqlSchemaReader.ReadAsync(connection, options, cancellationToken)));
    }

    public override async Task<IReadOnlyList<TableName>> FindFilledTablesAsync(IEnumerable<Table> tables, CancellationToken cancellationToken)
    {
        await using var lease = await ConnectAsync(cancellationToken);
        var connection = lease.Connection;
        var filled = new List<TableName>();
        foreach (var part in tables.Where(t => t.Rights.HasFlag(TableRights.Select)).Chunk(TablesAQuery))
        {
            var sql = string.Join(" union all ", part.Select((t, i) => $"select {i} where exists (select from {VerificationSql.From(t)})"));
            filled.AddRange((await ReadAsync(() => PlainSql.QueryAsync(connection, sql, row => row.GetInt32(0), cancellationToken)))
                .Select(i => part[i].Name));
        }
        return filled;
    }

    public override async Task<LoadReport> LoadAsync(
        SeedPlan plan, SeedGenerator rows, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var lease = await ConnectAsync(cancellationToken);
        return await PostgreSqlLoader.LoadAsync(lease, plan, rows, options, progress, cancellationToken);
    }

    public override async Task<RehearsalSession> OpenRehearsalAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        var lease = await ConnectAsync(cancellationToken);
        return await PostgreSqlRehearsal.OpenAsync(lease, options, cancellationToken);
    }

    public override async Task<VerificationReport> VerifyAsync(
        DatabaseSchema schema, IReadOnlyDictionary<TableName, long> expectedRows, CancellationToken cancellationToken)
    {
        await using var lease = await ConnectAsync(cancellationToken);
        var connection = lease.Connection;
        return await ReadAsync(() => PostgreSqlVerifier.VerifyAsync(connection, schema, expectedRows, cancellationToken));
    }

    /// <summary>On a connection of its own, since the other one may be verifying.</summary>
    public override async Task<IReadOnlyList<string>> GatherStatisticsAsync(SeedPlan plan, CancellationToken cancellationToken)
    {
        await using var connection = _given is null ? _source!.CreateConnection() : _given.CloneWith($"{_given.ConnectionString};Pooling=false");
        return await TableStatistics.GatherAsync(connection, plan, cancellationToken);
    }

    public override async Task<IReadOnlyList<IReadOnlyList<string?>>> ReadSampleAsync(Table table, int rows, CancellationToken cancellationToken)
    {
        await using var lease = await ConnectAsync(cancellationToken);
        var connection = lease.Connection;
        var columns = string.Join(", ", table.Columns.Select(c => $"{SqlName.Quote(c.Name)}::text"));
        var order = table.PrimaryKey is { } key ? $" order by {SqlName.List(key.ColumnNames)}" : "";
        var sql = $"select {columns} from {VerificationSql.From(table)}{order} limit {rows.ToString(CultureInfo.InvariantCulture)}";
        return await ReadAsync(() => PlainSql.QueryAsync<IReadOnlyList<string?>>(connection, sql, ReadRow, cancellationToken));
    }

    public override async IAsyncEnumerable<IReadOnlyList<string?>> ReadColumnsAsync(
        Table table, IReadOnlyList<int> columns, long limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var lease = await ConnectAsync(cancellationToken);
        var connection = lease.Connection;
        await using var scope = await LoadScope.BeginAsync(connection, !lease.IsOwned, cancellationToken);
        // Texts that CanonicalText reads, whatever the server's settings.
        await PlainSql.ExecuteAsync(connection, ["set local datestyle = 'ISO'", "set local timezone = 'UTC'", "set local bytea_output = 'hex'"],
            cancellationToken);
        var list = columns.Count == 0 ? "1" : string.Join(", ", columns.Select(c => $"{SqlName.Quote(table.Columns[c].Name)}::text"));
        var order = table.PrimaryKey is { } key ? $" order by {SqlName.List(key.ColumnNames)}" : "";
        await using var command = new NpgsqlCommand($"select {list} from {VerificationSql.From(table)}{order} limit $1", connection);
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await ReadAsync(() => command.ExecuteReaderAsync(cancellationToken));
        while (await ReadAsync(() => reader.ReadAsync(cancellationToken))) yield return columns.Count == 0 ? [] : ReadRow(reader);
    }

    public override async Task<RowReader> OpenReaderAsync(RowReaderOptions options, CancellationToken cancellationToken) =>
        await PostgreSqlRowReader.OpenAsync(await ConnectAsync(cancellationToken), options, Explain, cancellationToken);

    public override async Task<MaskSession> OpenMaskAsync(DatabaseSchema schema, CancellationToken cancellationToken) =>
        await PostgreSqlMaskSession.BeginAsync(await ConnectAsync(cancellationToken), cancellationToken);

    public override ValueTask DisposeAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    async Task<ConnectionLease> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _given is null ? new(await _source!.OpenConnectionAsync(cancellationToken), isOwned: true)
                : await ConnectionLease.OverAsync(_given, cancellationToken);
        }
        catch (NpgsqlException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw ConnectionFaults.Explain(fault, _address, DisplayName);
        }
    }

    /// <summary>Runs a read and says what went wrong without any value.</summary>
    async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (NpgsqlException fault)
        {
            throw Explain(fault);
        }
    }

    DatabaseException Explain(Exception fault) => fault is PostgresException refused
        ? new("RS3005",
            $"{DisplayName} refused to be read (SQLSTATE {refused.SqlState}{NamesOf(refused)}). Check this user's rights, and that the schema was not changed meanwhile.",
            new ServerFault(refused))
        : new("RS3006", $"The connection to {DisplayName} was lost while it was read. Look into the server's log, and run the command again.", fault);

    static string NamesOf(PostgresException refused) =>
        refused.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn
            ? $": {refused.MessageText}" : "";

    static string?[] ReadRow(NpgsqlDataReader row) => [.. Enumerable.Range(0, row.FieldCount).Select(i => row.GetStringOrNull(i))];

    static bool IsLocalHost(string host)
    {
        // A folder is where the sockets of this machine's server are.
        if (host.StartsWith('/') || host.StartsWith('@')) return true;
        var name = host.LastIndexOf(':') is > 0 and var colon && host.IndexOf(':') == colon ? host[..colon] : host;
        return string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));
    }
}
