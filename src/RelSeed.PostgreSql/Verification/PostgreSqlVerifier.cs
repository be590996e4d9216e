using System.Diagnostics;
using Npgsql;
using RelSeed.Loading;
using RelSeed.PostgreSql.Connections;
using RelSeed.PostgreSql.Schema;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Verification;

/// <summary>Checks every constraint over all rows, in one snapshot: a scan a table for counts, NOT NULL and checks, then a query a key.</summary>
sealed class PostgreSqlVerifier
{
    const int MostConflicts = 1_000;

    // Comparing every pair of rows may take for ever where no index helps.
    const string ConflictTimeout = "60s";

    // Groups read in the order of an index take a third of the time of groups made by hashing.
    static readonly string[] Settings =
    [
        "set local work_mem = '128MB'", "set local enable_hashagg = off", "set local statement_timeout = 0",
        // Else the planner would take a check's word that no row breaks it.
        "set local constraint_exclusion = off", "savepoint query",
    ];

    readonly NpgsqlConnection _connection;
    readonly DatabaseSchema _schema;
    readonly IReadOnlyDictionary<TableName, long> _expected;
    readonly ConstraintOperators _operators;
    readonly IReadOnlyDictionary<string, string> _collations;
    readonly List<VerificationFinding> _findings = [];
    readonly List<string> _unchecked = [];
    int _checked;

    PostgreSqlVerifier(
        NpgsqlConnection connection, DatabaseSchema schema, IReadOnlyDictionary<TableName, long> expected, ConstraintOperators operators,
        IReadOnlyDictionary<string, string> collations) =>
        (_connection, _schema, _expected, _operators, _collations) = (connection, schema, expected, operators, collations);

    /// <param name="connection">Open, outside a transaction.</param>
    public static async Task<VerificationReport> VerifyAsync(
        NpgsqlConnection connection, DatabaseSchema schema, IReadOnlyDictionary<TableName, long> expectedRows, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        // Expressions are read back under the settings they were printed under.
        await using var catalog = await Catalog.OpenAsync(connection, cancellationToken);
        await catalog.SettleAsync(cancellationToken);
        var operators = await ConstraintOperators.ReadAsync(catalog, schema, cancellationToken);
        var collations = await CollationNames.ReadAsync(catalog, schema, cancellationToken);
        var verifier = new PostgreSqlVerifier(connection, schema, expectedRows, operators, collations);
        await PlainSql.ExecuteAsync(connection, Settings, cancellationToken);
        foreach (var table in schema.Tables) await verifier.CheckTableAsync(table, cancellationToken);
        return new()
        {
            Findings = verifier._findings.ToEquatableArray(),
            Checked = verifier._checked,
            Unchecked = verifier._unchecked.ToEquatableArray(),
            Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
        };
    }

    async Task CheckTableAsync(Table table, CancellationToken cancellationToken)
    {
        if (!table.Rights.HasFlag(TableRights.Select))
        {
            _unchecked.Add($"Table {table.Name}: this user may not read it.");
            return;
        }
        if (table.RowSecurity) _unchecked.Add($"Table {table.Name}: row-level security may hide rows from this user.");
        await ScanAsync(table, cancellationToken);
        foreach (var key in table.AllKeys)
            await CountAsync(table, VerificationKind.Unique, key.Name, VerificationSql.Duplicates(table, key, _collations), cancellationToken);
        foreach (var key in table.ForeignKeys)
            if (OperatorsOf(table, key.Name) is { } operators)
                await CountAsync(
                    table, VerificationKind.ForeignKey, key.Name,
                    VerificationSql.Orphans(table, key, _schema.Find(key.Principal), operators), cancellationToken);
        foreach (var exclusion in table.Exclusions)
            if (OperatorsOf(table, exclusion.Name) is { } operators) await CheckExclusionAsync(table, exclusion, operators, cancellationToken);
    }

    string[]? OperatorsOf(Table table, string constraint)
    {
        var operators = _operators.Find(table.Name, constraint);
        if (operators is null) _unchecked.Add($"Table {table.Name}: constraint {constraint} is not in the database any more.");
        return operators;
    }

    /// <summary>One pass over the table for the count and all conditions on single rows; should an expression fail, one pass each.</summary>
    async Task ScanAsync(Table table, CancellationToken cancellationToken)
    {
        var conditions = RowConditions.Of(table, table.PartitionOf is { } root ? _schema.Find(root) : null);
        var expected = _expected.GetValueOrDefault(table.Name);
        if (conditions.Count == 0 && expected == 0) return;
        var counts = string.Concat(conditions.Select(c => $", count(*) filter (where {c.Sql})"));
        var sql = $"select count(*){counts} from {VerificationSql.From(table)} t";
        if (await TryQueryAsync(sql, cancellationToken) is not { Fault: null } read)
        {
            await ScanOneByOneAsync(table, conditions, expected, cancellationToken);
            return;
        }
        for (var i = 0; i < conditions.Count; i++) Note(table, conditions[i].Kind, conditions[i].Name, read.Counts[i + 1]);
        NoteMissing(table, expected, read.Counts[0]);
    }

    async Task ScanOneByOneAsync(Table table, IReadOnlyList<RowCondition> conditions, long expected, CancellationToken cancellationToken)
    {
        var from = VerificationSql.From(table);
        foreach (var condition in conditions)
            await CountAsync(table, condition.Kind, condition.Name, $"select count(*) from {from} t where {condition.Sql}", cancellationToken,
                mayCall: true);
        var read = await TryQueryAsync($"select count(*) from {from}", cancellationToken);
        if (read.Fault is null) NoteMissing(table, expected, read.Counts[0]);
    }

    async Task CheckExclusionAsync(Table table, ExclusionConstraint exclusion, string[] operators, CancellationToken cancellationToken)
    {
        await ExecuteAsync($"set local statement_timeout = '{ConflictTimeout}'", cancellationToken);
        var sql = VerificationSql.Conflicts(table, exclusion, operators, MostConflicts);
        await CountAsync(table, VerificationKind.Exclusion, exclusion.Name, sql, cancellationToken);
        await ExecuteAsync("set local statement_timeout = 0", cancellationToken);
    }

    /// <param name="mayCall">It may call functions whose bodies name tables without their schemas.</param>
    async Task CountAsync(Table table, VerificationKind kind, string constraint, string sql, CancellationToken cancellationToken,
        bool mayCall = false)
    {
        var read = await TryQueryAsync(sql, cancellationToken);
        if (read.Fault is not null && mayCall)
        {
            await ExecuteAsync($"set local search_path = {string.Join(", ", PathOf(table))}", cancellationToken);
            read = await TryQueryAsync(sql, cancellationToken);
            await ExecuteAsync("rollback to savepoint query", cancellationToken);
        }
        if (read.Fault is null) Note(table, kind, constraint, read.Counts[0]);
        else _unchecked.Add($"Table {table.Name}: constraint {constraint} could not be checked, {read.Fault}.");
    }

    IEnumerable<string> PathOf(Table table) => _schema.Tables.Select(t => t.Name.Schema).Prepend(table.Name.Schema).Distinct().Select(SqlName.Quote);

    void Note(Table table, VerificationKind kind, string constraint, long rows)
    {
        _checked++;
        if (rows > 0) _findings.Add(new(table.Name, kind, constraint, rows));
    }

    void NoteMissing(Table table, long expected, long rows)
    {
        if (rows < expected) _findings.Add(new(table.Name, VerificationKind.RowCount, "", expected - rows));
    }

    /// <summary>A query that fails must not end the transaction.</summary>
    async Task<(long[] Counts, string? Fault)> TryQueryAsync(string sql, CancellationToken cancellationToken)
    {
        try
        {
            var rows = await PlainSql.QueryAsync(_connection, sql, row => Enumerable.Range(0, row.FieldCount).Select(row.GetInt64).ToArray(),
                cancellationToken);
            return (rows[0], null);
        }
        catch (PostgresException refused) when (!cancellationToken.IsCancellationRequested && refused.Severity == "ERROR")
        {
            await ExecuteAsync("rollback to savepoint query", cancellationToken);
            return ([], Reason(refused));
        }
    }

    // The server's own text may hold a row's values.
    static string Reason(PostgresException refused) => refused.SqlState switch
    {
        PostgresErrorCodes.QueryCanceled => $"it took longer than {ConflictTimeout}",
        PostgresErrorCodes.InsufficientPrivilege => "this user lacks a right for it",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => "the schema was changed since it was read",
        _ => $"the server failed on it (SQLSTATE {refused.SqlState})",
    };

    Task ExecuteAsync(string sql, CancellationToken cancellationToken) => PlainSql.ExecuteAsync(_connection, sql, cancellationToken);
}
