using RelSeed.Configuration;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Plans columns as their rules say.</summary>
/// <param name="valuesOf">Values as the column's meaning has them, of another meaning when one is given.</param>
sealed class ColumnRulePlanner(Table table, RuledTable rules, Func<int, ColumnMeaning?, long, ValuePlan?> valuesOf)
{
    const long Second = TemporalForms.Second;

    public bool IsRuled(int column) => rules.Columns.ContainsKey(column);

    /// <summary>Its values cannot be chosen, since they follow from other columns.</summary>
    public bool IsComputed(int column) => rules.Columns.GetValueOrDefault(column)?.IsComputed == true;

    // Its shares stand in the table itself.
    bool IsBalanced(int column) => table.Columns[column].Model?.IsBalanced == true;

    /// <summary>Narrows a column's values to those of its rule, so that keys choose among them too.</summary>
    public void Narrow(ValueDomain[] domains, ColumnMeaning[] meanings)
    {
        foreach (var (column, rule) in rules.Columns)
        {
            if (rule.Values is MeaningRule meaning) meanings[column] = new ColumnMeaning(meaning.Meaning, "", 1, "a rule");
            if (rule.Cases.Count > 0 || IsBalanced(column)) continue;
            if (rule.Values is ChoiceRule choice) domains[column] = domains[column] with { Allowed = choice.Values };
            if (rule.Values is not BetweenRule between || RuleInterval.Of(between, table.Columns[column].Type) is not { } interval) continue;
            // Values that a model tells of its converter are but samples.
            if (table.Columns[column].Model is { Values.IsEmpty: false }) domains[column] = domains[column] with { Allowed = [] };
            domains[column] = DomainNarrowing.Within(table.Columns[column].Type.Lane switch
            {
                Lane.Int64 => domains[column] with { Min = interval.Min, Max = interval.Max },
                Lane.Float64 =>
                    domains[column] with { MinReal = CanonicalText.ParseFloat64(between.Min), MaxReal = CanonicalText.ParseFloat64(between.Max) },
                _ => domains[column],
            }, table.Columns[column].Type);
        }
    }

    /// <summary>Sets what no key may choose: before keys are met, so that they know.</summary>
    public void SetComputed(TableDraft draft)
    {
        foreach (var (column, rule) in rules.Columns.Where(c => c.Value.IsComputed))
        {
            if (Spec(column, rule.Values, draft.Rows) is not { } otherwise) continue;
            draft.Set(column, rule.Cases.IsEmpty ? otherwise : new CaseSpec(Cases(column, rule, draft.Rows), otherwise), rule.Reason);
            // Whether its values differ can only be tried, once rows can be made.
            draft.Unique.Add(column);
        }
    }

    EquatableArray<SpecCase> Cases(int column, RuledColumn rule, long rows) => rule.Cases
        .Select(c => new SpecCase(c.Condition, c.Expression, c.Values is null ? null : Spec(column, c.Values, rows), c.NullShare)).ToEquatableArray();

    /// <summary>The values by the column's rule; null when no rule says what they are.</summary>
    public ValuePlan? Values(TableDraft draft, int column) =>
        !IsBalanced(column) && rules.Columns.GetValueOrDefault(column) is { Values: { } values } rule && Spec(column, values, draft.Rows) is { } spec
            ? new ValuePlan(spec, rule.Reason, long.MaxValue) : null;

    GeneratorSpec? Spec(int column, ValueRule? rule, long rows) => rule switch
    {
        null => valuesOf(column, null, rows)?.Spec,
        ChoiceRule { Values: [var only] } => new ConstantSpec(only),
        ChoiceRule choice => new ChoiceSpec(choice.Values, choice.Weights),
        BetweenRule between => Between(between, table.Columns[column].Type),
        MeaningRule meaning => valuesOf(column, new ColumnMeaning(meaning.Meaning, "", 1, "a rule"), rows)?.Spec,
        FunctionRule function => new FunctionSpec(function.Make),
        _ => throw new InvalidOperationException($"No values for {rule.GetType().Name}."),
    };

    static GeneratorSpec? Between(BetweenRule rule, ColumnType type)
    {
        if (RuleInterval.Of(rule, type) is not { } interval) return null;
        if (interval.Form is { } form) return new InstantSpec(interval.Min, interval.Max, form, TimeOfDay.Any, 1, form.UnitOf());
        if (type.Kind.IsText()) return new TextSpec(new TextTemplate([new NumberPart(interval.Min, interval.Max, Draw.Own, interval.Decimals)]));
        if (type.Lane == Lane.Float64 || type.Kind.IsNumeric())
            return new NumberSpec(NumberShape.Uniform, interval.Min, interval.Max, 0, 0, interval.Decimals);
        // Whole seconds, when both ends are.
        var step = type.Kind is not TypeKind.Date && interval.Min % Second == 0 && interval.Max % Second == 0 ? Second : 1;
        return new UniformSpec(interval.Min, interval.Max, step);
    }

    /// <summary>The nulls by the column's rule; null when no rule says which they are.</summary>
    /// <param name="otherwise">What they are without cases.</param>
    /// <param name="scope">The rows that the column belongs to; null for all.</param>
    public NullSpec? Nulls(int column, Func<NullSpec> otherwise, NullOutside? scope = null)
    {
        if (rules.Columns.GetValueOrDefault(column) is not { } rule) return null;
        if (scope is not null)
        {
            var within = scope with { Share = rule.NullShare ?? (rule.Values is null ? scope.Share : 0) };
            return rule.Cases.IsEmpty ? within
                : new NullCases(Cases(column, rule, 1), within, table.Columns[column].Name) { Scope = scope with { Share = 0 } };
        }
        var name = table.Columns[column].Name;
        // Who says what a column holds has said that it holds something.
        var nulls = rule.NullShare is { } share ? share > 0 ? new NullShare(share, name) : NullSpec.Never : rule.Values is not null ? NullSpec.Never
            : otherwise();
        return rule.Cases.Count > 0 ? new NullCases(Cases(column, rule, 1), nulls, name) : nulls;
    }

    /// <summary>Says of each ruled column what became of its rule.</summary>
    /// <exception cref="PlanException">RS2404: keys leave no room for a rule; all of them at once.</exception>
    public void Finish(TableDraft draft, List<PlanException> faults)
    {
        foreach (var (column, rule) in rules.Columns)
        {
            if (!draft.Reasons[column].StartsWith(rule.Reason, StringComparison.Ordinal))
                draft.Reasons[column] = $"{rule.Reason}; {draft.Reasons[column]}";
            if (Contradiction(draft, column, rule) is not { } why) continue;
            faults.Add(PlanFaults.Of(table.Name,
                new PlanException("RS2404",
                $"The {rule.Reason} of {table.Name}.{table.Columns[column].Name} cannot be kept: {why}. Change the rule or the constraint.")));
        }
    }

    string? Contradiction(TableDraft draft, int column, RuledColumn rule)
    {
        if (draft.Rows == 0) return null;
        var key = table.AllKeys.FirstOrDefault(k => k.IsPlain && k.ColumnNames.SequenceEqual([table.Columns[column].Name]));
        if (key is not null && rule.Values is ChoiceRule choice && choice.Values.Count < draft.Requested && rule.Cases.IsEmpty
            && rule.NullShare is null or 0)
            return $"the key {key.Name} wants another value in each of {draft.Requested} rows";
        if (rule.Values is BetweenRule && table.Columns[column].Type.Kind.IsText() && draft.Unique.Contains(column))
            return $"the key {key?.Name ?? "of the table"} wants distinct values, and text between two values is not counted";
        if (rule.NullShare is > 0 && draft.Owners[column] is null && draft.Nulls[column] is NeverNull && draft.Generators[column] is not AllNullSpec)
            return draft.Referred.Contains(column) ? "other tables refer to the column" : "a key of the table needs its values";
        return rule.NullShare is > 0 && draft.Owners[column] is { IsRequired: true } owner ? $"{owner.Key.Name} needs a parent in every row" : null;
    }
}
