using RelSeed.Expressions;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Turns refusals into facts for the next plan, and names those of which nothing was learned.</summary>
/// <param name="tried">What earlier rounds have learned; it is not learned twice.</param>
sealed class RehearsalLearner(SeedPlan plan, SeedGenerator rows, RehearsalReport report, HashSet<string> tried)
{
    const int MostSteps = 4;

    readonly ShakenTables _shaken = new(plan);

    /// <summary>Refusals of which nothing could be learned.</summary>
    public List<UnsolvedRefusal> Unsolved { get; } = [];

    /// <summary>Something was learned.</summary>
    public bool HasLearned { get; private set; }

    public PlanOptions Learn(PlanOptions options)
    {
        foreach (var table in report.Tables)
        {
            _shaken.Add(table);
            if (!_shaken.IsBlocked(table.Table)) options = Learn(options, table);
        }
        if (!HasLearned && Unsolved.Count == 0) Unsolved.AddRange(report.AtEnd.Select(r => new UnsolvedRefusal(r.Table, r, 0, 0)));
        return options;
    }

    public static string SourceOf(RowRefusal refusal) =>
        $"rehearsal: {(refusal.Trigger is { } trigger ? $"trigger {trigger}" : refusal.Kind == RefusalKind.Check ? $"check {refusal.Name}" : refusal.Name.Length > 0 ? refusal.Name : refusal.Code)}";

    PlanOptions Learn(PlanOptions options, TableRehearsal table)
    {
        // Its triggers' rows stand; what was to be set in them is not needed.
        if (!plan.Find(table.Table)!.Sources.IsEmpty)
        {
            Add(ref options, table.Table, new LearnedTable { LeftOpen = $"the database refuses to set it ({SourceOf(table.Refusals[0])})" });
            return options;
        }
        if (table.Variant is { } variant && Add(ref options, table.Table, variant.Learned)) return options;
        for (var cause = 0; cause < table.Refusals.Count; cause++)
        {
            var refused = Enumerable.Range(0, table.Causes.Count).Where(r => table.Causes[r] == cause).ToList();
            if (refused.Count == 0) continue;
            if (!Learn(ref options, table, table.Refusals[cause], refused))
                Unsolved.Add(new UnsolvedRefusal(table.Table, table.Refusals[cause], refused.Count, table.Rows));
        }
        return options;
    }

    bool Learn(ref PlanOptions options, TableRehearsal table, RowRefusal refusal, List<int> refused)
    {
        if (refusal.Kind is RefusalKind.Trigger or RefusalKind.Check or RefusalKind.Vanished or RefusalKind.Value)
        {
            if (Demand(ref options, table.Table, refusal) || WriteLater(ref options, table.Table, refusal)
                || Digits(ref options, table.Table, refusal))
                return true;
            if (Agree(ref options, table, refusal, refused)) return true;
            if (Separate(ref options, table, refusal, refused) || Compare(ref options, table, refusal, refused)) return true;
            if (WriteEarlier(ref options, table.Table, refusal)) return true;
            if (Retreat(ref options, table, refusal, refused) || Empty(ref options, table, refusal, refused)) return true;
            if (refused.Count == table.Rows && (Complete(ref options, table.Table, refusal) || Release(ref options, table.Table, refusal)))
                return true;
        }
        // One trigger may drop some rows and refuse the others.
        return LeaveEmpty(ref options, table, refusal,
            table.Causes.All(c => c >= 0 && (table.Refusals[c] == refusal || Hopeless(table.Refusals[c]) is not null)));
    }

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

    // The text names a column of the row and one of a parent, which are equal in all rows taken and differ in all refused.
    bool Agree(ref PlanOptions options, TableRehearsal table, RowRefusal refusal, List<int> refused)
    {
        if (refusal.Text is not { } text) return false;
        var features = RowFeatures.Of(plan, plan.Find(table.Table)!, table.Variant?.Rows ?? rows[table.Table], table.Rows);
        if (Tie(ref options, table, refusal, refused, features)) return true;
        var pairs =
            from parent in features
            where parent is { Key: not null, Above: null } && parent.IsIn(text)
            from own in features
            where own.Key is null && own.IsIn(text) && own.Column.Type.Kind == parent.Column.Type.Kind
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
        for (var step = 0; step < MostSteps && origin is not null && Reaches(origin.Principal, parent.Owner.Name); step++)
            origin = plan.Find(origin.Principal) is { } next ? KeyOf(next.Table, origin.PrincipalColumns[0]) : null;
        if (origin is null || Reaches(origin.Principal, parent.Owner.Name)) return;
        if (plan.Find(origin.Principal) is not { } source || !parent.Column.Type.TakesValuesOf(source.Table[origin.PrincipalColumns[0]].Type)) return;
        Add(ref options, parent.Owner.Name, new LearnedTable { References = [origin with { Name = pair.Reason, Columns = [pair.PrincipalColumn] }] });
    }

    static ForeignKey? KeyOf(Table table, string column) =>
        table.ForeignKeys.FirstOrDefault(k => k.Columns.Count == 1 && k.Columns[0] == column && k.Principal != table.Name);

    bool Reaches(TableName from, TableName to)
    {
        var (seen, open) = (new HashSet<TableName> { from }, new Stack<TableName>([from]));
        while (open.TryPop(out var name))
        {
            if (name == to) return true;
            foreach (var key in plan.Find(name)?.Table.ForeignKeys ?? [])
                if (seen.Add(key.Principal)) open.Push(key.Principal);
        }
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

    // All rows of a parent are as another table wants them: let that one choose.
    bool Release(ref PlanOptions options, TableName table, RowRefusal refusal)
    {
        foreach (var owner in plan.Find(table)!.References.Select(r => r.Key.Principal).Where(o => o != table).Distinct())
            foreach (var check in (options.Learned.GetValueOrDefault(owner)?.Checks ?? [])
                .Where(c => refusal.Text is { } text && ParentWishes.ColumnsOf(plan, owner, c.Expression).All(n => TriggerText.Mentions(text, n))))
            {
                if (!tried.Add(ReleaseOf(owner, check.Expression))) continue;
                options = ParentWishes.Release(options, owner, c => c.Expression == check.Expression);
                return HasLearned = true;
            }
        return false;
    }

    bool IsReleased(TableName owner, LearnedTable wish) => wish.Checks.Any(c => tried.Contains(ReleaseOf(owner, c.Expression)));

    static string ReleaseOf(TableName owner, string expression) => $"{owner} need not meet {expression}";

    // What triggers leave open in a parent's parent, and is set later for some rows only, may be what all rows lack.
    bool Complete(ref PlanOptions options, TableName table, RowRefusal refusal)
    {
        var before = options;
        foreach (var parent in plan.Find(table)!.References.Select(r => plan.Find(r.Key.Principal)).OfType<TablePlan>()
            .Where(p => p.Table.Name != table && p.Sources.IsEmpty).Distinct())
            foreach (var reference in parent.References.Where(r => parent.HasRoomInFewer(r)))
                foreach (var column in plan.Find(reference.Key.Principal)?.CompletedColumns.Take(1) ?? [])
                    Add(ref options, parent.Table.Name,
                        new LearnedTable
                        {
                            Parents = [
                        new ParentCondition(reference.Key.Name, $"{ConditionText.Name(column)} IS NOT NULL", SourceOf(refusal))]
                        });
        return !ReferenceEquals(before, options);
    }

    // A trigger that looks at rows of another table finds none there yet.
    bool WriteEarlier(ref PlanOptions options, TableName table, RowRefusal refusal)
    {
        if (refusal.Text is not { } text) return false;
        var place = plan.Tables.ToList().FindIndex(t => t.Table.Name == table);
        var parents = plan.Find(table)!.References.Select(r => r.Key.Principal).ToHashSet();
        var named = plan.Tables.Take(place).Where(t => t.Rows > 0 && !parents.Contains(t.Table.Name) && TriggerText.Mentions(text, t.Table.Name.Name))
            .Select(t => t.Table.Name).ToList();
        return named.Count > 0 && Add(ref options, table, new LearnedTable { Before = named.ToEquatableArray() });
    }

    // A row that its trigger writes elsewhere refers to rows that come later.
    bool WriteLater(ref PlanOptions options, TableName table, RowRefusal refusal)
    {
        if (refusal.Code != "23503" || refusal.Table == table || plan.Find(refusal.Table) is not { } written) return false;
        var place = plan.Tables.ToList().FindIndex(t => t.Table.Name == table);
        var learned = false;
        foreach (var later in plan.Tables.Skip(place + 1).Select(t => t.Table.Name)
            .Where(n => written.Table.ForeignKeys.Any(k => k.Principal == n) && !Reaches(n, table)).ToList())
            learned |= Add(ref options, later, new LearnedTable { Before = [table] });
        return learned;
    }

    bool LeaveEmpty(ref PlanOptions options, TableRehearsal table, RowRefusal refusal, bool isEvery)
    {
        var writer = report.Tables.FirstOrDefault(t => t.AlsoWritten.Contains(refusal.Table));
        if (refusal.Code is "23505" && writer is not null && !IsRequired(refusal.Table))
            return Add(ref options, refusal.Table,
                new LearnedTable { LeftEmpty = $"triggers of {plan.Schema.ShortName(writer.Table)} write its rows" });
        // Rows that meet what else is wanted are refused all the same.
        if (table.Causes.All(c => c >= 0) && table.Refusals.Select(r => ByClock(table.Table, r)).FirstOrDefault(r => r is not null) is { } vain)
            return Add(ref options, table.Table, new LearnedTable { LeftEmpty = vain });
        if (!isEvery || Hopeless(refusal) is not { } reason) return false;
        return Add(ref options, table.Table, new LearnedTable { LeftEmpty = reason });
    }

    bool IsRequired(TableName table) =>
        plan.Tables.Any(t => t.Rows > 0 && t.Table.Name != table
            && t.Table.ForeignKeys.Any(k => k.Principal == table && TableGraph.IsRequired(t.Table, k)));

    static string? Hopeless(RowRefusal refusal)
    {
        var trigger = refusal.Trigger ?? refusal.Name;
        if (refusal.Kind == RefusalKind.Statement) return $"no plain connection can insert into it: {refusal.Name}";
        if (refusal.Kind == RefusalKind.Vanished) return $"its trigger {trigger} drops every row";
        if (refusal.Kind != RefusalKind.Trigger || refusal.Text is not { } text) return null;
        if (refusal.Code.StartsWith("42", StringComparison.Ordinal) && refusal.Code is not ("42501" or "42704"))
            return $"its trigger {trigger} fails on every row (SQLSTATE {refusal.Code})";
        if (refusal.Code == "54001") return $"its trigger {trigger} calls itself without end";
        return TriggerText.IsUnconditional(text) ? $"its trigger {trigger} refuses every row" : null;
    }

    // Which rows that time asks for is known only when it is there.
    string? ByClock(TableName table, RowRefusal refusal) =>
        refusal is { Kind: RefusalKind.Trigger, Code: "23503", Text: { } text } && refusal.Table != table && ReadsClock(text)
            ? $"its trigger {refusal.Trigger ?? refusal.Name} writes rows of {plan.Schema.ShortName(refusal.Table)} that refer, by the time of the load, to rows that cannot be made before" : null;

    bool ReadsClock(string text) => TriggerText.NamesClock(text) || plan.Schema.Tables.Any(t =>
        TriggerText.Mentions(text, t.Name.Name)
            && t.Columns.Any(c => c.Default is { } value && TriggerText.NamesClock(value) && TriggerText.Mentions(text, c.Name)));

    bool Add(ref PlanOptions options, TableName table, LearnedTable learned)
    {
        if (!tried.Add($"{table}: {learned}")) return false;
        options = LearnedFacts.Add(options, table, learned);
        return HasLearned = true;
    }
}

/// <param name="Rows">Rows refused for it; 0 when it is the whole that is refused.</param>
/// <param name="Of">Rows tried.</param>
sealed record UnsolvedRefusal(TableName Table, RowRefusal Refusal, int Rows, int Of);
