using RelSeed.Configuration;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>The user's rules with their names resolved to a schema's tables, columns and keys.</summary>
sealed class RuleBook
{
    readonly Dictionary<TableName, RuledTable> _tables = [];

    /// <summary>The rules of a table; empty ones where there are none.</summary>
    public RuledTable this[TableName table] => _tables.GetValueOrDefault(table) ?? RuledTable.None;

    /// <summary>Resolves the rules and holds them against the constraints.</summary>
    /// <param name="planned">The tables of the plan, with the constraints that bind them; rules for others are named right, but do nothing.</param>
    /// <exception cref="PlanException">RS240x: all that is wrong with the rules, at once.</exception>
    public static RuleBook Of(DatabaseSchema schema, IReadOnlyList<Table> planned, PlanOptions options)
    {
        var book = new RuleBook();
        if (options.Rules.IsEmpty) return book;
        var faults = new List<PlanException>();
        var roots = schema.Tables.Where(t => t.PartitionOf is null).ToList();
        foreach (var rules in options.Rules.Tables)
        {
            if (Find(schema, roots, rules.Table, faults) is not { } root) continue;
            var table = planned.FirstOrDefault(t => t.Name == root.Name) ?? root;
            var ruled = new RuleResolver(schema, table, options, faults).Resolve(rules);
            book._tables[table.Name] = book[table.Name].With(ruled);
        }
        PlanFaults.Throw(faults);
        return book;
    }

    /// <summary>The table with the shares of its types as they are ruled: others count on them.</summary>
    public Table Fold(Table table)
    {
        foreach (var (column, rule) in this[table.Name].Columns)
            if (table.Columns[column].Model is { IsBalanced: true } model && rule.Values is ChoiceRule choice)
                table = table with
                {
                    Columns = table.Columns.Select((c, i) => i == column ? c with { Model = model with { Values = Shares(choice) } }
                    : c).ToEquatableArray()
                };
        return table;
    }

    static EquatableArray<ValueShare> Shares(ChoiceRule choice) =>
        choice.Values.Select((v, i) => new ValueShare(v, choice.Weights.IsEmpty ? 1 : choice.Weights[i])).Where(v => v.Share > 0).ToEquatableArray();

    static Table? Find(DatabaseSchema schema, List<Table> tables, string name, List<PlanException> faults)
    {
        try
        {
            return TableSelection.Find(schema, tables, name, "a rule");
        }
        catch (UsageException fault)
        {
            faults.Add(new PlanException("RS2401", fault.Message[(fault.Id.Length + 1)..]));
            return null;
        }
    }
}

/// <summary>The rules of one table.</summary>
sealed record RuledTable
{
    public static RuledTable None { get; } = new();

    public long? Rows { get; init; }

    /// <summary>Foreign keys, by name, of which each parent has a number of rows.</summary>
    public IReadOnlyDictionary<string, ChildCount> PerParent { get; init; } = new Dictionary<string, ChildCount>(StringComparer.Ordinal);

    /// <summary>By position of the column.</summary>
    public IReadOnlyDictionary<int, RuledColumn> Columns { get; init; } = new Dictionary<int, RuledColumn>();

    public bool IsEmpty => Rows is null && PerParent.Count == 0 && Columns.Count == 0;

    /// <summary>Both, when a table was named in two ways; the later rule counts.</summary>
    public RuledTable With(RuledTable later) => IsEmpty ? later : new()
    {
        Rows = later.Rows ?? Rows,
        PerParent = PerParent.Concat(later.PerParent).GroupBy(p => p.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal),
        Columns = Columns.Concat(later.Columns).GroupBy(c => c.Key).ToDictionary(g => g.Key, g => g.Last().Value),
    };
}

/// <summary>The rules of one column, values of pools made and all of them tried against the constraints.</summary>
/// <param name="Values">No pool; null when no rule says.</param>
/// <param name="Reason">In words, for the plan.</param>
sealed record RuledColumn(ValueRule? Values, double? NullShare, EquatableArray<RuledCase> Cases, string Reason)
{
    /// <summary>Its values follow from other columns of the row, so that they cannot be chosen to fit a key.</summary>
    public bool IsComputed => Values is FunctionRule || !Cases.IsEmpty;

    public override string ToString() => Reason;
}

/// <param name="Expression">The condition, read.</param>
sealed record RuledCase(string Condition, Expressions.Expression Expression, ValueRule? Values, double NullShare);
