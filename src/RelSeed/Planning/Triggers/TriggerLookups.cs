using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Rows that triggers look up by a text of their own must stand before, one each; rows that triggers delete must come after, and so
/// should those that triggers go through whole for each row.</summary>
sealed class TriggerLookups
{
    readonly Dictionary<(TableName Table, string Column), SortedSet<string>> _texts = [];
    readonly List<(TableName Later, TableName Earlier)> _wishes = [];

    TriggerLookups(DatabaseSchema schema, IReadOnlyList<Table> tables, PlanOptions options)
    {
        var named = tables.ToLookup(t => t.Name.Name, StringComparer.Ordinal);
        foreach (var table in tables)
            foreach (var trigger in table.Triggers.Where(t => t is { Enabled: true, IsRow: true, Timing: not TriggerTiming.InsteadOf }))
            {
                var body = TriggerReader.Read(trigger, schema.Dialect());
                foreach (var lookup in body.Lookups)
                    if (Find(named[lookup.Table], lookup.Schema, table, schema) is { } asked && !options.Existing.ContainsKey(asked.Name)
                        && IsFree(asked, lookup.Column) && !schema.Reaches(asked.Name, table.Name))
                        Add(table, asked, lookup);
                foreach (var delete in body.Deletes)
                    if (Find(named[delete.Table], delete.Schema, table, schema) is { } emptied) _wishes.Add((emptied.Name, table.Name));
                // As many steps as the rows of both multiplied.
                foreach (var sweep in body.Sweeps)
                    if (Find(named[sweep.Table], sweep.Schema, table, schema) is { } swept) _wishes.Add((swept.Name, table.Name));
            }
    }

    public static TriggerLookups Of(DatabaseSchema schema, IReadOnlyList<Table> tables, PlanOptions options) => new(schema, tables, options);

    /// <summary>Tables that should be written after others.</summary>
    public IEnumerable<(TableName Later, TableName Earlier)> Wishes => _wishes;

    void Add(Table table, Table asked, TriggerLookup lookup)
    {
        if (!_texts.TryGetValue((asked.Name, lookup.Column), out var texts))
            _texts.Add((asked.Name, lookup.Column), texts = new(StringComparer.Ordinal));
        texts.Add(lookup.Text);
        _wishes.Add((table.Name, asked.Name));
    }

    /// <summary>The table of a name that the text of another one's trigger writes.</summary>
    public static Table? Find(IEnumerable<Table> candidates, string? written, Table from, DatabaseSchema schema)
    {
        var found = candidates.Where(t => t.Name != from.Name && (written is null || t.Name.Schema == written)).ToList();
        return found.Find(t => t.Name.Schema == from.Name.Schema) ?? found.Find(t => t.Name.Schema == schema.DefaultSchema)
            ?? (found.Count == 1 ? found[0] : null);
    }

    // Its values are its own to choose.
    static bool IsFree(Table table, string name) => table.IndexOf(name) is var column and >= 0
        && table.Columns[column] is { IsComputed: false } target && target.Type.Kind.IsText() && !table.ForeignKeys.Any(k => k.Columns.Contains(name))
        && !table.AllKeys.Any(k => k.Parts.Count > 1 && k.ColumnNames.Contains(name));

    /// <summary>One row a text: what is looked up tells rows apart.</summary>
    public Table Apply(Table table)
    {
        foreach (var (_, name) in _texts.Keys.Where(k => k.Table == table.Name).ToList())
        {
            table = table with { Columns = table.Columns.Select(c => c.Name == name ? c with { IsNullable = false } : c).ToEquatableArray() };
            if (!table.AllKeys.Any(k => k.IsPlain && k.Parts is [{ Column: { } only }] && only == name))
                table = table with
                {
                    UniqueKeys = [.. table.UniqueKeys, new UniqueKey { Name = $"looked up by {name}", Parts = [new KeyPart(name)] }],
                };
        }
        return table;
    }

    /// <summary>Puts the texts among the columns' values, where a list does not say which there are.</summary>
    public void List(IReadOnlyDictionary<TableName, TableFacts> facts)
    {
        foreach (var ((table, name), texts) in _texts)
        {
            if (!facts.TryGetValue(table, out var found)) continue;
            ref var domain = ref found.Constraints.Domains[found.Table.IndexOf(name)];
            if (domain.Allowed.IsEmpty) domain = domain with { Included = [.. texts] };
        }
    }
}
