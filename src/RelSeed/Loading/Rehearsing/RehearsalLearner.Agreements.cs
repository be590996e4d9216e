using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>What a row must have in common with its parents.</summary>
sealed partial class RehearsalLearner
{
    // The text names a column of the row and one of a parent, which are equal in all rows taken and differ in all refused.
    bool Agree(ref PlanOptions options, TableRehearsal table, RowRefusal refusal, List<int> refused)
    {
        if (refusal.Text is not { } text) return false;
        var features = RowFeatures.Of(plan, plan.Find(table.Table)!, table.Variant?.Rows ?? rows[table.Table], table.Rows);
        if (Tie(ref options, table, refusal, refused, features)) return true;
        // Without a row that is taken, the text must look at the key to the parent and, in one statement, at both columns.
        var reads = TriggerText.NewColumns(text);
        var isTaken = table.Causes.Contains(-1) || reads.Count == 0;
        var pairs =
            from parent in features
            where parent is { Key: not null, Above: null } && parent.IsIn(text)
            from own in features
            where own.Key is null && own.IsIn(text) && own.Column.Type.Kind == parent.Column.Type.Kind
            && (isTaken || (parent.Key!.Key.Columns.All(reads.Contains) && MayShareOrigin(parent, own)
                && TriggerText.Compares(text, own.Column.Name, parent.Column.Name)))
            && !parent.Key!.Key.Columns.Contains(own.Column.Name)
                && Enumerable.Range(0, table.Rows).All(r => !parent.IsPresent[r] || own.Values[r] is null || parent.Values[r] is null
                    || own.Values[r] == parent.Values[r] == table.Causes[r] < 0 || (table.Causes[r] >= 0 && !refused.Contains(r)))
                // Rows without a parent are no example of one that agrees.
                && (table.Causes.All(c => c >= 0)
                || Enumerable.Range(0, table.Rows).Any(r => table.Causes[r] < 0 && parent.IsPresent[r] && own.Values[r] is not null))
            orderby own.Column.Name == parent.Column.Name descending
            select (Parent: parent, Pair: new ParentAgreement(parent.Key!.Key.Name, own.Column.Name, parent.Column.Name, SourceOf(refusal)));
        foreach (var (parent, pair) in pairs.ToList())
        {
            if (!Add(ref options, table.Table, new LearnedTable { Agreements = [pair] })) continue;
            ShareOrigin(ref options, table.Table, parent, pair);
            return true;
        }
        return false;
    }

    // The text asks for equal columns of two parents, which differ in all rows refused.
    bool Tie(ref PlanOptions options, TableRehearsal table, RowRefusal refusal, List<int> refused, IReadOnlyList<RowFeature> features)
    {
        var parents = features.Where(f => f is { Key: not null, Above: null } && f.IsIn(refusal.Text)).ToList();
        foreach (var equality in TriggerText.Equalities(refusal.Text!))
        {
            var (left, right) = (parents.Find(equality.IsLeft), parents.Find(equality.IsRight));
            if (left is null || right is null || left.Key == right.Key || left.Column.Type.Kind != right.Column.Type.Kind) continue;
            if (!refused.TrueForAll(r => left.IsPresent[r] && right.IsPresent[r] && left.Values[r] != right.Values[r])) continue;
            var tie =
                new ParentTie(left.Key!.Key.Name, left.Column.Name, right.Key!.Key.Name, right.Column.Name, left.Column.Type, SourceOf(refusal));
            if (Add(ref options, table.Table, new LearnedTable { Ties = [tie] })) return true;
        }
        return false;
    }

    // Both columns can be equal only if the parent's takes its values from where the row's come.
    void ShareOrigin(ref PlanOptions options, TableName table, RowFeature parent, ParentAgreement pair)
    {
        if (parent.Owner.ForeignKeys.Any(k => k.Columns.Contains(pair.PrincipalColumn))
            || parent.Owner.AllKeys.Any(k => k.ColumnNames.Contains(pair.PrincipalColumn)))
            return;
        var origin = KeyOf(plan.Find(table)!.Table, pair.Column);
        // A table that depends on the parent itself cannot serve; the one its values come from may.
        for (var step = 0; step < MostSteps && origin is not null && plan.Reaches(origin.Principal, parent.Owner.Name); step++)
            origin = plan.Find(origin.Principal) is { } next ? KeyOf(next.Table, origin.PrincipalColumns[0]) : null;
        if (origin is null || plan.Reaches(origin.Principal, parent.Owner.Name)) return;
        if (plan.Find(origin.Principal) is not { } source || !parent.Column.Type.TakesValuesOf(source.Table[origin.PrincipalColumns[0]].Type)) return;
        Add(ref options, parent.Owner.Name, new LearnedTable { References = [origin with { Name = pair.Reason, Columns = [pair.PrincipalColumn] }] });
    }

    // What comes from a third table comes from there in the parent too.
    static bool MayShareOrigin(RowFeature parent, RowFeature own)
    {
        if (KeyOf(own.Owner, own.Column.Name) is not { } origin) return true;
        var keys = parent.Owner.ForeignKeys.Where(k => k.Columns.Contains(parent.Column.Name)).ToList();
        return keys.Count > 0 ? keys.Exists(k => k.Principal == origin.Principal)
            : !parent.Owner.AllKeys.Any(k => k.ColumnNames.Contains(parent.Column.Name));
    }

    static ForeignKey? KeyOf(Table table, string column) =>
        table.ForeignKeys.FirstOrDefault(k => k.Columns.Count == 1 && k.Columns[0] == column && k.Principal != table.Name);
}
