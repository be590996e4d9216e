using RelSeed.Expressions;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Makes other forms of a table's rows, of which the database may take one: something null, another value, other parents.</summary>
sealed class VariantMaker(SeedPlan plan, SeedGenerator rows, IReadOnlyDictionary<TableName, ExistingRows> existing)
{
    const int MostVariants = 80;
    const int MostLiterals = 12;
    const int MostLabels = 12;
    const int MostFormColumns = 2;

    readonly Dialect _dialect = plan.Schema.Dialect();

    public IEnumerable<RowVariant> For(TableName name, EquatableArray<RowRefusal> refusals)
    {
        var table = plan.Find(name)!;
        var text = string.Join('\n', refusals.Select(r => r.Text ?? ComputedBy(table.Table, r)).OfType<string>());
        var parts = Enumerable.Range(0, table.Columns.Count)
            .OrderByDescending(c => TriggerText.Mentions(text, table.Columns[c].Column.Name)).ToList();
        var source = RehearsalLearner.SourceOf(refusals[0]);
        return Words(table, parts, text, refusals, source).Concat(Forms(table, parts, text, refusals, source))
            .Concat(Nulls(table, parts, source)).Concat(Values(table, parts, text, source))
            .Concat(Parents(table, text, source)).OfType<RowVariant>().Take(MostVariants);
    }

    /// <summary>What makes the value of a column that must have one and came out null: its expression, or the triggers that name it.</summary>
    public static string? ComputedBy(Table table, RowRefusal refusal)
    {
        if (refusal is not { Kind: RefusalKind.NotNull, Column: { } name } || table.IndexOf(name) < 0) return null;
        if (table[name].GeneratedExpression is { } expression) return expression;
        var bodies = table.Triggers.Where(t => t is { Enabled: true, Timing: TriggerTiming.Before } && TriggerText.Mentions(t.Body, name)).ToList();
        return bodies.Count == 0 ? null : string.Join('\n', bodies.Select(t => t.Body));
    }

    // A check or a computed column asks a function of its own about a text: one of the usual forms may be what it wants.
    IEnumerable<RowVariant?> Forms(TablePlan table, List<int> columns, string text, EquatableArray<RowRefusal> refusals, string source)
    {
        if (!refusals.Any(r => r.Kind is RefusalKind.Check or RefusalKind.NotNull)) yield break;
        foreach (var column in columns.Where(c => (IsOpen(table, c) || table.Columns[c].Generator is IndexedSpec)
            && table.Columns[c].Column.Type.Kind.IsText() && TriggerText.Mentions(text, table.Columns[c].Column.Name)).Take(MostFormColumns))
            foreach (var form in UsualForms.Where(f => f.Longest <= (table.Columns[column].Column.Type.Length ?? int.MaxValue)))
                if (PatternTemplate.Parse(form.Pattern, 0, form.Longest, Draw.Own) is { } template)
                    yield return Make(table,
                        new LearnedTable { Checks = [new CheckConstraint(source, ConditionText.Matches(table.Columns[column].Column, form.Pattern))] },
                        new() { [column] = new TextSpec(template) });
    }

    static readonly (string Pattern, int Longest)[] UsualForms =
    [
        ("^[1-9][0-9]{0,3}$", 4),
        ("^[1-9]?[0-9]\\.[0-9]{1,2}\\.[1-9]?[0-9]$", 8),
        ("^[a-z]{3,8}$", 8),
        ("^[A-Z]{2}$", 2),
        ("^[a-z]{3,8}\\.[a-z]{3,8}@example\\.com$", 29),
        ("^https://[a-z]{3,9}\\.example\\.com/[a-z]{3,9}$", 40),
        ("^[a-z]{3,9}\\.example\\.com$", 21),
        ("^20(1[0-9]|2[0-5])-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$", 10),
        ("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", 36),
        ("^10\\.[1-9][0-9]?\\.[1-9][0-9]?\\.[1-9][0-9]?$", 11),
        ("^\\+1555[0-9]{7}$", 12),
    ];

    IEnumerable<RowVariant?> Nulls(TablePlan table, List<int> columns, string source)
    {
        var nullable = columns.Where(c => MayBeNull(table, c)).ToList();
        if (nullable.Count > 1) yield return Null(table, nullable, source);
        foreach (var column in nullable) yield return Null(table, [column], source);
    }

    static bool MayBeNull(TablePlan table, int column)
    {
        var target = table.Columns[column];
        return target.Column.IsNullable && target.Generator is not (AllNullSpec or OmittedSpec)
            && !table.Table.AllKeys.Any(k => (k.IsPrimary || k.NullsNotDistinct) && k.ColumnNames.Contains(target.Column.Name));
    }

    RowVariant? Null(TablePlan table, List<int> columns, string source) => Make(table, new LearnedTable
    {
        Checks = [.. columns.Select(c => new CheckConstraint(source, ConditionText.IsNull(table.Columns[c].Column, isNull: true)))],
    }, columns.ToDictionary(c => c, _ => (GeneratorSpec)new AllNullSpec()));

    // A text that a view must list.
    IEnumerable<RowVariant?> Words(TablePlan table, List<int> columns, string text, EquatableArray<RowRefusal> refusals, string source)
    {
        var words = refusals.SelectMany(r => r.Words).Distinct(StringComparer.Ordinal).ToList();
        if (words.Count == 0) yield break;
        foreach (var column in columns.Where(c => (IsOpen(table, c) || table.Columns[c].Generator is IndexedSpec)
            && table.Columns[c].Column.Type.Kind.IsText() && TriggerText.Mentions(text, table.Columns[c].Column.Name)))
        {
            var target = table.Columns[column].Column;
            var known = words.Where(w => target.Type.Length is not { } most || w.Length <= most).ToEquatableArray();
            if (known.Count > 0)
                yield return Make(table,
                    new LearnedTable { Checks = [new CheckConstraint(source, ConditionText.In(target, [.. known], isNegated: false, _dialect))] },
                    new() { [column] = new ChoiceSpec(known, [.. known.Select(_ => 1.0)]) });
        }
    }

    IEnumerable<RowVariant?> Values(TablePlan table, List<int> columns, string text, string source)
    {
        var literals = TriggerText.Literals(text);
        foreach (var column in columns.Where(c => IsOpen(table, c)))
        {
            var target = table.Columns[column].Column;
            var isNamed = TriggerText.Mentions(text, target.Name);
            foreach (var value in Candidates(target, isNamed ? literals : []))
                yield return Make(table,
                    new LearnedTable { Checks = [new CheckConstraint(source, ConditionText.In(target, [value], isNegated: false, _dialect))] },
                    new() { [column] = new ConstantSpec(value) });
        }
    }

    static bool IsOpen(TablePlan table, int column) =>
        table.Columns[column].Generator is not (ReferenceColumnSpec or SerialSpec or OrdinalSpec or OmittedSpec or AllNullSpec)
            && (table.Columns[column].Generator is not IndexedSpec || !table.Table.AllKeys.Any(k => k.ColumnNames.Contains(table.Columns[column].Column.Name)));

    static IEnumerable<string> Candidates(Column column, IReadOnlyList<string> literals) => column.Type.Kind switch
    {
        TypeKind.Boolean => ["true", "false"],
        TypeKind.Enum => column.Type.Labels.OrderByDescending(literals.Contains).Take(MostLabels),
        _ when column.Type.Kind.IsText() => literals.Where(l => column.Type.Length is not { } most || l.Length <= most).Take(MostLiterals),
        _ when column.Type.Kind.IsInteger() =>
            literals.Where(l => CanonicalText.ParseInt64(l, column.Type) is not null).Append("0").Append("1").Take(MostLiterals),
        _ => [],
    };

    IEnumerable<RowVariant?> Parents(TablePlan table, string text, string source)
    {
        foreach (var reference in table.References.Where(r => r.Mechanism is FanOutReference or ConcentratedReference))
        {
            if (plan.Find(reference.Key.Principal) is not { } parent || parent.Table.Name == table.Table.Name) continue;
            foreach (var column in parent.Columns.Where(c => IsTelling(c)).OrderByDescending(c => TriggerText.Mentions(text, c.Column.Name)))
                foreach (var condition in Conditions(column.Column))
                    yield return Make(table, new LearnedTable { Parents = [new ParentCondition(reference.Key.Name, condition, source)] }, []);
        }
    }

    static bool IsTelling(ColumnPlan column) =>
        column.Column.Type.Kind is TypeKind.Boolean or TypeKind.Enum
            || (column.Column.IsNullable && column.Generator is not (AllNullSpec or OmittedSpec));

    IEnumerable<string> Conditions(Column column)
    {
        if (column.IsNullable)
        {
            yield return ConditionText.IsNull(column, isNull: true);
            yield return ConditionText.IsNull(column, isNull: false);
        }
        foreach (var value in Candidates(column, []))
            if (column.Type.Kind is TypeKind.Boolean or TypeKind.Enum) yield return ConditionText.In(column, [value], isNegated: false, _dialect);
    }

    // Null where such rows cannot be made.
    RowVariant? Make(TablePlan table, LearnedTable learned, Dictionary<int, GeneratorSpec> changes)
    {
        var gone = table.References.Select((r, i) => (r, i)).Where(r => r.r.Key.Columns.Any(c => changes.ContainsKey(table.Table.IndexOf(c))))
            .Select(r => r.i).ToHashSet();
        var changed = table with
        {
            Columns = table.Columns.Select((c, i) => changes.TryGetValue(i, out var spec) ? c with { Generator = spec, Nulls = NullSpec.Never }
                : WithoutParents(c, gone)).ToEquatableArray(),
            References = table.References.Select((r, i) => gone.Contains(i) ? r with { Mechanism = new NoReference() }
                : r with { Conditions = [.. r.Conditions, .. learned.Parents.Where(p => p.Key == r.Key.Name)] }).ToEquatableArray(),
        };
        try
        {
            return new RowVariant(learned, Compile(changed));
        }
        catch (PlanException)
        {
            return null;
        }
    }

    // A moment after a parent that is gone is a moment of its own.
    static ColumnPlan WithoutParents(ColumnPlan column, HashSet<int> gone) =>
        column.Generator is AfterSpec after && after.Sources.Any(s => gone.Contains(s.Reference))
            ? column with { Generator = after.Otherwise } : column;

    // The tables that it reads are as they are.
    TableGenerator Compile(TablePlan changed)
    {
        var name = changed.Table.Name;
        var made = plan.Tables.Where(t => t.Table.Name != name).ToDictionary(t => t.Table.Name, t => rows[t.Table.Name]);
        return PlanCompiler.Compile(plan with { Tables = [.. plan.Tables.Select(t => t.Table.Name == name ? changed : t)] }, existing,
            made: made)[name];
    }
}
