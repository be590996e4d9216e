using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Schema;
using RelSeed.Sqlite.Interop;
using SQLitePCL;

namespace RelSeed.Sqlite.Loading;

/// <summary>Reads the library's result as a refusal: by the constraint its message names, or the trigger in whose text the message stands.</summary>
sealed class RefusalReader(DatabaseSchema schema)
{
    /// <summary>The result, when it is the row that is at fault.</summary>
    public static SqliteResultException? ResultOf(DatabaseException fault) =>
        fault.InnerException is SqliteResultException
        {
            PrimaryCode: raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG
            or raw.SQLITE_ERROR
        } result ? result : null;

    /// <summary>No INSERT into the table can be prepared: it needs a collation or function that only its application registers.</summary>
    public static RowRefusal? Unpreparable(SqliteHandle handle, Table table, TableGenerator rows)
    {
        try
        {
            new TableWriter(handle, rows).Dispose();
            return null;
        }
        catch (DatabaseException fault) when (fault.InnerException is SqliteResultException result)
        {
            return new RowRefusal { Kind = RefusalKind.Statement, Table = table.Name, Name = result.Message, Code = Code(result) };
        }
    }

    /// <summary>RAISE(IGNORE) has dropped the row.</summary>
    public static RowRefusal Vanished(Table table)
    {
        var triggers = InsertTriggers(table).ToList();
        return new()
        {
            Kind = RefusalKind.Vanished,
            Table = table.Name,
            Trigger = string.Join(" or ", triggers.Select(t => t.Name)),
            Code = "",
            Text = string.Join('\n', triggers.Select(t => t.Definition)),
        };
    }

    public RowRefusal Read(Table table, SqliteResultException result)
    {
        var refusal = new RowRefusal { Kind = RefusalKind.Value, Table = table.Name, Code = Code(result) };
        return result.Code switch
        {
            raw.SQLITE_CONSTRAINT_TRIGGER => OfTrigger(table, result, refusal),
            raw.SQLITE_CONSTRAINT_CHECK => OfCheck(table, After(result.Message), refusal),
            raw.SQLITE_CONSTRAINT_NOTNULL =>
                refusal with { Kind = RefusalKind.NotNull, Name = After(result.Message), Table = NamedTable(result, table) },
            raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_ROWID =>
                refusal with { Kind = RefusalKind.Unique, Name = After(result.Message), Table = NamedTable(result, table) },
            raw.SQLITE_CONSTRAINT_FOREIGNKEY => refusal with { Kind = RefusalKind.ForeignKey },
            _ when result.PrimaryCode == raw.SQLITE_ERROR => OfTrigger(table, result, refusal),
            _ => refusal,
        };
    }

    // A trigger may put values of the row into its words; those that stand in its text are the schema's.
    RowRefusal OfTrigger(Table table, SqliteResultException result, RowRefusal refusal)
    {
        string[] literals = [$"'{result.Message.Replace("'", "''")}'", $"\"{result.Message.Replace("\"", "\"\"")}\""];
        var own = InsertTriggers(table).ToList();
        var named = own.Concat(schema.Tables.SelectMany(t => t.Triggers)).FirstOrDefault(t => literals.Any(t.Definition.Contains));
        var trigger = named ?? (own.Count == 1 ? own[0] : null);
        return refusal with
        {
            Kind = RefusalKind.Trigger,
            Trigger = trigger?.Name,
            Text = trigger?.Definition ?? string.Join('\n', own.Select(t => t.Definition)),
        };
    }

    static RowRefusal OfCheck(Table table, string name, RowRefusal refusal) => refusal with
    {
        Kind = RefusalKind.Check,
        Name = name,
        Text = table.Checks.FirstOrDefault(c => c.Name == name || c.Expression == name)?.Expression ?? name,
    };

    // "UNIQUE constraint failed: orders.id, orders.line": a trigger may have written another table.
    TableName NamedTable(SqliteResultException result, Table table)
    {
        var name = After(result.Message);
        return schema.Tables.Where(t => name.StartsWith(t.Name.Name + ".", StringComparison.OrdinalIgnoreCase)).Select(t => (TableName?)t.Name)
            .FirstOrDefault() ?? table.Name;
    }

    static string After(string message) => message[(message.IndexOf(": ", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..];

    static IEnumerable<Trigger> InsertTriggers(Table table) => table.Triggers.Where(t => t.Enabled && t.Events.HasFlag(TriggerEvents.Insert));

    static string Code(SqliteResultException result) => result.Code.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
