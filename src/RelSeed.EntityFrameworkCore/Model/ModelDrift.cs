using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>Where a database and a model differ: what one has and the other lacks, and columns that are not alike.</summary>
static class ModelDrift
{
    public static IEnumerable<string> Between(ModelTables tables)
    {
        foreach (var mapped in tables.Mapped.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            if (tables.Find(mapped) is not { } table)
                yield return $"The model's table {tables.Schema.ShortName(tables.NameOf(mapped))} is not in the database. Migrate the database, or create the table.";
            else
                foreach (var difference in Between(tables.Schema.ShortName(table.Name), table, mapped)) yield return difference;
        }
        foreach (var table in tables.Uncovered())
            yield return $"The database's table {tables.Schema.ShortName(table.Name)} is not in the model; it is left out.";
    }

    static IEnumerable<string> Between(string name, Table table, ITable mapped)
    {
        foreach (var column in mapped.Columns)
        {
            if (table.IndexOf(column.Name) < 0) yield return $"The model's column {name}.{column.Name} is not in the database. Migrate the database.";
            else
                foreach (var difference in Between(name, table[column.Name], column)) yield return difference;
        }
        foreach (var column in table.Columns.Where(c => mapped.FindColumn(c.Name) is null))
            yield return $"The database's column {name}.{column.Name} is not in the model; it is filled as its type and name suggest.";
    }

    static IEnumerable<string> Between(string table, Column column, IColumn mapped)
    {
        // A key that SQLite numbers may be null by its declaration alone.
        if (column.IsNullable != mapped.IsNullable && column is { Identity: IdentityKind.None, IsComputed: false }
            && mapped.Table is ITable { PrimaryKey: var key } && key?.Columns.Contains(mapped) != true)
            yield return $"The column {table}.{column.Name} may {(column.IsNullable ? "" : "not ")}be NULL in the database, but {(mapped.IsNullable ? "" : "not ")}in the model; {(column.IsNullable ? "the model" : "the database")} binds.";
        if (!Simplified(column.Type.Name).Equals(Simplified(mapped.StoreType), StringComparison.OrdinalIgnoreCase))
            yield return $"The column {table}.{column.Name} is of type {column.Type.Name} in the database, but of type {mapped.StoreType} in the model.";
    }

    static string Simplified(string type) => type.Replace("\"", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal) is var text
        && text.LastIndexOf('.') is var dot and >= 0 && !text.Contains('(') ? text[(dot + 1)..] : text.Split('.')[^1];
}
