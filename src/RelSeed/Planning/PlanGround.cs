using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>What stands before any decision of a plan: its tables with all that binds their rows, their order, and the rows asked of each.</summary>
sealed class PlanGround
{
    PlanGround(DatabaseSchema schema, PlanOptions options, TriggerLookups lookups, IReadOnlyList<Table> selected)
    {
        (Schema, Options) = (schema, options);
        Balances = BalancedRows.Of(schema, selected);
        Triggers = TriggerFolding.Of(schema, [.. selected.Select(t => BalancedRows.Apply(t, Balances.GetValueOrDefault(t.Name)))]);
        var tables = Triggers.Tables;
        ThrowIfNoneToFill(tables);
        // Tables left out whose rows others may refer to take part with no rows of their own.
        var kept = schema.Tables.Where(t => options.Existing.ContainsKey(t.Name) && tables.All(c => c.Name != t.Name)).ToList();
        Written = new WrittenKeys(Triggers.Sources.Written, tables.ToDictionary(t => t.Name), options);
        var wishes = options.Learned.SelectMany(l => l.Value.Before.Select(later => (Later: later, Earlier: l.Key)))
            .Concat(lookups.Wishes).Concat(Written.Wishes);
        var rules = RuleBook.Of(schema, [.. tables], options);
        Graph = TableGraph.Of(tables.Select(rules.Fold).Concat(kept), Triggers.Before, wishes);
        Counts = RowCounts.For(schema, Graph, options, rules);
        foreach (var table in kept) Counts[table.Name] = (0, "left out; its rows serve as parents");
        Keys = new GeneratorKeys(options.Seed, schema.DefaultSchema);
        Facts = Graph.Ordered.ToDictionary(t => t.Name, t => new TableFacts(schema, t, options, rules[t.Name]));
        ListNeeded(lookups);
        RaiseCounts();
        foreach (var fact in Facts.Values) fact.Slice(Triggers.Slices, Facts, Counts);
    }

    public DatabaseSchema Schema { get; }

    /// <summary>With what the texts of triggers tell, as if it had been learned.</summary>
    public PlanOptions Options { get; }

    public TableGraph Graph { get; }

    /// <summary>Rows asked of each table, with the reason.</summary>
    public Dictionary<TableName, (long Rows, string Reason)> Counts { get; }

    public GeneratorKeys Keys { get; }
    public Dictionary<TableName, TableFacts> Facts { get; }
    public TriggerFolding Triggers { get; }

    /// <summary>By table: amounts that must cancel out within a parent.</summary>
    public Dictionary<TableName, RowBalance> Balances { get; }

    /// <summary>Keys of rows that triggers refer to by a literal.</summary>
    public WrittenKeys Written { get; }

    /// <exception cref="UsageException">RS12xx: an option names what is not there.</exception>
    /// <exception cref="PlanException">RS2001, RS2002: there is no table to fill.</exception>
    public static PlanGround Of(DatabaseSchema schema, PlanOptions options)
    {
        if (options.Profile is { } profile) options = options with { Profile = ProfileMatch.Rename(profile, schema, options.Rules) };
        var chosen = TableSelection.Select(schema, options);
        options = RivalRows.Learn(schema, chosen, ExpiringRows.Learn(schema, chosen, TriggerDemands.Learn(schema, chosen, options)));
        options = CommonColumns.Learn(chosen, SharedOrigins.Learn(schema, chosen, options));
        var lookups = TriggerLookups.Of(schema, chosen, options);
        return new(schema, options, lookups, [.. chosen.Select(t => Fold(t, lookups, schema.Dialect(), options))]);
    }

    // Puts on a table what is known of it beside its own constraints.
    static Table Fold(Table table, TriggerLookups lookups, Dialect dialect, PlanOptions options)
    {
        table = KeyPredicates.Apply(lookups.Apply(table), dialect);
        table = ComputedFolding.Apply(ModelFolding.Apply(LearnedFacts.Apply(table, options)), dialect);
        return TriggerCopies.Apply(TriggerChecks.Apply(table, dialect), dialect);
    }

    static void ThrowIfNoneToFill(IReadOnlyList<Table> tables)
    {
        if (tables.Count == 0)
            throw new PlanException("RS2001",
                "There is no table to fill: the database has none that this user may see, or all are excluded. Create the schema first, or name it with --schema.");
        if (tables.All(t => !t.Rights.HasFlag(TableRights.Insert)))
            throw new PlanException("RS2002",
                $"None of the {tables.Count} tables takes a row from this user. Grant INSERT on them, or connect as their owner.");
    }

    // Values that rows of other tables or triggers look for.
    void ListNeeded(TriggerLookups lookups)
    {
        NeededValues.List(Graph, Facts);
        NeededValues.Include(Graph, Facts, t => Options.Existing.ContainsKey(t), Triggers.Sources.Made.ContainsKey);
        lookups.List(Facts);
        Written.List(Facts);
    }

    // Tables whose rows others share out have enough of them.
    void RaiseCounts()
    {
        NumberedParents.Raise(Graph, Facts, Counts);
        ModelFolding.AddSlices(Graph, Triggers.Slices);
        Triggers.Prepare(Facts, Counts);
        BalancedRows.Raise(Balances, Triggers, Counts, Graph);
        ModelFolding.Raise(Graph, Counts, Options);
    }
}
