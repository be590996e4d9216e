using RelSeed.Schema;

namespace RelSeed.Configuration;

/// <summary>Gathers rules; of two for the same thing the later one counts.</summary>
public sealed class SeedRulesBuilder
{
    readonly List<TableRulesBuilder> _tables = [];

    /// <summary>Rules for a table.</summary>
    /// <param name="table">Its name, with or without schema.</param>
    public TableRulesBuilder Table(string table)
    {
        if (_tables.Find(t => t.Name == table) is { } known) return known;
        var added = new TableRulesBuilder(table);
        _tables.Add(added);
        return added;
    }

    /// <summary>Takes over rules that are there already, of a file say; what is told after comes before them.</summary>
    public SeedRulesBuilder Add(SeedRules rules)
    {
        foreach (var table in rules.Tables) Table(table.Table).Add(table);
        return this;
    }

    public SeedRules Build() => new() { Tables = _tables.Select(t => t.Build()).ToEquatableArray() };
}
