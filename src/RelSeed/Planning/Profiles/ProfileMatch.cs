using RelSeed.Configuration;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Finds the tables and columns of a schema that a profile speaks of, though it was learned of another: a default schema of another
/// name, names in other case, tables and columns added or gone since.</summary>
static class ProfileMatch
{
    const int MostNames = 8;

    /// <summary>The profile in the schema's names. What is not there stays under its own names, where nothing finds it.</summary>
    /// <param name="rules">They may say what tables and columns were called.</param>
    /// <exception cref="PlanException">RS2412: a rule names what the profile does not tell of.</exception>
    public static DataProfile Rename(DataProfile profile, DatabaseSchema schema, SeedRules rules)
    {
        var names = ProfileNames.Of(profile, schema, rules);
        return profile with
        {
            Tables = [.. profile.Tables.Select(table => table with
            {
                Name = names.Of(table.Name),
                Columns = [.. table.Columns.Select(c => c with { Name = names.Of(table.Name, c.Name) })],
                References = [.. table.References.Select(r => Rename(r, table, names))],
                Rules = [.. table.Rules.Select(r => Rename(r, table, names))],
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

    static ReferenceProfile Rename(ReferenceProfile reference, TableProfile table, ProfileNames names) => reference with
    {
        Principal = names.Of(reference.Principal),
        Columns = [.. reference.Columns.Select(c => names.Of(table.Name, c))],
        Children = reference.Children is { } children ? children with
        {
            Tree = Rename(children.Tree, names),
            None = children.None is { } none ? Rename(none, names) : null,
        } : null,
    };

    static TreeModel Rename(TreeModel tree, ProfileNames names) =>
        tree with { Features = [.. tree.Features.Select(f => f.Table is { } of ? f with { Table = names.Of(of) } : f)] };

    static RuleProfile Rename(RuleProfile rule, TableProfile table, ProfileNames names) => rule switch
    {
        { ChildTable: { } child, Left: { } left } => rule with { ChildTable = names.Of(child), Left = names.Of(child, left) },
        { ChildTable: { } child } => rule with { ChildTable = names.Of(child) },
        { Kind: RuleKind.ParentColumn, Left: { } left } => rule with { Left = names.Of(table.References[rule.Reference].Principal, left) },
        _ => rule with
        {
            Left = rule.Left is null ? null : names.Of(table.Name, rule.Left),
            Right = rule.Right is null ? null : names.Of(table.Name, rule.Right)
        },
    };

    static string Count(int count, string what) => count == 1 ? $"a {what}" : $"{count} {what}s";

    static string List(List<string> names) => string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? ", …" : "");
}
