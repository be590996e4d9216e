using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Gives every column that keys and references left open its values, its nulls and a reason.</summary>
/// <param name="all">Of every table.</param>
/// <param name="drafts">Of every table; those of earlier ones have their columns.</param>
sealed class ColumnPlanner(TableFacts facts, IReadOnlyDictionary<TableName, TableFacts> all, IReadOnlyDictionary<TableName, TableDraft> drafts,
    List<string> warnings, List<PlanException> faults)
{
    const double UsualShare = 0.1;

    // Names of the rows of a list: of themselves never null.
    readonly HashSet<int> _names = [];

    public void Plan(TableDraft draft)
    {
        if (draft.Sources.Count > 0) return;
        for (var column = 0; column < draft.Table.Columns.Count; column++)
        {
            ProfilePlanner.Bound(draft, column, facts.Constraints.Domains);
            if (draft.Generators[column] is null) PlanValues(draft, column);
            draft.Nulls[column] ??= PlanNulls(draft, column);
        }
    }

    void PlanValues(TableDraft draft, int index)
    {
        var column = draft.Table.Columns[index];
        if (column.IsComputed) draft.Set(index, Computed(draft, index), column.GeneratedExpression is { } e ? $"generated as {e}" : "generated");
        else if (facts.Ruled.Values(draft, index) is { } ruled) draft.Set(index, ruled.Spec, ruled.Reason);
        else if (ModelFolding.Balanced(column) is { } balanced) draft.Set(index, balanced, "tells the type of each row");
        else if (facts.Values(index, draft.Rows) is var fresh && column.Model?.Json is null
            && ProfilePlanner.Values(draft, index, facts, fresh, MayBeNull(draft, index), drafts))
            return;
        else if (fresh is { } own && CopiedPrices.Find(draft, index, own.Spec, drafts, all) is { } price)
            draft.Set(index, price, $"the price that the row it refers to has; {own.Reason}");
        else if (fresh is { } listed && LookupNames.Find(draft, index, facts) is { } name)
        {
            draft.Set(index, name, $"{listed.Reason}, each row another");
            _names.Add(index);
        }
        else if (fresh is { } values) draft.Set(index, values.Spec, values.Reason);
        else if (column.Default is not null)
            draft.Set(index, new OmittedSpec("its default"), $"the type {column.Type.Name} cannot be made here; the default serves");
        else if (column.IsNullable)
        {
            draft.Set(index, new AllNullSpec(), $"the type {column.Type.Name} cannot be made here");
            if (draft.Rows > 0) warnings.Add($"{draft.Table.Name}.{column.Name} stays NULL: values of type {column.Type.Name} cannot be made here.");
        }
        else
        {
            draft.Set(index, new AllNullSpec(), "");
            if (draft.Rows > 0)
                faults.Add(PlanFaults.Of(draft.Table.Name, new PlanException("RS2005",
                    $"The column {draft.Table.Name}.{column.Name} must not be NULL, and values of its type {column.Type.Name} cannot be made here. Give it a default, or leave the table out with --exclude {draft.Table.Name}.")));
        }
    }

    // Only where another table needs the values, or a parent is chosen by them, are they worth their time.
    OmittedSpec Computed(TableDraft draft, int index) =>
        facts.Computed(index) is { } expression && (draft.Referred.Contains(index) || ChoosesParent(draft, index, expression))
            ? new ComputedSpec(expression) : new OmittedSpec("the database computes it");

    // What is computed from parents cannot choose them.
    static bool ChoosesParent(TableDraft draft, int index, Expression expression) =>
        draft.References.Exists(r => r.IsUsable && r.Columns.Contains(index))
            && expression.ColumnNames().All(n => draft.Table.IndexOf(n) is var column and >= 0 && draft.Owners[column] is null);

    // Whether a column's null is decided, step by step, by another's.
    static bool DependsOn(TableDraft draft, int column, int on)
    {
        for (int? at = column; at is not null; at = draft.Nulls[at.Value] switch { NullFollows f => f.Column, NullUnlessIn u => u.Column, NullOutside o => o.Column, _ => null })
            if (at == on) return true;
        return false;
    }

    bool MayBeNull(TableDraft draft, int index) => draft.Table.Columns[index] is { IsNullable: true } column
        && !facts.Constraints.NotNull.Contains(index) && !draft.Referred.Contains(index) && draft.Owners[index] is null
        && !draft.NeverNull.Contains(index) && draft.Table.PrimaryKey?.ColumnNames.Contains(column.Name) != true;

    NullSpec PlanNulls(TableDraft draft, int index)
    {
        var column = draft.Table.Columns[index];
        if (column.IsNullable && facts.Constraints.AlwaysNull.Contains(index)) return new NullShare(1, column.Name);
        if (!MayBeNull(draft, index) || draft.Generators[index] is SerialSpec or OrdinalSpec or AllNullSpec or OmittedSpec) return NullSpec.Never;
        if (ModelFolding.Scope(draft.Table, column) is { } scope) return facts.Ruled.Nulls(index, () => scope, scope) ?? scope;
        if (facts.Constraints.Nulls.TryGetValue(index, out var rule) && !DependsOn(draft, rule.Guard, index)
            && rule.ToSpec(draft.Table, facts.Constraints.Domains[rule.Guard]) is { } spec)
            return spec;
        return facts.Ruled.Nulls(index, Usual) ?? Usual();

        NullSpec Usual() => ProfilePlanner.Nulls(draft, index) is { } learned ? learned : _names.Contains(index) ? NullSpec.Never
            : (column.Model?.NullShare ?? UsualShare) is > 0 and var share ? new NullShare(share, column.Name) : NullSpec.Never;
    }
}
