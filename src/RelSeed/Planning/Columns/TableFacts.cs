using RelSeed.Expressions;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>What is known of a table's columns before any decision: meaning, and the values its constraints leave.</summary>
sealed class TableFacts
{
    readonly DatabaseSchema _schema;
    readonly PlanOptions _options;
    readonly ColumnMeaning[] _meanings;
    readonly Dictionary<(int Column, bool CaseInsensitive), DomainSpec?> _domains = [];

    public TableFacts(DatabaseSchema schema, Table table, PlanOptions options, RuledTable rules)
    {
        (_schema, Table, _options) = (schema, table, options);
        Constraints = ConstraintFacts.Of(schema, table, options.AsOf);
        _meanings = [.. table.Columns.Select(c => ListedThings.Refine(schema, table, Meanings.Of(table, c)))];
        Rules = rules;
        Ruled = new ColumnRulePlanner(table, rules,
            (column, meaning, rows) =>
            ValuePlanner.Plan(Request(column, rows, isCaseInsensitive: false) is var request && meaning is null ? request
                : request with { Meaning = meaning! }));
        Ruled.Narrow(Constraints.Domains, _meanings);
    }

    public Table Table { get; }
    public ConstraintFacts Constraints { get; }

    /// <summary>What the user rules of the table.</summary>
    public RuledTable Rules { get; }

    public ColumnRulePlanner Ruled { get; }

    /// <summary>Groups the rows and sets the columns as rules say.</summary>
    /// <param name="isCounted">The number of rows is told.</param>
    public void PrepareRules(TableDraft draft, ReferencePlanner references, bool isCounted)
    {
        new ChildCounts(Rules, references, _options, isCounted).Prepare(draft);
        Ruled.SetComputed(draft);
    }

    /// <summary>Gives references what rules say of their nulls, and looks whether keys have left the groups as they are ruled.</summary>
    public void FinishRules(TableDraft draft)
    {
        RuledNulls.Apply(draft, Rules);
        ChildCounts.Finish(draft);
    }

    public Meaning MeaningOf(int column) => _meanings[column].Kind;

    /// <summary>Tells the draft which integer columns may be numbered row by row.</summary>
    public void Prepare(TableDraft draft)
    {
        if (_options.Learned.GetValueOrDefault(Table.Name)?.LeftEmpty is { } reason) draft.Limit(0, reason);
        if (Table.Rules.FirstOrDefault(TakesNoRow) is { } rule) draft.Limit(0, $"its rule {rule.Name} does nothing instead of an insert");
        draft.NotNull.UnionWith(Constraints.NotNull);
        foreach (var (left, comparison, right) in Constraints.Comparisons())
            (comparison switch { Comparison.Equal => draft.Equal, Comparison.NotEqual => draft.Different, _ => null })?.Add((left, right));
        if (!Table.Rights.HasFlag(TableRights.Insert)) draft.Limit(0, "this user cannot insert into it");
        if (Table.Columns.FirstOrDefault(c =>
            c is { IsNullable: false, Default: null, Type: { Kind: TypeKind.Enum, Labels.IsEmpty: true } }) is { } none)
            draft.Limit(0, $"its column {none.Name} must not be NULL, and {none.Type.Name} has no labels");
        if (Constraints.NeverTrue is { } check) draft.Limit(0, $"its check {check} holds for no row");
        if (!Constraints.HasPartition) draft.Limit(0, "it is partitioned and has no partition yet; --create-partitions makes one");
        for (var c = 0; c < Table.Columns.Count; c++)
        {
            if (Constraints.Domains[c].Allowed.Count > 0 || Range(Table.Columns[c].Type) is not { } range) continue;
            draft.Serials[c] =
                (Math.Max(range.Min, Constraints.Domains[c].Min ?? range.Min), Math.Min(range.Max, Constraints.Domains[c].Max ?? range.Max));
        }
    }

    static bool TakesNoRow(RewriteRule rule)
    {
        var words = rule.Definition.TrimEnd(';', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return rule is { Event: "INSERT", IsInstead: true } && words is [.., "DO", "INSTEAD", "NOTHING"] && !words.Contains("WHERE");
    }

    /// <summary>Tells the draft, once references own their columns, which checks tie references together or leave only some values of one.</summary>
    public void PrepareTies(TableDraft draft)
    {
        draft.Related.UnionWith(Constraints.ColumnsOfChecks().Where(c => c.Length > 1).SelectMany(c => c));
        draft.Ties.AddRange(Constraints.ColumnsOfChecks().Where(c => c.All(i => draft.Owners[i] is not null)
            && (c.Select(i => draft.Owners[i]).Distinct().Count() > 1 || (c is [var only] && Constraints.Domains[only].Allowed.Count > 0))));
    }

    static (long Min, long Max)? Range(ColumnType type) => type.Kind switch
    {
        TypeKind.Int16 => (short.MinValue, short.MaxValue),
        TypeKind.Int32 => (int.MinValue, int.MaxValue),
        TypeKind.Int64 => (long.MinValue / 2, long.MaxValue / 2),
        TypeKind.Decimal when type.ScaleOf() == 0 => (-PowerOfTen(type.Precision), PowerOfTen(type.Precision)),
        _ => null,
    };

    static long PowerOfTen(int? digits)
    {
        long power = 1;
        for (var i = 0; i < Math.Min(digits ?? 18, 18); i++) power *= 10;
        return power - 1;
    }

    readonly Dictionary<int, (Slice Slice, TableFacts Owner, long Rows)> _slices = [];

    /// <summary>Tells which columns take only a part of a domain.</summary>
    public void Slice(
        IReadOnlyDictionary<(TableName Table, int Column), Slice> slices, IReadOnlyDictionary<TableName, TableFacts> all,
        IReadOnlyDictionary<TableName, (long Rows, string Reason)> counts)
    {
        for (var c = 0; c < Table.Columns.Count; c++)
        {
            if (!slices.TryGetValue((Table.Name, c), out var slice) || !all.TryGetValue(slice.Owner, out var owner)) continue;
            // All must read the same domain, whatever each of them needs.
            var most = slices.Where(s => s.Value.Owner == slice.Owner && s.Value.OwnerColumn == slice.OwnerColumn)
                .Max(s => counts.TryGetValue(s.Key.Table, out var count) ? count.Rows : 0);
            _slices[c] = (slice, owner, most);
        }
    }

    /// <summary>Distinct values for a column, at least so many where there are, beside those of the rows that stand in the table.</summary>
    public DomainSpec? UniqueDomain(TableDraft draft, int column, long needed)
    {
        var requested = draft.Requested + draft.ExistingRows;
        needed += draft.ExistingRows;
        // As many as there may be: they are not chosen.
        if (Ruled.IsComputed(column)) return new IntegerDomain(0, long.MaxValue - 1);
        if (!_slices.TryGetValue(column, out var part) || !part.Owner.HasSameValues(part.Slice.OwnerColumn, this, column))
            return OwnDomain(requested, column, needed);
        var rows = part.Rows * part.Slice.Count;
        // UUIDs of different columns differ anyway.
        return part.Owner.OwnDomain(rows, part.Slice.OwnerColumn, rows) is not { } shared ? null : shared is UuidDomain
            ? OwnDomain(requested, column, needed)
            : new SlicedDomain(shared, part.Slice.Count, part.Slice.Place, part.Slice.Owner, part.Owner.Table.Columns[part.Slice.OwnerColumn].Name);
    }

    bool HasSameValues(int column, TableFacts other, int otherColumn) =>
        Constraints.Domains[column] == other.Constraints.Domains[otherColumn]
            && Table.Columns[column].Type.Kind == other.Table.Columns[otherColumn].Type.Kind;

    DomainSpec? OwnDomain(long requested, int column, long needed)
    {
        var isCaseInsensitive = Table.AllKeys.Any(k => k.Parts.Any(p => (p.Column == Table.Columns[column].Name && p.IsCaseInsensitive)
            || p.Expression?.Contains(Table.Columns[column].Name, StringComparison.Ordinal) == true)) || Table.Columns[column].IsCaseInsensitive;
        if (_domains.TryGetValue((column, isCaseInsensitive), out var known) && (known is null || known.Size >= needed)) return known;
        var domain = ValuePlanner.UniqueDomain(Request(column, requested, isCaseInsensitive), Math.Max(needed, requested));
        return _domains[(column, isCaseInsensitive)] = domain;
    }

    /// <summary>Values for a column that nothing else decides; null when the type is one nobody can fill.</summary>
    public ValuePlan? Values(int column, long rows) => ValuePlanner.Plan(Request(column, rows, isCaseInsensitive: false));

    /// <summary>So many different texts of the column's meaning; null where there are fewer words.</summary>
    public TextDomain? Words(int column, long rows) => Constraints.Domains[column] is { Allowed.IsEmpty: true, Included.IsEmpty: true, Excluded.IsEmpty: true }
        ? TextPlanner.Words(Request(column, rows, isCaseInsensitive: false), _meanings[column], rows) : null;

    /// <summary>What the database computes for a column; null when that cannot be read.</summary>
    public Expression? Computed(int column) => Table.Columns[column].GeneratedExpression is { } text
        && ExpressionParser.TryParse(text, _schema.Dialect(), out var expression, out _, [.. Table.Columns.Select(c => c.Name)]) ? expression : null;

    ValueRequest Request(int column, long rows, bool isCaseInsensitive)
    {
        var learned = Table.Columns[column].Type.Kind.IsText() && _options.Profile?.Find(Table.Name) is { } profile
            ? LearnedText.Of(profile.Columns.FirstOrDefault(c => c.Name == Table.Columns[column].Name)) : null;
        return new()
        {
            Table = Table,
            Column = Table.Columns[column],
            Meaning = learned?.Narrow(_meanings[column]) ?? _meanings[column],
            Rows = rows,
            Locale = _options.Locale,
            AsOf = _options.AsOf,
            Domain = Constraints.Domains[column] with { CaseInsensitive = isCaseInsensitive },
            Learned = learned,
            Filter = TextFilter.Of(Table.Columns[column], Constraints.AloneOn(column), _schema.Dialect(), _options.AsOf),
        };
    }
}
