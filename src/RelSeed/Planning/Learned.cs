using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>What is known of a table beyond its catalog: learned from rows that the database refused.</summary>
public sealed record LearnedTable
{
    /// <summary>Why the table gets no rows; null when it does.</summary>
    public string? LeftEmpty { get; init; }

    /// <summary>Conditions on its rows, as if they were checks of the table.</summary>
    public EquatableArray<CheckConstraint> Checks { get; init; } = [];

    /// <summary>Conditions on the parents that its rows may take.</summary>
    public EquatableArray<ParentCondition> Parents { get; init; } = [];

    /// <summary>Columns that must equal a column of a parent, as if they were part of the foreign key.</summary>
    public EquatableArray<ParentAgreement> Agreements { get; init; } = [];

    /// <summary>Columns that take their values from another table, as if by a foreign key; the name says what wants it.</summary>
    public EquatableArray<ForeignKey> References { get; init; } = [];

    /// <summary>Tables that must be written after it, where foreign keys allow.</summary>
    public EquatableArray<TableName> Before { get; init; } = [];

    /// <summary>Both together; what is new is added once.</summary>
    public LearnedTable With(LearnedTable more) => new()
    {
        LeftEmpty = LeftEmpty ?? more.LeftEmpty,
        Checks = [.. Checks.Union(more.Checks)],
        Parents = [.. Parents.Union(more.Parents)],
        Agreements = [.. Agreements.Union(more.Agreements)],
        References = [.. References.Union(more.References)],
        Before = [.. Before.Union(more.Before)],
    };
}

/// <summary>Takes only parents whose own columns do not fail a condition.</summary>
/// <param name="Key">Name of the foreign key.</param>
/// <param name="Expression">The condition on the parent's columns, in the database's dialect.</param>
/// <param name="Reason">What wants it, for a person.</param>
public sealed record ParentCondition(string Key, string Expression, string Reason);

/// <param name="Key">Name of the foreign key that leads to the parent.</param>
/// <param name="Reason">What wants it, for a person.</param>
public sealed record ParentAgreement(string Key, string Column, string PrincipalColumn, string Reason);

/// <summary>Applies what was learned to a plan's tables.</summary>
static class LearnedFacts
{
    public static Table Apply(Table table, PlanOptions options) => options.Learned.TryGetValue(table.Name, out var learned)
        ? table with { Checks = [.. table.Checks, .. learned.Checks], ForeignKeys = [.. table.ForeignKeys.Select(k => Widen(k, learned)), .. learned.References] }
        : table;

    static ForeignKey Widen(ForeignKey key, LearnedTable learned)
    {
        foreach (var pair in learned.Agreements.Where(a => a.Key == key.Name && !key.Columns.Contains(a.Column)))
            key = key with { Columns = [.. key.Columns, pair.Column], PrincipalColumns = [.. key.PrincipalColumns, pair.PrincipalColumn] };
        return key;
    }

    /// <summary>What binds rows beyond the catalog, for a person.</summary>
    public static IEnumerable<string> Describe(DatabaseSchema schema, IEnumerable<TableName> tables, PlanOptions options)
    {
        foreach (var (table, learned) in tables.Where(options.Learned.ContainsKey).Select(t => (t, options.Learned[t])))
        {
            foreach (var check in learned.Checks) yield return $"Rows of {schema.ShortName(table)} are made with {check.Expression} ({check.Name}).";
            foreach (var parent in learned.Parents) yield return $"Rows of {schema.ShortName(table)} take only parents with {parent.Expression} by {parent.Key} ({parent.Reason}).";
            foreach (var pair in learned.Agreements) yield return $"Rows of {schema.ShortName(table)} have the {pair.PrincipalColumn} of their parent by {pair.Key} as {pair.Column} ({pair.Reason}).";
            foreach (var key in learned.References) yield return $"Rows of {schema.ShortName(table)} take {string.Join(", ", key.Columns)} from {schema.ShortName(key.Principal)} ({key.Name}).";
            if (!learned.Before.IsEmpty) yield return $"{schema.ShortName(table)} is written before {string.Join(", ", learned.Before.Select(schema.ShortName))}, which its triggers look at.";
        }
    }

    public static PlanOptions Add(PlanOptions options, TableName table, LearnedTable more)
    {
        var all = options.Learned.ToDictionary();
        all[table] = all.TryGetValue(table, out var known) ? known.With(more) : more;
        return options with { Learned = all };
    }
}
