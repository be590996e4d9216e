using RelSeed.Schema;
using RelSeed.Sqlite.Schema.CreateText;
using RelSeed.Sqlite.Schema.Queries;

namespace RelSeed.Sqlite.Schema;

/// <summary>Makes a table's columns of what the catalog and the CREATE text tell about them.</summary>
sealed class ColumnBuilder(CreateTableText text, ExpressionText expressions, string? rowIdAlias)
{
    const int HiddenVirtual = 2;
    const int HiddenStored = 3;

    public Column Build(ColumnRow row)
    {
        var written = text.Columns.Find(c => SqlName.Comparer.Equals(c.Name, row.Name));
        var isRowId = row.Name == rowIdAlias;
        var generated = GeneratedKindOf(row.Hidden);
        return new Column
        {
            Name = row.Name,
            Type = SqliteTypeMap.Map(row.Type),
            // Rows whose key is NULL are legal in some tables of SQLite, and wanted in none.
            IsNullable = !row.IsNotNull && row.KeyOrdinal == 0,
            Default = row.Default is { } value && !value.Equals("NULL", StringComparison.OrdinalIgnoreCase) ? value : null,
            Identity = isRowId ? IdentityKind.ByDefault : IdentityKind.None,
            Sequence = isRowId && text.IsAutoIncrement ? new SequenceInfo(new(SqliteSchemaReader.MainSchema, row.Table), 1, 1, IsOwned: true) : null,
            Generated = generated,
            GeneratedExpression = generated != GeneratedKind.None && written?.Generated is { } expression ? expressions.Print(expression) : null,
            Collation = Collations.IsBinary(written?.Collation) ? null : written!.Collation,
            IsCaseInsensitive = Collations.IsCaseInsensitive(written?.Collation),
        };
    }

    static GeneratedKind GeneratedKindOf(int hidden) => hidden switch
    {
        HiddenVirtual => GeneratedKind.Virtual,
        HiddenStored => GeneratedKind.Stored,
        _ => GeneratedKind.None,
    };
}

/// <summary>SQLite's built-in collations.</summary>
static class Collations
{
    public static bool IsBinary(string? name) => name is null || name.Equals("BINARY", StringComparison.OrdinalIgnoreCase);
    public static bool IsCaseInsensitive(string? name) => name is not null && name.Equals("NOCASE", StringComparison.OrdinalIgnoreCase);
}
