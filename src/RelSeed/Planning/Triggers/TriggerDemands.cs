using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>A row of another table that a trigger looks for must be there: what it is looked up by leads to that table, as if by a foreign
/// key.</summary>
static class TriggerDemands
{
    /// <summary>The options with what the triggers of these tables demand.</summary>
    public static PlanOptions Learn(DatabaseSchema schema, IReadOnlyList<Table> tables, PlanOptions options)
    {
        var named = tables.ToLookup(t => t.Name.Name, StringComparer.Ordinal);
        var written = WrittenColumns(schema, tables);
        foreach (var table in tables)
            foreach (var trigger in table.Triggers.Where(t => t is { Enabled: true, IsRow: true, Timing: not TriggerTiming.InsteadOf }))
                foreach (var demand in TriggerReader.Read(trigger, schema.Dialect()).Demands)
                    if (IsMeant(table, trigger, demand) && Find(named[demand.Table], demand, table, schema) is { } asked
                        && Learn(schema, table, trigger, demand, asked, written) is { } learned)
                        options = LearnedFacts.Add(options, table.Name, learned);
        return options;
    }

    // Where only a column stays empty, that must be one which may not.
    static bool IsMeant(Table table, Trigger trigger, TriggerDemand demand) =>
        demand.Column is not { } name
            || (trigger.Timing == TriggerTiming.Before && table.IndexOf(name) is var column and >= 0 && !table.Columns[column].IsNullable);

    static Table? Find(IEnumerable<Table> candidates, TriggerDemand demand, Table from, DatabaseSchema schema)
    {
        var found = candidates.Where(t => demand.Schema is null || t.Name.Schema == demand.Schema).ToList();
        return found.Find(t => t.Name.Schema == from.Name.Schema) ?? found.Find(t => t.Name.Schema == schema.DefaultSchema)
            ?? (found.Count == 1 ? found[0] : null);
    }

    static LearnedTable? Learn(DatabaseSchema schema, Table table, Trigger trigger, TriggerDemand demand, Table asked, ILookup<string,
        string> written)
    {
        if (asked.Name == table.Name
            || demand.Keys.Any(k => asked.IndexOf(k.Column) < 0 || (k.Value.Column is { } c && !IsAlike(table, c, asked, k.Column))))
            return null;
        var reason = $"trigger {trigger.Name}";
        var pairs = demand.Keys.Where(k => k.Value.Column is not null).Select(k => (Own: k.Value.Column!, Asked: k.Column)).ToList();
        var key = table.ForeignKeys.Where(k => k.Principal == asked.Name).MaxBy(k => pairs.Count(p => Has(k, p)));
        // A table that depends on this one, or whose values only triggers know, cannot be looked at before.
        if (key is null && (schema.Reaches(asked.Name, table.Name) || written[asked.Name.Name].Any(c => pairs.Exists(p => p.Asked == c))))
            return null;
        var isKnown = key is not null && pairs.Exists(p => Has(key, p));
        var name = isKnown ? key!.Name : $"{reason} on {asked.Name.Name}";
        return new LearnedTable
        {
            References = isKnown ? []
                : [new ForeignKey { Name = name, Columns = [.. pairs.Select(p => p.Own)], Principal = asked.Name,
                PrincipalColumns = [.. pairs.Select(p => p.Asked)] }],
            Agreements = isKnown ? [.. pairs.Where(p => !Has(key!, p)).Select(p => new ParentAgreement(name, p.Own, p.Asked, reason))] : [],
            // Fewer parents would leave a key too little room that counts within them: there the rehearsal finds what helps.
            Parents = table.AllKeys.Any(k => k.ColumnNames.Any(c => pairs.Exists(p => p.Own == c))) ? []
                : [.. demand.Keys.Where(k => k.Value.Column is null)
                .Select(k => new ParentCondition(name, $"{Quote(k.Column)} = '{k.Value.Literal!.Replace("'", "''")}'", reason))],
            Checks = demand.IsOptional ? []
                : [.. pairs.Where(p => table.Columns[table.IndexOf(p.Own)].IsNullable)
                .Select(p => new CheckConstraint(reason, $"{Quote(p.Own)} IS NOT NULL"))],
        };
    }

    static string Quote(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    static bool Has(ForeignKey key, (string Own, string Asked) pair) => key.Columns.Zip(key.PrincipalColumns).Contains(pair);

    static bool IsAlike(Table table, string column, Table asked, string other) =>
        table.IndexOf(column) is var own and >= 0 && !table.Columns[own].IsComputed && !asked.Columns[asked.IndexOf(other)].IsComputed
            && asked.Columns[asked.IndexOf(other)].Identity != IdentityKind.Always
        && table.Columns[own].Type is var from && asked.Columns[asked.IndexOf(other)].Type is var to && from.Lane == to.Lane
        && (from.Kind == to.Kind || (from.Kind.IsText() && to.Kind.IsText()) || (from.Kind.IsInteger() && to.Kind.IsInteger()));

    // By table: the columns of rows that triggers write there without telling them.
    static ILookup<string, string> WrittenColumns(DatabaseSchema schema, IReadOnlyList<Table> tables) => (
        from table in tables
        from trigger in table.Triggers
        from insert in TriggerReader.Read(trigger, schema.Dialect()).Inserts
        from target in tables
        where target.Name.Name == insert.Table
        from column in target.Columns
        where insert.Values.Count < insert.Columns.Count || !insert.Columns.Contains(column.Name)
        select (insert.Table, column.Name)).ToLookup(w => w.Table, w => w.Name);
}
