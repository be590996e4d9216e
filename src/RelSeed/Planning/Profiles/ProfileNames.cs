using RelSeed.Configuration;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>What a schema calls the tables and columns of a profile: as rules say, else by the same name, else by the only one that is
/// alike.</summary>
sealed class ProfileNames
{
    readonly DataProfile _profile;
    readonly DatabaseSchema _schema;
    readonly List<PlanException> _faults = [];
    readonly Dictionary<TableName, Table> _tables = [];
    readonly Dictionary<(TableName Table, string Column), string> _columns = [];

    ProfileNames(DataProfile profile, DatabaseSchema schema) => (_profile, _schema) = (profile, schema);

    /// <exception cref="PlanException">RS2412: rules name what the profile does not tell of.</exception>
    public static ProfileNames Of(DataProfile profile, DatabaseSchema schema, SeedRules rules)
    {
        var names = new ProfileNames(profile, schema);
        // Names that are wrong otherwise are told with the other rules.
        var ruled = rules.Tables.Select(r => (Rules: r, Table: names.Find(r.Table))).Where(r => r.Table is not null).ToList();
        foreach (var (of, table) in ruled) names.TakeTable(of, table!);
        names.MatchOthers();
        foreach (var (of, table) in ruled) names.TakeColumns(of, table!);
        PlanFaults.Throw(names._faults);
        return names;
    }

    /// <summary>The schema's name of a table of the profile; its own where there is none.</summary>
    public TableName Of(TableName table) => _tables.GetValueOrDefault(table)?.Name ?? table;

    /// <param name="table">In the profile's names.</param>
    public string Of(TableName table, string column)
    {
        if (_columns.GetValueOrDefault((table, column)) is { } ruled) return ruled;
        if (_tables.GetValueOrDefault(table) is not { } found || found.IndexOf(column) >= 0) return column;
        var alike = found.Columns.Where(c => IsAlike(c.Name, column)).ToList();
        return alike.Count == 1 ? alike[0].Name : column;
    }

    Table? Find(string name)
    {
        try
        {
            return TableSelection.Find(_schema, [.. _schema.Tables], name, "a rule");
        }
        catch (UsageException)
        {
            return null;
        }
    }

    void TakeTable(TableRules rules, Table table)
    {
        if (rules.Was is not { } was) return;
        var place = $"tables.{rules.Table}.was";
        if (FindTold(was) is not { } told)
            Fault(place, $"names {was}, which the profile does not tell of. {Near(_profile.Tables.Select(t => t.Name.Name), was)}");
        else if (_profile.Find(table.Name) is { } own && own != told)
            Fault(place, $"names {was}, but the profile tells of {table.Name} itself. Leave the rule out.");
        else if (!_tables.TryAdd(told.Name, table))
            Fault(place, $"names {was}, as another rule does. Leave one of them out.");
    }

    TableProfile? FindTold(string name)
    {
        var alike = _profile.Tables.Where(t => IsAlike(t.Name.Name, name) || IsAlike(t.Name.ToString(), name)).ToList();
        return Only(alike) ?? Only(alike.FindAll(t => t.Name.Name == name || t.Name.ToString() == name));
    }

    void MatchOthers()
    {
        var ruled = _tables.Values.Select(t => t.Name).ToHashSet();
        var found = _profile.Tables.Where(t => !_tables.ContainsKey(t.Name)).Select(t => (t.Name, Table: FindTable(t.Name)))
            .Where(t => t.Table is { } table && !ruled.Contains(table.Name)).ToList();
        // Two tables of the profile that only their schemas tell apart must not become one.
        var taken = found.GroupBy(t => t.Table!.Name).Where(g => g.Skip(1).Any()).Select(g => g.Key).ToHashSet();
        foreach (var (name, table) in found)
            if (table!.Name == name || !taken.Contains(table.Name)) _tables[name] = table;
    }

    Table? FindTable(TableName name)
    {
        if (_schema.Find(name) is { } same) return same;
        // Of the same schema, else of the only one that has such a table.
        var alike = _schema.Tables.Where(t => IsAlike(t.Name.Name, name.Name) && _profile.Find(t.Name) is null).ToList();
        return Only(alike.FindAll(t => IsAlike(t.Name.Schema, name.Schema))) ?? Only(alike);
    }

    void TakeColumns(TableRules rules, Table table)
    {
        var told = _profile.Tables.FirstOrDefault(t => _tables.GetValueOrDefault(t.Name)?.Name == table.Name);
        foreach (var column in rules.Columns)
            if (column.Was is { } was && Named(table.Columns.Select(c => c.Name), column.Column) is { } name)
                TakeColumn($"tables.{rules.Table}.columns.{column.Column}.was", told, name, was);
    }

    void TakeColumn(string place, TableProfile? told, string column, string was)
    {
        if (told is null) Fault(place, $"names {was}, but the profile does not tell of the table. Say what that was called, by \"was\".");
        else if (Named(told.Columns.Select(c => c.Name), was) is not { } known)
            Fault(place, $"names {was}, which the profile does not tell of. {Near(told.Columns.Select(c => c.Name), was)}");
        else if (column != known && told.Columns.Any(c => c.Name == column))
            Fault(place, $"names {was}, but the profile tells of {column} itself. Leave the rule out.");
        else if (!_columns.TryAdd((told.Name, known), column))
            Fault(place, $"names {was}, as another rule does. Leave one of them out.");
    }

    // By its letters, else by the only one that differs in case alone.
    static string? Named(IEnumerable<string> names, string name)
    {
        var alike = names.Where(n => IsAlike(n, name)).ToList();
        return alike.Contains(name) ? name : Only(alike);
    }

    static bool IsAlike(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    static T? Only<T>(List<T> found) where T : class => found.Count == 1 ? found[0] : null;

    static string Near(IEnumerable<string> names, string name) =>
        $"The nearest names are: {string.Join(", ", TableSelection.Nearest(names, name))}. Mend the name, or leave the rule out.";

    void Fault(string place, string what) => _faults.Add(new PlanException("RS2412", $"{place} of the rules {what}"));
}
