using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>What the checks and domains of a table leave of its columns' values, and what becomes of each check.</summary>
sealed class ConstraintFacts
{
    readonly List<CheckFact> _checks = [];

    ConstraintFacts(Table table)
    {
        Domains = [.. table.Columns.Select(c => new ValueDomain { MaxLength = c.Type.Kind.IsText() ? c.Type.Length : null })];
    }

    /// <summary>By column: the values left.</summary>
    public ValueDomain[] Domains { get; }

    public static ConstraintFacts Of(DatabaseSchema schema, Table table, DateTimeOffset asOf)
    {
        var facts = new ConstraintFacts(table);
        var columns = table.Columns.Select(c => c.Name).ToList();
        foreach (var check in table.Checks) facts._checks.Add(CheckFact.Of(schema.Dialect(), check.Name, check.Expression, columns, -1));
        for (var c = 0; c < table.Columns.Count; c++)
            foreach (var domain in table.Columns[c].Type.Domains)
                foreach (var check in domain.Checks)
                    facts._checks.Add(CheckFact.Of(schema.Dialect(), check.Name, check.Expression, columns, c));
        return facts;
    }

    public void ApplyNulls(TableDraft draft)
    {
    }

    /// <summary>Says what becomes of each check, once every column has its generator.</summary>
    public IEnumerable<CheckPlan> Plan(TableDraft draft) => _checks.Select(c => Plan(draft, c));

    static CheckPlan Plan(TableDraft draft, CheckFact check)
    {
        var plan = new CheckPlan
        {
            Name = check.Name, Text = check.Text, Expression = check.Expression, ValueColumn = check.ValueColumn,
            Treatment = CheckTreatment.Unread, Reason = check.Reason,
        };
        if (check.Expression is null) return plan;
        if (check.IsByConstruction) return plan with { Treatment = CheckTreatment.ByConstruction, Reason = "narrows the column's values" };
        var used = check.Expression.ColumnNames().Select(n => check.ValueColumn >= 0 && n.Equals("VALUE", StringComparison.OrdinalIgnoreCase) ? check.ValueColumn : draft.Table.IndexOf(n))
            .Where(c => c >= 0).Distinct().ToList();
        var references = used.Select(c => draft.Owners[c]).OfType<ReferenceDraft>().Distinct().Where(r => r.Mechanism is ConcentratedReference).Select(r => r.Index).Order().ToList();
        var columns = used.Where(c => MayRedraw(draft, c)).Order().ToList();
        return columns.Count + references.Count == 0
            ? plan with { Treatment = CheckTreatment.Watched, Reason = "its columns are decided by keys" }
            : plan with
            {
                Treatment = CheckTreatment.Redrawn, Reason = "rows it refuses are drawn again",
                Columns = columns.ToEquatableArray(), References = references.ToEquatableArray(),
            };
    }

    static bool MayRedraw(TableDraft draft, int column) => draft.Owners[column] is null && !draft.Unique.Contains(column)
        && draft.Generators[column] is not (SerialSpec or OrdinalSpec or IndexedSpec or OmittedSpec or ReferenceColumnSpec);
}

/// <summary>A check as it was read.</summary>
/// <param name="ValueColumn">The column that VALUE stands for in a domain's check; else -1.</param>
/// <param name="Expression">Null when it could not be read; the reason says why.</param>
sealed record CheckFact(string Name, string Text, int ValueColumn, Expression? Expression, string Reason)
{
    /// <summary>The columns' narrowed values meet it.</summary>
    public bool IsByConstruction { get; set; }

    public static CheckFact Of(Dialect dialect, string name, string text, IReadOnlyCollection<string> columns, int valueColumn) =>
        ExpressionParser.TryParse(text, dialect, out var expression, out var reason, valueColumn >= 0 ? null : columns)
            ? new CheckFact(name, text, valueColumn, expression, "")
            : new CheckFact(name, text, valueColumn, null, $"it cannot be read: {reason}");
}
