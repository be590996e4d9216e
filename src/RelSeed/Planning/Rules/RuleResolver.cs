using RelSeed.Configuration;
using RelSeed.Expressions;
using RelSeed.Numerics;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Resolves the rules of one table and gathers what is wrong with them.</summary>
sealed class RuleResolver(DatabaseSchema schema, Table table, PlanOptions options, List<PlanException> faults)
{
    readonly RuleConstraints _constraints = new(schema, table, options.AsOf, faults);

    public RuledTable Resolve(TableRules rules) => new()
    {
        Rows = rules.Rows,
        PerParent = rules.PerParent.Select(c => (Key: FindKey(c), Count: c)).Where(c => c.Key is not null)
            .GroupBy(c => c.Key!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Count, StringComparer.Ordinal),
        Columns = rules.Columns.Select(c => (Column: FindColumn(c.Column), Rules: c)).Where(c => c.Column >= 0 && !c.Rules.IsEmpty)
            .ToDictionary(c => c.Column, c => Resolve(c.Column, c.Rules)),
    };

    int FindColumn(string name)
    {
        if (IndexOf(name) is var index and >= 0) return index;
        faults.Add(new PlanException("RS2402",
            $"A rule names the column {table.Name}.{name}, which does not exist. {Near(table.Columns.Select(c => c.Name), name)}"));
        return -1;
    }

    int IndexOf(string name)
    {
        if (table.IndexOf(name) is var exact and >= 0) return exact;
        for (var c = 0; c < table.Columns.Count; c++)
            if (table.Columns[c].Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return c;
        return -1;
    }

    static string Near(IEnumerable<string> names, string name) =>
        $"The nearest names are: {string.Join(", ", TableSelection.Nearest(names, name))}. Mend the name, or leave the rule out.";

    string? FindKey(ChildCount count)
    {
        var columns = count.Key.Split(',', StringSplitOptions.TrimEntries);
        var key = table.ForeignKeys.FirstOrDefault(k => k.Name == count.Key)
            ?? table.ForeignKeys.FirstOrDefault(k => k.Columns.Count == columns.Length
            && k.Columns.All(c => columns.Contains(c, StringComparer.OrdinalIgnoreCase)));
        if (key is not null) return key.Name;
        var known = table.ForeignKeys.IsEmpty ? "The table has no foreign key"
            : $"Its foreign keys are {string.Join(", ", table.ForeignKeys.Select(k => string.Join(",", k.Columns)))}";
        faults.Add(new PlanException("RS2403",
            $"A rule counts the rows of {table.Name} a parent by {count.Key}, which is no foreign key of it. {known}. Name one by its columns."));
        return null;
    }

    RuledColumn Resolve(int column, ColumnRules rules)
    {
        _constraints.CheckNulls(column, rules.NullShare ?? 0, isCase: false);
        if (rules.NullShare is > 0 and < 1 or null) _constraints.CheckPlace(column, rules);
        var values = rules.Values is null ? null : Resolve(column, rules.Values);
        var cases = rules.Cases.Select(c => Resolve(column, c)).OfType<RuledCase>().ToEquatableArray();
        return new RuledColumn(values, rules.NullShare, cases, Describe(rules, values));
    }

    static string Describe(ColumnRules rules, ValueRule? values)
    {
        List<string> parts = [.. rules.Values is null ? [] : new[] { Describe(rules.Values, values) }];
        if (rules.NullShare is { } share) parts.Add($"{share:P0} null");
        if (rules.Cases.Count > 0) parts.Add($"other values where {string.Join(" or ", rules.Cases.Select(c => c.Condition))}");
        return $"rule: {string.Join(", ", parts)}";
    }

    static string Describe(ValueRule rule, ValueRule? resolved) =>
        rule is PoolRule && resolved is ChoiceRule pool ? $"{rule.Describe()}, {pool.Values.Count} distinct values" : rule.Describe();

    RuledCase? Resolve(int column, ColumnCase rules)
    {
        _constraints.CheckNulls(column, rules.NullShare, isCase: true);
        var values = rules.Values is null ? null : Resolve(column, rules.Values);
        var names = table.Columns.Select(c => c.Name).ToList();
        if (!ExpressionParser.TryParse(rules.Condition, schema.Dialect(), out var expression, out var reason, names))
            return Refused(column, rules, reason);
        if (expression.ColumnNames().FirstOrDefault(n => table.IndexOf(n) < 0) is { } unknown)
            return Refused(column, rules, $"there is no column {unknown} in the table, which has {string.Join(", ", names)}");
        if (expression.ColumnNames().Contains(table.Columns[column].Name)) return Refused(column, rules, "it reads the column itself");
        return new RuledCase(rules.Condition, expression, values, rules.NullShare);
    }

    RuledCase? Refused(int column, ColumnCase rules, string why)
    {
        faults.Add(_constraints.Fault("RS2409",
            $"The condition of a rule for {table.Name}.{table.Columns[column].Name}, {rules.Condition}, cannot be used: {why}. Write a condition on other columns of the row."));
        return null;
    }

    ValueRule? Resolve(int column, ValueRule rule)
    {
        switch (rule)
        {
            case PoolRule pool: return Pool(column, pool);
            case ChoiceRule choice:
                foreach (var value in choice.Values) _constraints.CheckValue(column, value, rule);
                return Counted(choice);
            case BetweenRule between: return _constraints.CheckBetween(column, between) ? between : null;
            case MeaningRule meaning: return _constraints.CheckMeaning(column, meaning) ? meaning : null;
            default: return rule;
        }
    }

    // Equal values are one of their weights together.
    static ChoiceRule Counted(ChoiceRule choice)
    {
        var weights = choice.Values.Select((v, i) => (Value: v, Weight: choice.Weights.IsEmpty ? 1 : choice.Weights[i]))
            .GroupBy(v => v.Value, StringComparer.Ordinal)
            .Select(g => (g.Key, Weight: g.Sum(v => v.Weight))).ToList();
        return new ChoiceRule(weights.Select(w => w.Key).ToEquatableArray(),
            choice.Weights.IsEmpty && weights.Count == choice.Values.Count ? [] : weights.Select(w => w.Weight).ToEquatableArray());
    }

    // Values of a pool that the column cannot hold are left out; that none is left is a fault.
    ChoiceRule? Pool(int column, PoolRule pool)
    {
        var name = $"{table.Name}.{table.Columns[column].Name}";
        try
        {
            var seed = (int)StableHash.Key(options.Seed, schema.ShortName(table.Name), table.Columns[column].Name, "pool") & int.MaxValue;
            var made = pool.Make(new PoolRequest(seed, options.Locale, options.AsOf)).Take(PoolRule.Largest).OfType<object>()
                .Select(RuleText.Of).ToList();
            var fitting = made.Where(v => _constraints.Takes(column, v)).ToEquatableArray();
            if (!fitting.IsEmpty) return Counted(new ChoiceRule(fitting, []));
            faults.Add(_constraints.Fault("RS2404",
                $"{name} takes none of the {made.Count} values that its rule makes {pool.Describe()}: {_constraints.Refusal(column, made)}. Make values that fit, or leave the rule out."));
        }
        catch (Exception fault) when (fault is not (RelSeedException or OperationCanceledException))
        {
            faults.Add(_constraints.Fault("RS2408",
                $"The rule for {name}, {pool.Describe()}, failed with {fault.GetType().Name} while its pool was made. Mend the function."));
        }
        return null;
    }
}
