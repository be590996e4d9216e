using RelSeed.Expressions;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>What of a row, or of a parent, tells the rows that are refused from those that are taken.</summary>
sealed partial class RehearsalLearner
{
    bool Separate(ref PlanOptions options, TableRehearsal table, RowRefusal refusal, List<int> refused)
    {
        var taken = Enumerable.Range(0, table.Causes.Count).Where(r => table.Causes[r] < 0).ToList();
        if (taken.Count == 0) return false;
        var (own, wishes) = (plan.Find(table.Table)!, new ParentWishes(plan));
        // A number that counts the rows tells when a row came, not what it is.
        var features = RowFeatures.Of(plan, own, table.Variant?.Rows ?? rows[table.Table], table.Rows)
            .Where(f => f.Key is not null || own.Columns[own.Table.IndexOf(f.Column.Name)].Generator is not SerialSpec).ToList();
        foreach (var found in new RowSeparation(plan.Schema.Dialect(), refusal.Text).Find(features, refused, taken))
        {
            var source = SourceOf(refusal);
            var check = new LearnedTable { Checks = [new CheckConstraint(source, found.Expression)] };
            if (found.Feature.Above is { } above)
            {
                if (Add(ref options, above.Owner, new LearnedTable { Parents = [new ParentCondition(above.Key, found.Expression, source)] }))
                    return true;
            }
            else if (found.Feature.Key is not { } key)
            {
                if (Add(ref options, table.Table, check)) return true;
            }
            else if (own.HasRoomInFewer(key)
                || (TablePlan.CanTakeFewer(key)
                && (wishes.Contradict(options, found.Feature, found.Expression) || IsReleased(found.Feature.Owner.Name, check))))
            {
                if (!Add(ref options, table.Table, new LearnedTable { Parents = [new ParentCondition(key.Key.Name, found.Expression, source)] }))
                    continue;
                options = wishes.Release(options, found.Feature, found.Expression);
                return true;
            }
            else if (Add(ref options, found.Feature.Owner.Name, check)) return true;
        }
        return false;
    }

    // One number of the row lies before another, say the key of a parent before that of a second one.
    bool Compare(ref PlanOptions options, TableRehearsal table, RowRefusal refusal, List<int> refused)
    {
        var taken = Enumerable.Range(0, table.Causes.Count).Where(r => table.Causes[r] < 0).ToList();
        var features = RowFeatures.Of(plan, plan.Find(table.Table)!, table.Variant?.Rows ?? rows[table.Table], table.Rows);
        foreach (var condition in RowComparison.Find([.. features.Where(f => f.Key is null)], refusal.Text, refused, taken))
            if (Add(ref options, table.Table, new LearnedTable { Checks = [new CheckConstraint(SourceOf(refusal), condition)] })) return true;
        return false;
    }

    // A trigger names the column that it wants.
    bool Demand(ref PlanOptions options, TableName table, RowRefusal refusal)
    {
        if (refusal is not { Code: "23502", Kind: RefusalKind.Trigger, Column: { } name }
            || plan.Find(table)!.Table.Columns.FirstOrDefault(c => c.Name == name) is not { IsNullable: true } column)
            return false;
        var keys = plan.Find(table)!.Table.ForeignKeys.Where(k => k.Columns.Contains(name) && k.Principal != table).ToList();
        if (keys.Find(k => IsEmpty(k.Principal)) is { } key)
            return Add(ref options, table,
                new LearnedTable { LeftEmpty = $"its trigger {refusal.Trigger ?? refusal.Name} wants {name}, and {plan.Schema.ShortName(key.Principal)} has no rows" });
        return Add(ref options, table,
            new LearnedTable { Checks = [new CheckConstraint(SourceOf(refusal), ConditionText.IsNull(column, isNull: false))] });
    }

    bool IsEmpty(TableName table) => plan.Find(table) is { Rows: 0, ExistingRows: 0 };

    // A function takes a text for a number.
    bool Digits(ref PlanOptions options, TableName table, RowRefusal refusal)
    {
        if (plan.Schema.Dialect() != Dialect.PostgreSql || refusal is not { Code: "22P02" or "22003", Text: { } text }) return false;
        foreach (var column in plan.Find(table)!.Table.Columns.Where(c => c.Type.Kind.IsText() && TriggerText.Mentions(text, c.Name)))
            if (Add(ref options, table,
                new LearnedTable { Checks = [new CheckConstraint(SourceOf(refusal), $"{ConditionText.Name(column.Name)} ~ '^[1-9][0-9]{{0,6}}$'")] }))
                return true;
        return false;
    }

    // Nothing tells all refused rows apart, but without a value that the text names none was refused.
    bool Retreat(ref PlanOptions options, TableRehearsal table, RowRefusal refusal, List<int> refused)
    {
        var taken = Enumerable.Range(0, table.Causes.Count).Where(r => table.Causes[r] < 0).ToList();
        var own = RowFeatures.Of(plan, plan.Find(table.Table)!, table.Variant?.Rows ?? rows[table.Table], table.Rows)
            .Where(f => f is { Key: null, Column.IsNullable: true } && f.IsIn(refusal.Text));
        foreach (var feature in own.Where(f => refused.TrueForAll(r => f.Values[r] is not null) && taken.Exists(r => f.Values[r] is null)).ToList())
            if (Add(ref options, table.Table,
                new LearnedTable { Checks = [new CheckConstraint(SourceOf(refusal), ConditionText.IsNull(feature.Column, isNull: true))] }))
                return true;
        return false;
    }

    // Lists that the text compares hold nothing that could be compared.
    bool Empty(ref PlanOptions options, TableRehearsal table, RowRefusal refusal, List<int> refused)
    {
        if (plan.Schema.Dialect() != Dialect.PostgreSql || refusal.Text is not { } text) return false;
        var lists = plan.Find(table.Table)!.Columns.Where(c => c.Column.Type is { Kind: TypeKind.Array, Domains.IsEmpty: true }
            && TriggerText.Mentions(text, c.Column.Name) && c.Generator is not (OmittedSpec or AllNullSpec)).ToList();
        return lists.Count > 0 && refused.Count > 0 && Add(ref options, table.Table, new LearnedTable
        {
            Checks = [.. lists.Select(c => new CheckConstraint(SourceOf(refusal), $"cardinality({ConditionText.Name(c.Column.Name)}) = 0"))],
        });
    }
}
