using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Turns what a profile found to follow exactly into generators, which are null where what they follow is.</summary>
static class ProfileRules
{
    /// <param name="mayBeNull">The target; else it follows nothing that may be.</param>
    /// <returns>Null when the target cannot follow the rule.</returns>
    public static GeneratorSpec? Spec(
        TableDraft draft, int column, RuleProfile rule, bool mayBeNull, IReadOnlyDictionary<TableName, TableDraft> drafts)
    {
        var target = draft.Table.Columns[column];
        switch (rule.Kind)
        {
            case RuleKind.ParentColumn when draft.Profile!.ReferenceOf[rule.Reference] is >= 0 and var at
                && draft.References[at] is { Principal: { } principal } reference:
                var from = principal.IndexOf(rule.Left!);
                return from >= 0 && IsAlike(principal.Columns[from].Type, target.Type)
                    && (mayBeNull || reference.IsRequired && !MayBeNull(principal.Columns[from], drafts.GetValueOrDefault(principal.Name)?.Nulls[from]))
                    ? new ReferenceColumnSpec(reference.Index, from, $"{principal.Name}.{rule.Left}") : null;
            case RuleKind.Copy or RuleKind.Sum or RuleKind.Difference or RuleKind.Product or RuleKind.Multiple when target.Type.Kind.IsNumeric():
                return Formula(draft, target, rule, mayBeNull);
            case RuleKind.SumOfChildren or RuleKind.CountOfChildren when target.Type.Kind.IsNumeric(): return OfChildren(draft, rule, drafts);
            default: return null;
        }
    }

    static bool IsAlike(ColumnType left, ColumnType right) =>
        left.Lane == right.Lane && left.Kind.IsNumeric() == right.Kind.IsNumeric() && left.ScaleOf() == right.ScaleOf()
        && (right.Length ?? int.MaxValue) >= (left.Length ?? int.MaxValue);

    // Null before its table is planned.
    static bool MayBeNull(Column column, NullSpec? nulls) => column.IsNullable && nulls is not NeverNull;

    static GeneratorSpec? Formula(TableDraft draft, Column target, RuleProfile rule, bool needsAll)
    {
        if (Term(draft, rule.Left) is not { } left || (rule.Kind is not (RuleKind.Copy or RuleKind.Multiple) && Term(draft, rule.Right) is null))
            return null;
        var right = Term(draft, rule.Right);
        var decimals = target.Type.Lane == Lane.Float64 ? rule.Digits : target.Type.ScaleOf();
        return rule.Kind switch
        {
            RuleKind.Copy => Sum(left),
            RuleKind.Multiple => Product(rule.Factor, left),
            RuleKind.Product => Product(1, left, right!),
            RuleKind.Sum => Sum(left, right!),
            _ => Sum(left, right! with { IsInverse = true }),
        };

        SumSpec Sum(params EquatableArray<FormulaTerm> terms) =>
            new(terms, decimals, long.MinValue / 2, long.MaxValue / 2) { NeedsAll = needsAll };

        ProductSpec Product(double factor, params EquatableArray<FormulaTerm> terms) =>
            new(terms, decimals, long.MinValue / 2, long.MaxValue / 2, factor, factor) { NeedsAll = needsAll };
    }

    static FormulaTerm? Term(TableDraft draft, string? name) =>
        name is not null && draft.Table.IndexOf(name) is >= 0 and var c && draft.Table.Columns[c].Type.Kind.IsNumeric()
        ? new FormulaTerm(c, name, draft.Table.Columns[c].Type.ScaleOf()) : null;

    static ChildSumSpec? OfChildren(TableDraft draft, RuleProfile rule, IReadOnlyDictionary<TableName, TableDraft> drafts)
    {
        if (rule.ChildTable is not { } name || !drafts.TryGetValue(name, out var child) || draft.ExistingRows > 0
            || child.Driving is not { Mechanism: LearnedFanOutReference } driving
            || driving.Key.Principal != draft.Table.Name) return null;
        var column = rule.Left is null ? -1 : child.Table.IndexOf(rule.Left);
        return rule.Kind == RuleKind.CountOfChildren || column >= 0
            ? new ChildSumSpec(name, driving.Index, rule.Kind == RuleKind.CountOfChildren ? -1 : column, rule.Digits) : null;
    }
}
