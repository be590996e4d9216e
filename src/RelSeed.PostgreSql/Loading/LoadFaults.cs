using System.Text.RegularExpressions;
using Npgsql;
using RelSeed.Planning;
using RelSeed.PostgreSql.Connections;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading;

/// <summary>Says what a server's refusal means, by its code and the names it gives; never its detail, which holds values.</summary>
sealed partial class LoadFaults(SeedPlan? plan)
{
    const string AsItWas = "The database is as it was.";

    /// <summary>The table that is being loaded; null between tables.</summary>
    public TableName? Table { get; set; }

    /// <summary>The commit was sent; when the connection is lost now, nobody knows whether it was done.</summary>
    public bool IsCommitting { get; set; }

    /// <returns>What to throw instead; null when the fault is clear as it is.</returns>
    public Exception? Explain(Exception fault, CancellationToken cancellationToken) => fault switch
    {
        RelSeedException => null,
        _ when cancellationToken.IsCancellationRequested && !IsCommitting =>
            fault is OperationCanceledException ? null : new OperationCanceledException("The load was cancelled.", fault, cancellationToken),
        PostgresException refused when !IsCommitting || !IsEnd(refused) => Explain(refused),
        OverflowException => new DatabaseException("RS3107",
            $"{Place()} got a number beyond its column's type. {AsItWas} Look at the plan's generators with 'relseed plan --explain' and narrow the column by a rule."),
        NpgsqlException or IOException when IsCommitting => new DatabaseException("RS3108",
            "The connection to the server was lost while the load was committed. Either all of its rows are there or none: " +
            "run 'relseed verify', and load again if the tables are empty.", fault),
        NpgsqlException or IOException => new DatabaseException("RS3105",
            $"The connection to the server was lost while loading{At()}. The server rolls the load back: the database is as it was. " +
            "Look into the server's log, and run the command again.", fault),
        _ => null,
    };

    /// <summary>The server ended the connection, which at the commit says nothing of the commit.</summary>
    static bool IsEnd(PostgresException refused) => refused.SqlState.StartsWith("57P", StringComparison.Ordinal);

    DatabaseException Explain(PostgresException refused) => refused.SqlState switch
    {
        // A function's own error may carry the code of another fault.
        _ when refused.Routine == "exec_stmt_raise" || refused.SqlState.StartsWith("P0", StringComparison.Ordinal) => Say("RS3109", refused,
            $"{Place(refused)}: {Function(refused)} refused a row by an error of its own. {AsItWas} " +
            "Give the columns it looks at a rule, set what it expects with --set, or leave the table out with --exclude."),
        PostgresErrorCodes.ForeignKeyViolation => Violated(refused, "foreign key", "refer to rows that are not there"),
        PostgresErrorCodes.UniqueViolation => Violated(refused, "unique key", "are twice the same under it"),
        PostgresErrorCodes.ExclusionViolation => Violated(refused, "exclusion constraint", "exclude one another"),
        PostgresErrorCodes.CheckViolation => Violated(refused, "check", "do not satisfy it"),
        PostgresErrorCodes.NotNullViolation => Say("RS3101", refused,
            $"{Place(refused)}: column {refused.ColumnName} may not be null, and rows of the load are. {AsItWas} " +
            "Give the column a rule, or leave the table out with --exclude."),
        PostgresErrorCodes.InsufficientPrivilege => Say("RS3102", refused,
            $"{Place(refused)}: the server refused for lack of rights ({refused.MessageText}). {AsItWas} Grant the right, or connect as the tables' owner."),
        PostgresErrorCodes.DiskFull => Say("RS3106", refused,
            $"{Place(refused)}: the server's disk is full. {AsItWas} Free some space, or load fewer rows."),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => Say("RS3105", refused,
            $"The server ended the connection while loading{At()}. {AsItWas} Look into the server's log, and run the command again."),
        _ => Other(refused),
    };

    DatabaseException Other(PostgresException refused)
    {
        // Only in these classes do the server's texts hold no value of a row.
        var isSafe = refused.SqlState[..2] is "0A" or "25" or "40" or "42" or "53" or "54" or "55" or "57" or "58";
        var column = ColumnOf(refused) is { } name ? $", column {name}" : "";
        var function = RaisedBy.Match(refused.Where ?? "") is { Success: true } match ? $" in function {match.Groups["name"].Value}" : "";
        var said = isSafe ? $": {refused.MessageText}" : "";
        return Say("RS3199", refused,
            $"{Place(refused)}{column}: the server refused{function} (SQLSTATE {refused.SqlState}{said}). {AsItWas} " +
            "Look at the plan's generators with 'relseed plan --explain', and give the column a rule or leave the table out with --exclude.");
    }

    DatabaseException Violated(PostgresException refused, string kind, string how) => Say("RS3101", refused,
        $"{Place(refused)}: {kind} {refused.ConstraintName ?? "without a name"} does not hold: rows of the load {how}. {AsItWas} " +
        "Give its columns a rule, or leave the table out with --exclude.");

    static DatabaseException Say(string id, PostgresException refused, string text) => new(id, text, new ServerFault(refused));

    string Place(PostgresException? refused = null)
    {
        if (refused?.TableName is not { Length: > 0 } name) return Table is { } current ? $"Table {current}" : "The load";
        var table = new TableName(refused.SchemaName ?? "", name);
        // A trigger wrote there.
        return Table is { } loaded && loaded != table ? $"Table {table}, written while {loaded} was loaded" : $"Table {table}";
    }

    string At() => Table is { } current ? $" {current}" : "";

    static string Function(PostgresException refused) =>
        RaisedBy.Match(refused.Where ?? "") is { Success: true } match ? $"function {match.Groups["name"].Value}" : "a trigger or function";

    /// <summary>COPY tells the column in its context, followed by the value.</summary>
    string? ColumnOf(PostgresException refused)
    {
        if (refused.ColumnName is { Length: > 0 } named) return named;
        if (Table is not { } table || refused.Where is not { } where) return null;
        return plan?.Find(table)?.Columns.Select(c => c.Column.Name)
            .Where(c => where.Contains($", column {c}", StringComparison.Ordinal))
            .MaxBy(c => c.Length);
    }

    [GeneratedRegex(@"^PL/\w+ function (?<name>\S+?)\(", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    static partial Regex RaisedBy { get; }
}
