using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>A trigger that sets a column of a unique key to another column of the row: the other is made unique in its place, and both are made
/// equal, so that it does not matter which rows the trigger acts on. Of a foreign key's column the other takes the parent's value.</summary>
static class TriggerCopies
{
    public static Table Apply(Table table, Dialect dialect)
    {
        foreach (var trigger in table.Triggers.Where(t => t is { Enabled: true, IsRow: true, Timing: TriggerTiming.Before }))
            foreach (var copy in TriggerReader.Read(trigger, dialect).Copies)
                if (IsKey(table, copy)) table = Apply(table, trigger, copy);
                else if (IsReference(table, copy)) table = Bind(table, trigger, copy);
        return table;
    }

    static bool IsReference(Table table, TriggerCopy copy)
    {
        var (set, from) = (table.IndexOf(copy.Column), table.IndexOf(copy.Source));
        if (set < 0 || from < 0 || table.Columns[from].IsComputed || table.ForeignKeys.Any(k => k.Columns.Contains(copy.Source))) return false;
        var (source, target) = (table.Columns[from].Type.Kind, table.Columns[set].Type.Kind);
        return (source == target || source == TypeKind.Enum && target.IsText())
            && table.ForeignKeys.Any(k => k.Columns is [var only] && only == copy.Column && k.Principal != table.Name)
            && !table.AllKeys.Any(k => k.ColumnNames.Contains(copy.Column) || k.ColumnNames.Contains(copy.Source));
    }

    static Table Bind(Table table, Trigger trigger, TriggerCopy copy)
    {
        var type = table.Columns[table.IndexOf(copy.Source)].Type;
        List<string> bindings = type.Kind != TypeKind.Enum ? [$"{Quote(copy.Column)} IS NOT DISTINCT FROM {Quote(copy.Source)}"]
            : [$"{Quote(copy.Column)} IS NOT DISTINCT FROM {Quote(copy.Source)}::text",
                $"{Quote(copy.Column)} IN ({string.Join(", ", type.Labels.Select(l => $"'{l.Replace("'", "''")}'"))})"];
        return table with { Checks = [.. table.Checks, .. bindings.Select(b => new CheckConstraint($"trigger {trigger.Name}", b))] };
    }

    static bool IsKey(Table table, TriggerCopy copy)
    {
        var (set, from) = (table.IndexOf(copy.Column), table.IndexOf(copy.Source));
        return set >= 0 && from >= 0 && CanCopy(table.Columns[from].Type, table.Columns[set].Type) && !table.Columns[from].IsComputed
            && (table.Columns[set].IsNullable || !table.Columns[from].IsNullable)
            && !table.ForeignKeys.Any(k => k.Columns.Contains(copy.Column)) && table.UniqueKeys.Any(k => Reads(k, copy));
    }

    static bool CanCopy(ColumnType from, ColumnType to) => from.Kind == to.Kind || IsNumberOfText(from, to);

    static bool IsNumberOfText(ColumnType from, ColumnType to) => from.Kind.IsText() && to.Kind is TypeKind.Int32 or TypeKind.Int64;

    static bool Reads(UniqueKey key, TriggerCopy copy) =>
        key.ColumnNames.Contains(copy.Column) && !key.ColumnNames.Contains(copy.Source) && key.Parts.All(p => p.Column is not null);

    static Table Apply(Table table, Trigger trigger, TriggerCopy copy) => table with
    {
        UniqueKeys = [.. table.UniqueKeys.Select(k => Reads(k, copy) ? Through(k, copy) : k)],
        Checks = [.. table.Checks, .. Bindings(table, copy).Select(b => new CheckConstraint($"trigger {trigger.Name}", b))],
    };

    static IEnumerable<string> Bindings(Table table, TriggerCopy copy)
    {
        var (set, from) = (Quote(copy.Column), Quote(copy.Source));
        var isNumber = IsNumberOfText(table.Columns[table.IndexOf(copy.Source)].Type, table.Columns[table.IndexOf(copy.Column)].Type);
        // Without leading zeros, texts differ where their numbers do.
        if (isNumber) yield return $"{from} ~ '^[1-9][0-9]{{0,7}}$'";
        yield return $"{set} IS NOT DISTINCT FROM {from}{(isNumber ? "::integer" : "")}";
    }

    // The predicate speaks of the column as the trigger leaves it; without it the key asks for no less.
    static UniqueKey Through(UniqueKey key, TriggerCopy copy) =>
        key with { Parts = [.. key.Parts.Select(p => p.Column == copy.Column ? p with { Column = copy.Source } : p)], Predicate = null };

    static string Quote(string name) => $"\"{name.Replace("\"", "\"\"")}\"";
}
