using System.Text.RegularExpressions;
using Npgsql;
using RelSeed.Loading;
using RelSeed.PostgreSql.Loading.Rebuild;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading.Rehearsing;

/// <summary>Reads the server's error as a refusal: by the constraint it names, else by the functions that ran, else by its code.</summary>
sealed partial class RefusalReader(DatabaseSchema schema, LoadSession session)
{
    readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);
    readonly ViewWords _views = new(session);
    readonly WritingTriggers _writers = new(session);

    /// <summary>The row is at fault; what concerns the server, the connection or the user's rights ends the rehearsal.</summary>
    public static bool IsRefusal(PostgresException refused) => (refused.SqlState[..2] is not ("08" or "53" or "57" or "58" or "40" or "25" or "XX")
            || IsRaised(refused) || IsElsewhere(refused) || IsEndless(refused))
        && !(refused.SqlState == PostgresErrorCodes.InsufficientPrivilege && FunctionsOf(refused).Count == 0 && !IsRowSecurity(refused));

    // The text of a trigger may give its error any code.
    static bool IsRaised(PostgresException refused) => refused.Routine == "exec_stmt_raise";

    // No other statement than a trial has a limit of time.
    static bool IsEndless(PostgresException refused) =>
        refused.SqlState == PostgresErrorCodes.QueryCanceled && FunctionsOf(refused).Count > 0;

    // A function asks another server, or a file of this one, and does not find it.
    static bool IsElsewhere(PostgresException refused) => refused.SqlState[..2] is "08" or "58" && FunctionsOf(refused).Count > 0;

    static bool IsRowSecurity(PostgresException refused) => refused.MessageText.Contains("row-level security", StringComparison.Ordinal);

    public async Task<RowRefusal> ReadAsync(PostgresException refused, TableName table, CancellationToken cancellationToken)
    {
        var functions = FunctionsOf(refused);
        var named = refused.TableName is { Length: > 0 } name ? new TableName(refused.SchemaName ?? "", name) : table;
        // Rows of a partition are written to its root.
        if (schema.Find(named)?.PartitionOf is not null) named = table;
        var refusal = new RowRefusal
        {
            Kind = KindOf(refused, functions.Count > 0),
            Table = named,
            Name = refused.ConstraintName ?? "",
            Column = ColumnOf(refused, table),
            Code = refused.SqlState,
        };
        if (Setting.Match(refused.MessageText) is { Success: true } setting && refused.SqlState == PostgresErrorCodes.UndefinedObject)
            return refusal with { Kind = RefusalKind.Setting, Name = setting.Groups["name"].Value };
        if (functions.Count == 0)
            return refusal.Kind == RefusalKind.Check ? await CheckAsync(refusal, named, cancellationToken) : refusal;
        var texts = await TextsAsync(functions, cancellationToken);
        return refusal with
        {
            Words = await _views.WordsAsync(texts, cancellationToken),
            Name = functions[0][..functions[0].IndexOf('(')],
            Column = refused.SqlState == PostgresErrorCodes.NotNullViolation ? refused.ColumnName : null,
            Trigger = TriggerOf(table, functions),
            Writer = await _writers.FindAsync(table, functions, texts, cancellationToken),
            Text = string.Join('\n', texts),
        };
    }

    /// <summary>A trigger before the row returned nothing.</summary>
    public async Task<RowRefusal> VanishedAsync(TargetTable table, CancellationToken cancellationToken)
    {
        var triggers = table.Plan.Table.Triggers.Where(t => t is { Enabled: true, IsRow: true, Timing: TriggerTiming.Before }
            && t.Events.HasFlag(TriggerEvents.Insert)).ToList();
        return new()
        {
            Kind = RefusalKind.Vanished,
            Table = table.Name,
            Trigger = string.Join(" or ", triggers.Select(t => t.Name)),
            Code = "",
            Text = string.Join('\n', await TextsAsync([.. triggers.Select(t => $"{t.Function}()")], cancellationToken)),
        };
    }

    static RefusalKind KindOf(PostgresException refused, bool isInFunction) => refused.SqlState switch
    {
        _ when IsRaised(refused) || isInFunction => RefusalKind.Trigger,
        PostgresErrorCodes.CheckViolation => RefusalKind.Check,
        PostgresErrorCodes.UniqueViolation => RefusalKind.Unique,
        PostgresErrorCodes.ForeignKeyViolation => RefusalKind.ForeignKey,
        PostgresErrorCodes.NotNullViolation => RefusalKind.NotNull,
        PostgresErrorCodes.ExclusionViolation => RefusalKind.Exclusion,
        PostgresErrorCodes.InsufficientPrivilege => RefusalKind.RowSecurity,
        _ => RefusalKind.Value,
    };

    static List<string> FunctionsOf(PostgresException refused) =>
        [.. Function.Matches(refused.Where ?? "")
            .Select(m => m.Groups["signature"] is { Success: true } signature ? signature.Value : $"{m.Groups["name"].Value}()")
            .Distinct(StringComparer.Ordinal)];

    string? TriggerOf(TableName table, List<string> functions)
    {
        var names = functions.ConvertAll(f => LastPart(f[..f.IndexOf('(')]));
        return schema.Find(table)?.Triggers.FirstOrDefault(t => t.Events.HasFlag(TriggerEvents.Insert)
            && names.Contains(LastPart(t.Function)))?.Name;
    }

    static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..].Trim('"');

    /// <summary>The check with the functions that it calls.</summary>
    async Task<RowRefusal> CheckAsync(RowRefusal refusal, TableName table, CancellationToken cancellationToken)
    {
        const string Functions = """
            select p.prosrc
            from pg_constraint c
            join pg_depend d on d.classid = 'pg_constraint'::regclass and d.objid = c.oid and d.refclassid = 'pg_proc'::regclass
            join pg_proc p on p.oid = d.refobjid
            where c.conrelid = $1::text::regclass and c.conname = $2
            """;
        var texts = await session.QueryAsync(Functions, row => row.GetString(0), cancellationToken, new() { Value = SqlName.Quote(table) },
            new() { Value = refusal.Name });
        return refusal with
        {
            Words = texts.Count == 0 ? [] : await _views.WordsAsync([.. texts], cancellationToken),
            Text = string.Join('\n', texts.Prepend(schema.Find(table)?.Checks.FirstOrDefault(c => c.Name == refusal.Name)?.Expression ?? "")),
        };
    }

    async Task<List<string>> TextsAsync(List<string> signatures, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        foreach (var signature in signatures)
        {
            if (!_texts.TryGetValue(signature, out var text))
                _texts[signature] = text = (await session.QueryAsync(
                    "select prosrc from pg_proc where oid = to_regprocedure($1) or to_regprocedure($1) is null and proname || '()' = $1",
                    row => row.GetString(0), cancellationToken, new NpgsqlParameter { Value = signature })).FirstOrDefault();
            if (text is not null) texts.Add(text);
        }
        return texts;
    }

    /// <summary>COPY tells the column in its context, followed by the value.</summary>
    string? ColumnOf(PostgresException refused, TableName table)
    {
        if (refused.ColumnName is { Length: > 0 } named) return named;
        return refused.Where is not { } where ? null : schema.Find(table)?.Columns.Select(c => c.Name)
            .Where(c => where.Contains($", column {c}", StringComparison.Ordinal)).MaxBy(c => c.Length);
    }

    // Languages other than PL/pgSQL, and functions that cannot be compiled, are told by their bare name.
    [GeneratedRegex("""^(compilation of )?PL/\w+ function ((?<signature>[^\n"]+?\)) |"(?<name>[^"\n]+)")""",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    static partial Regex Function { get; }

    [GeneratedRegex("configuration parameter \"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    static partial Regex Setting { get; }
}
