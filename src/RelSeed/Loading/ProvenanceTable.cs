using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>A table beside the others that tells which rows were made: by table and key, with the seed and the time. It is known by its columns,
/// whatever its name, and is never filled, learned or verified itself.</summary>
public static class ProvenanceTable
{
    /// <summary>Its columns in their order; the first three are its primary key.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["table_schema", "table_name", "row_key", "seed", "made_at"];

    public static bool Is(Table table) => table.ForeignKeys.IsEmpty && table.Columns.Select(c => c.Name).SequenceEqual(Columns);

    /// <summary>The schema without such tables.</summary>
    public static DatabaseSchema Hide(DatabaseSchema schema) =>
        schema.Tables.Any(Is) ? schema with { Tables = schema.Tables.Where(t => !Is(t)).ToEquatableArray() } : schema;

    /// <param name="name"><c>table</c> or, where there are schemas, <c>schema.table</c>.</param>
    public static TableName NameOf(DatabaseSchema schema, string name) =>
        schema.Provider != "sqlite" && name.IndexOf('.') is > 0 and var dot
            ? new TableName(name[..dot], name[(dot + 1)..]) : new TableName(schema.DefaultSchema, name);

    /// <exception cref="UsageException">RS1315: a table of another shape has the name.</exception>
    public static void Require(DatabaseSchema schema, string? name)
    {
        // One of the right shape is hidden.
        if (name is null || schema.Tables.FirstOrDefault(t => t.Name == NameOf(schema, name)) is not { } other) return;
        throw new UsageException("RS1315",
            $"{other.Name} cannot take the marks of made rows: it has the columns {string.Join(", ", other.Columns.Select(c => c.Name).Take(8))}"
            + $"{(other.Columns.Count > 8 ? ", …" : "")}, not {string.Join(", ", Columns)}. Give --provenance a name that is free.");
    }

    /// <summary>The columns that tell a table's rows apart; null when none do.</summary>
    public static IReadOnlyList<string>? KeyOf(Table table) =>
        table.AllKeys.FirstOrDefault(k => k.IsPlain && k.ColumnNames.All(c => !table[c].IsNullable))?.ColumnNames.ToList();

    /// <summary>What the user is told after the load.</summary>
    /// <param name="unmarked">Tables whose rows no key tells apart.</param>
    public static IEnumerable<string> Notes(TableName table, long rows, IReadOnlyList<TableName> unmarked)
    {
        yield return FormattableString.Invariant($"{rows:N0} made rows are marked in {table}.");
        if (unmarked.Count > 0)
            yield return $"Rows of {string.Join(", ", unmarked)} are not marked in {table}: no key without NULL tells them apart.";
    }
}
