using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>What the checks and domains of a table leave of its columns' values, and what becomes of each check.</summary>
sealed class ConstraintFacts
{
    readonly Table _table;
    readonly Dialect _dialect;
    readonly List<CheckFact> _checks = [];

    // By check: the columns it reads, each once; -1 for a name that is none of the table's. Empty for one that is not read.
    readonly List<int[]> _columns = [];

    ConstraintFacts(Table table, Dialect dialect)
    {
        (_table, _dialect) = (table, dialect);
        Domains = [.. table.Columns.Select(c => ModelDomain.Of(c.Model, c.Type))];
    }

    /// <summary>By column: the values left.</summary>
    public ValueDomain[] Domains { get; }

    /// <summary>Columns that may be null by their type, but not by a check.</summary>
    public HashSet<int> NotNull { get; } = [];

    /// <summary>Columns that a check lets only be null.</summary>
    public HashSet<int> AlwaysNull { get; } = [];

    /// <summary>By column: when a check says it is null.</summary>
    public Dictionary<int, NullRule> Nulls { get; } = [];

    public static ConstraintFacts Of(DatabaseSchema schema, Table table, DateTimeOffset asOf)
    {
        var facts = new ConstraintFacts(table, schema.Dialect());
        var names = table.Columns.Select(c => c.Name).ToList();
        foreach (var check in table.Checks)
            facts.Add(CheckFact.Of(schema.Dialect(), check.Name, check.Readable, names, -1).Knowing(table), schema, asOf);
        for (var c = 0; c < table.Columns.Count; c++)
            foreach (var domain in table.Columns[c].Type.Domains)
                foreach (var check in domain.Checks)
                    facts.Add(CheckFact.Of(schema.Dialect(), check.Name, check.Readable, names, c), schema, asOf);
        facts.ReadKeys(schema.Dialect(), names);
        for (var c = 0; c < table.Columns.Count; c++) facts.Domains[c] = DomainNarrowing.Within(facts.Domains[c], table.Columns[c].Type);
        facts.ChooseNetworks(schema, asOf);
        facts.ListConstants(schema, asOf);
        facts.HasPartition = PartitionFolding.Narrow(schema, table, facts.Domains);
        return facts;
    }

    // The parts of keys are computed for each row too.
    void ReadKeys(Dialect dialect, List<string> names)
    {
        foreach (var part in _table.AllKeys.SelectMany(k => k.Parts))
            if (part.Expression is { } text && ExpressionParser.TryParse(text, dialect, out var expression, out _, names))
                Shape(expression, name => _table.IndexOf(name));
    }

    void Shape(Expression expression, Func<string, int> find)
    {
        foreach (var (name, pattern) in CastTexts.Of(expression, n => find(n) is var c and >= 0 ? _table.Columns[c] : null))
            if (find(name) is var column and >= 0 && Domains[column] is { Pattern: null, Allowed.IsEmpty: true })
                Domains[column] = Domains[column] with { Pattern = pattern };
    }

    void ChooseNetworks(DatabaseSchema schema, DateTimeOffset asOf)
    {
        var context = new EvaluationContext(schema.Dialect(), asOf, _ => null);
        for (var c = 0; c < _table.Columns.Count; c++)
            if (Domains[c] is { Allowed.IsEmpty: true, Min: null, Max: null }
                && NetworkRanges.Of(_table.Columns[c].Type, [.. AloneOn(c).Select(f => f.Expression!)], context) is { } range)
                Domains[c] = Domains[c] with { Min = range.Min, Max = range.Max };
            else if (NetworkRanges.StepOf(_table.Columns[c].Type, [.. AloneOn(c).Select(f => f.Expression!)], context) is { } step)
                Domains[c] = Domains[c] with { Step = step };
    }

    // A column that the database computes from no other has one value.
    void ListConstants(DatabaseSchema schema, DateTimeOffset asOf)
    {
        var context = new EvaluationContext(schema.Dialect(), asOf, _ => null);
        for (var c = 0; c < _table.Columns.Count; c++)
            if (_table.Columns[c] is { IsComputed: true, GeneratedExpression: { } text } && Domains[c].Allowed.IsEmpty
                && ExpressionParser.TryParse(text, schema.Dialect(), out var expression, out _) && expression.ColumnNames().Count == 0
                && Evaluator.Evaluate(expression, _ => SqlValue.Null, context) is { IsEvaluable: true, IsNull: false } value)
                Domains[c] = Domains[c] with { Allowed = [value.ToString()] };
    }

    /// <summary>False for a partitioned table without a partition, which takes no row.</summary>
    public bool HasPartition { get; private set; } = true;

    /// <summary>A check that reads no column and is false, so that the table takes no row; null when there is none.</summary>
    public string? NeverTrue { get; private set; }

    /// <summary>Comparisons of two columns that every row must pass.</summary>
    public IEnumerable<(int Left, Comparison Operator, int Right)> Comparisons() =>
        _checks.SelectMany(c => c.Comparisons).Select(c => (_table.IndexOf(c.Left), c.Operator, _table.IndexOf(c.Right)))
            .Where(c => c.Item1 >= 0 && c.Item3 >= 0);

    /// <summary>The columns each check of the table itself reads.</summary>
    public IEnumerable<int[]> ColumnsOfChecks() =>
        _checks.Zip(_columns).Where(c => c.First is { Expression: not null, ValueColumn: < 0 })
            .Select(c => c.Second.Where(i => i >= 0).ToArray());

    /// <summary>Checks that read this column and no other.</summary>
    public IEnumerable<CheckFact> AloneOn(int column) =>
        _checks.Where((_, i) => _columns[i] is [var only] && only == column);

    void Add(CheckFact check, DatabaseSchema schema, DateTimeOffset asOf)
    {
        _checks.Add(check);
        _columns.Add(ColumnsOf(check));
        if (check.Expression is null) return;
        var context = new EvaluationContext(schema.Dialect(), asOf, name => Find(check, name) is var c and >= 0 ? _table.Columns[c] : null);
        if (check is { ValueColumn: < 0 } && check.Expression.ColumnNames().Count == 0
            && CompiledPredicate.Check(check.Expression, context, _ => -1).Test(ExpressionCompiler.NoRow.Instance) == Verdict.Fails)
            NeverTrue ??= check.Name;
        var solved = true;
        foreach (var conjunct in Conjuncts.OfCheck(check.Expression, context))
        {
            solved &= Apply(conjunct.Condition, check);
            check.Comparisons.AddRange(ComparisonsOf(conjunct.Condition));
        }
        check.IsByConstruction = solved;
        Shape(check.Expression, name => Find(check, name));
    }

    // A comparison in one arm binds all rows where the other arms leave one of its columns null.
    static IEnumerable<Condition.Compare> ComparisonsOf(Condition condition) => condition switch
    {
        Condition.Compare { Offset.IsNull: true } compare => [compare],
        Condition.AnyOf any => from arm in any.Arms
                               from compare in arm.OfType<Condition.Compare>()
                               where compare.Offset.IsNull
                               && any.Arms.All(a => a == arm
                               || a.Any(c => c is Condition.IsNull n && (n.Column == compare.Left || n.Column == compare.Right)))
                               select compare,
        _ => [],
    };

    bool Apply(Condition condition, CheckFact check)
    {
        switch (condition)
        {
            case Condition.NotNull c when Find(check, c.Column) is var column and >= 0: return NotNull.Add(column) || true;
            case Condition.IsNull c when Find(check, c.Column) is var column and >= 0: return AlwaysNull.Add(column) || true;
            case Condition.AnyOf any when ApplyArm(any, check): return true;
            case Condition.Iff or Condition.Implies or Condition.AllOrNoneNull when check.ValueColumn < 0:
                // The nulls follow by construction; the check is tried all the same, for a guard may be null itself.
                foreach (var rule in NullRules.Of(condition, _table)) Nulls.TryAdd(rule.Column, rule);
                return false;
            // Keys' values cannot be drawn again.
            case Condition.Normalised { Form: Expression.Call { Name: "lower" or "upper", Arguments: [_] } form } c when Find(check,
                c.Column) is var column && IsInKey(column) && _table.Columns[column].Type.Kind.IsText():
                Domains[column] = Domains[column] with { Case = form.Name == "lower" ? LetterCase.Lower : LetterCase.Upper };
                return false;
            default:
                var index = ColumnOf(condition) is { } name ? Find(check, name) : -1;
                if (condition is Condition.Pattern pattern && IsInKey(index))
                    DomainNarrowing.Spell(pattern, _table.Columns[index], ref Domains[index]);
                return index >= 0 && DomainNarrowing.Apply(condition, _table.Columns[index], ref Domains[index]);
        }
    }

    // Alternatives about one column alone: the first that narrows it wholly is taken, a mere constant last.
    bool ApplyArm(Condition.AnyOf any, CheckFact check)
    {
        var names = any.Arms.SelectMany(a => a).Select(ColumnOf).Distinct().ToList();
        if (names is not [{ } name] || Find(check, name) is not (var column and >= 0)) return false;
        foreach (var arm in any.Arms.OrderBy(a => a.Any(c => c is Condition.InSet { Negated: false, Values.Count: 1 })))
        {
            var domain = Domains[column];
            if (!arm.All(c => DomainNarrowing.Apply(c, _table.Columns[column], ref domain))) continue;
            Domains[column] = domain;
            return true;
        }
        if (IsInKey(column) && any.Arms.FirstOrDefault(a => a.All(c => c is Condition.Pattern { Negated: false })) is { IsEmpty: false } texts)
            foreach (var pattern in texts.OfType<Condition.Pattern>()) DomainNarrowing.Spell(pattern, _table.Columns[column], ref Domains[column]);
        return false;
    }

    bool IsInKey(int column) => column >= 0 && _table.AllKeys.Any(k => k.ColumnNames.Contains(_table.Columns[column].Name));

    static string? ColumnOf(Condition condition) => condition switch
    {
        Condition.InSet c => c.Column,
        Condition.Range c => c.Column,
        Condition.Length c => c.Column,
        Condition.Pattern c => c.Column,
        Condition.JsonShape c => c.Column,
        _ => null,
    };

    int[] ColumnsOf(CheckFact check) => [.. (check.Expression?.ColumnNames() ?? []).Select(n => Find(check, n)).Distinct()];

    int Find(CheckFact check, string name) =>
        check.ValueColumn >= 0 && name.Equals("VALUE", StringComparison.OrdinalIgnoreCase) ? check.ValueColumn : _table.IndexOf(name);

    /// <summary>Says what becomes of each check, once every column has its generator.</summary>
    public IReadOnlyList<CheckPlan> Plan(TableDraft draft)
    {
        var names = _table.Columns.Select(c => c.Name).ToList();
        var checks = _checks.Select(c => Plan(draft, c)).ToList();
        // A search meets the keys itself.
        var avoided = draft.Avoided.Where(k => !draft.IsSearched || draft.Arrangement?.Keys.Contains(k) != true);
        var partial = avoided.Select(k => (Key: k, Plan: Plan(draft, CheckFact.Of(_dialect, k.Name, $"({k.Predicate}) IS NOT TRUE", names, -1))))
            .ToList();
        var redrawn = checks.Concat(partial.Select(p => p.Plan)).Where(c => c.Treatment == CheckTreatment.Redrawn).ToList();
        return [.. checks,
            .. partial.Select(p => p.Plan with { FirstOf = PartialKeys.FirstOf(draft, p.Key, redrawn),
            Reason = "the first row of each combination may be in the key, others are drawn to stay outside" })];
    }

    CheckPlan Plan(TableDraft draft, CheckFact check)
    {
        var plan = new CheckPlan
        {
            Name = check.Name,
            Text = check.Text,
            Expression = check.Expression,
            ValueColumn = check.ValueColumn,
            Treatment = CheckTreatment.Unread,
            Reason = check.Reason,
        };
        if (check.Expression is null) return plan;
        var used = ColumnsOf(check).Where(c => c >= 0).ToList();
        if (check.IsByConstruction && used.All(c => draft.Owners[c] is null && draft.Generators[c] is not (FunctionSpec or CaseSpec)))
            return plan with { Treatment = CheckTreatment.ByConstruction, Reason = "narrows the column's values" };
        var references = used.Select(c => draft.Owners[c]).OfType<ReferenceDraft>().Distinct()
            .Where(r => MayRedraw(r) && !r.Columns.Any(c => IsReferredByItself(draft, c))).Select(r => r.Index).Order().ToList();
        var columns = used.Where(c => MayRedraw(draft, c)).Order().ToList();
        return columns.Count + references.Count == 0
            ? plan with { Treatment = CheckTreatment.Watched, Reason = "its columns are decided by keys" }
            : plan with
            {
                Treatment = CheckTreatment.Redrawn,
                Reason = "rows it refuses are drawn again",
                Columns = columns.ToEquatableArray(),
                References = references.ToEquatableArray(),
                Orders = check.Comparisons.Select(c => Order(c, columns)).OfType<OrderedPair>().ToEquatableArray(),
            };
    }

    // Whole numbers of the same scale, both free to be drawn again.
    OrderedPair? Order(Condition.Compare compare, List<int> columns)
    {
        var isLess = compare.Operator is Comparison.Less or Comparison.LessOrEqual;
        if (!isLess && compare.Operator is not (Comparison.Greater or Comparison.GreaterOrEqual)) return null;
        var (low, high) = (_table.IndexOf(isLess ? compare.Left : compare.Right), _table.IndexOf(isLess ? compare.Right : compare.Left));
        if (low < 0 || !columns.Contains(low) || !columns.Contains(high) || Domains[low].Allowed.Count > 0) return null;
        var (from, to) = (_table.Columns[low].Type, _table.Columns[high].Type);
        if (from.Lane != Lane.Int64 || to.Lane != Lane.Int64 || !from.Kind.IsNumeric() || !to.Kind.IsNumeric() || from.ScaleOf() != to.ScaleOf())
            return null;
        return new OrderedPair(low, high, Domains[low].Min ?? 0, compare.Operator is Comparison.Less or Comparison.Greater);
    }

    // What keys decide keeps its value in every draw; if it may be null, that can be drawn again.
    static bool MayRedraw(TableDraft draft, int column) => draft.Owners[column] is null && !IsReferredByItself(draft, column)
        && draft.Generators[column] is not (SerialSpec or OrdinalSpec or OmittedSpec or ReferenceColumnSpec or CopiedSpec or AllNullSpec or ArrangedSpec)
        && ((draft.Generators[column] is not IndexedSpec && !draft.Unique.Contains(column)) || MayBeNull(draft, column));

    // A row that is its own parent would be drawn again for itself without end.
    static bool IsReferredByItself(TableDraft draft, int column) =>
        draft.References.Exists(r => r.IsSelf && r.IsUsable && r.PrincipalColumns.Contains(column));

    static bool MayBeNull(TableDraft draft, int column) => draft.Table.Columns[column].IsNullable && !draft.Referred.Contains(column)
        && !draft.Table.AllKeys.Any(k => (k.IsPrimary || k.NullsNotDistinct) && k.ColumnNames.Contains(draft.Table.Columns[column].Name));

    static bool MayRedraw(ReferenceDraft reference) =>
        reference.IsUsable
            && (reference.Mechanism is ConcentratedReference
            || (!reference.IsRequired && reference.Mechanism is not (ImpliedReference or ArrangedReference)));
}

/// <summary>A check as it was read.</summary>
/// <param name="ValueColumn">The column that VALUE stands for in a domain's check; else -1.</param>
/// <param name="Expression">Null when it could not be read; the reason says why.</param>
sealed record CheckFact(string Name, string Text, int ValueColumn, Expression? Expression, string Reason)
{
    /// <summary>The columns' narrowed values meet it.</summary>
    public bool IsByConstruction { get; set; }

    /// <summary>Its comparisons between two columns.</summary>
    public List<Condition.Compare> Comparisons { get; } = [];

    public static CheckFact Of(Dialect dialect, string name, string text, IReadOnlyCollection<string> columns, int valueColumn) =>
        ExpressionParser.TryParse(text, dialect, out var expression, out var reason, valueColumn >= 0 ? null : columns)
            ? new CheckFact(name, text, valueColumn, expression, "")
            : new CheckFact(name, text, valueColumn, null, $"it cannot be read: {reason}");

    /// <summary>The same where columns that must have a value are known to have one.</summary>
    public CheckFact Knowing(Table table) => Expression is null ? this : this with { Expression = WithValues(Expression, table) };

    static Expression WithValues(Expression expression, Table table) =>
        expression is Expression.Is { Operand: Expression.Column { Name: var name }, Test: IsTest.Null, Negated: var negated }
            && table.IndexOf(name) is >= 0 and var column && !table.Columns[column].IsNullable
        ? negated ? Expression.Constant.True : Expression.Constant.False
        : expression.Map(part => WithValues(part, table));
}
