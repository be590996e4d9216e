using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Finds the tables and columns of a schema that a profile speaks of, though it was learned of another: a default schema of another
/// name, names in other case, tables and columns added or gone since.</summary>
static class ProfileMatch
{
    const int MostNames = 8;

    /// <summary>The profile in the schema's names. What is not there stays under its own names, where nothing finds it.</summary>
    public static DataProfile Rename(DataProfile profile, DatabaseSchema schema)
    {
        var tables = profile.Tables.ToDictionary(t => t.Name, t => FindTable(t.Name, profile, schema));
        // Two tables of the profile that only their schemas tell apart must not become one.
        var taken = tables.Values.OfType<Table>().GroupBy(t => t.Name).Where(g => g.Skip(1).Any()).Select(g => g.Key).ToHashSet();
        Table? Of(TableName name) =>
            tables.GetValueOrDefault(name) is { } found && (found.Name == name || !taken.Contains(found.Name)) ? found : null;
        TableName NameOf(TableName name) => Of(name)?.Name ?? name;
        return profile with
        {
            Tables = [.. profile.Tables.Select(table => table with
            {
                Name = NameOf(table.Name),
                Columns = [.. table.Columns.Select(c => c with { Name = ColumnOf(Of(table.Name), c.Name) })],
                References =
                    [.. table.References.Select(r =>
                    r with { Principal = NameOf(r.Principal), Columns = [.. r.Columns.Select(c => ColumnOf(Of(table.Name), c))] })],
                Rules = [.. table.Rules.Select(r => Rename(r, table, NameOf, Of))],
            })],
        };
    }

    /// <summary>What the profile says in vain, and what of the planned tables it does not speak of.</summary>
    public static IEnumerable<string> Describe(DataProfile profile, DatabaseSchema schema, IReadOnlyCollection<Table> planned)
    {
        var gone = profile.Tables.Where(t => schema.Find(t.Name) is null).Select(t => t.Name.ToString()).ToList();
        if (gone.Count > 0) yield return $"The profile speaks of {Count(gone.Count, "table")} that this database does not have: {List(gone)}.";
        var columns = profile.Tables.SelectMany(t => schema.Find(t.Name) is { } table
            ? t.Columns.Where(c => table.IndexOf(c.Name) < 0).Select(c => $"{table.Name}.{c.Name}") : []).ToList();
        if (columns.Count > 0)
            yield return $"The profile speaks of {Count(columns.Count, "column")} that this database does not have: {List(columns)}.";
        var others = planned.Where(t => profile.Find(t.Name) is null).Select(t => t.Name.ToString()).ToList();
        if (others.Count > 0) yield return $"The profile does not speak of {Count(others.Count, "table")}, filled as without it: {List(others)}.";
        var added = planned.SelectMany(t => profile.Find(t.Name) is { } told
            ? t.Columns.Where(c => told.Columns.All(p => p.Name != c.Name)).Select(c => $"{t.Name}.{c.Name}") : []).ToList();
        if (added.Count > 0) yield return $"The profile does not speak of {Count(added.Count, "column")}, filled as without it: {List(added)}.";
    }

    static RuleProfile Rename(RuleProfile rule, TableProfile table, Func<TableName, TableName> nameOf, Func<TableName, Table?> of) => rule switch
    {
        { ChildTable: { } child, Left: { } left } => rule with { ChildTable = nameOf(child), Left = ColumnOf(of(child), left) },
        { Kind: RuleKind.ParentColumn, Left: { } left } => rule with { Left = ColumnOf(of(table.References[rule.Reference].Principal), left) },
        _ => rule with
        {
            Left = rule.Left is null ? null : ColumnOf(of(table.Name), rule.Left),
            Right = rule.Right is null ? null : ColumnOf(of(table.Name), rule.Right)
        },
    };

    static Table? FindTable(TableName name, DataProfile profile, DatabaseSchema schema)
    {
        if (schema.Find(name) is { } same) return same;
        // Of the same schema, else of the only one that has such a table.
        var alike = schema.Tables.Where(t => string.Equals(t.Name.Name, name.Name, StringComparison.OrdinalIgnoreCase)
            && profile.Find(t.Name) is null).ToList();
        var near = alike.Where(t => string.Equals(t.Name.Schema, name.Schema, StringComparison.OrdinalIgnoreCase)).ToList();
        return Only(near) ?? Only(alike);
    }

    static Table? Only(List<Table> found) => found.Count == 1 ? found[0] : null;

    static string ColumnOf(Table? table, string name)
    {
        if (table is null || table.IndexOf(name) >= 0) return name;
        var alike = table.Columns.Where(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
        return alike.Count == 1 ? alike[0].Name : name;
    }

    static string Count(int count, string what) => count == 1 ? $"a {what}" : $"{count} {what}s";

    static string List(List<string> names) => string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? ", …" : "");
}
