using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>A trigger that deletes its own table's rows by the clock leaves those that are to last: their times lie far ahead.</summary>
static class ExpiringRows
{
    // Beyond any clock that the rows may meet, and within what any type of time holds.
    const string Late = "2100-01-01";

    static readonly string[] Clock =
        ["now", "current_timestamp", "localtimestamp", "current_date", "clock_timestamp", "statement_timestamp", "transaction_timestamp"];

    static readonly string[] OwnName = ["TG_TABLE_NAME", "TG_RELNAME", "TG_RELID"];

    /// <summary>The options with what such triggers leave of these tables.</summary>
    public static PlanOptions Learn(DatabaseSchema schema, IReadOnlyList<Table> tables, PlanOptions options)
    {
        if (schema.Dialect() != Dialect.PostgreSql) return options;
        foreach (var table in tables)
            foreach (var trigger in table.Triggers.Where(t => t.Enabled && t.Events.HasFlag(TriggerEvents.Insert) && t.Body.Length > 0))
                foreach (var column in Columns(table, trigger))
                    options = LearnedFacts.Add(options, table.Name, new LearnedTable
                    {
                        Checks = [new CheckConstraint($"trigger {trigger.Name}", $"\"{column.Name.Replace("\"", "\"\"")}\" > '{Late}'")],
                    });
        return options;
    }

    static IEnumerable<Column> Columns(Table table, Trigger trigger)
    {
        if (!trigger.Body.Contains("delete", StringComparison.OrdinalIgnoreCase)) return [];
        var body = Words(trigger.Body).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!body.Contains("delete") || !Clock.Any(body.Contains) || !(body.Contains(table.Name.Name) || OwnName.Any(body.Contains))) return [];
        var times = table.Columns
            .Where(c => c is { IsComputed: false, Type.Kind: TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz }).ToList();
        // Its arguments may name the column.
        var given = Words(trigger.Definition[Math.Max(0, trigger.Definition.LastIndexOf('('))..]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return times.Exists(c => given.Contains(c.Name)) ? times.Where(c => given.Contains(c.Name)) : times.Where(c => body.Contains(c.Name));
    }

    // Those of statements that it puts together too.
    static IEnumerable<string> Words(string text) => BodyTokens.Read(BodyTokens.WithoutComments(text, Dialect.PostgreSql), Dialect.PostgreSql)
        .SelectMany(t => t.Text.Split([' ', '\n', '\t', '(', ')', ',', '.', '"', '\'', '<', '>', '='], StringSplitOptions.RemoveEmptyEntries));
}
