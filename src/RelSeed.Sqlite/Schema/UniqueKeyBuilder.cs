using RelSeed.Schema;
using RelSeed.Sqlite.Schema.CreateText;
using RelSeed.Sqlite.Schema.Queries;

namespace RelSeed.Sqlite.Schema;

/// <summary>Makes a table's keys of its unique indexes.</summary>
sealed class UniqueKeyBuilder(CreateTableText text, ExpressionText expressions, ConstraintNames names, IReadOnlyDictionary<string, Column> columns)
{
    /// <param name="keyColumns">The primary key's columns; none when the table has no key.</param>
    /// <param name="parts">Parts of the index behind it; none for the row id, which needs no index.</param>
    public UniqueKey? BuildPrimary(IReadOnlyList<string> keyColumns, IReadOnlyList<IndexPartRow> parts) =>
        keyColumns.Count == 0 ? null : new UniqueKey
        {
            Name = names.Choose(text.PrimaryKeyName, [], "pkey"),
            Parts = (parts.Count > 0 ? parts.Select(p => PartOf(p, expression: null)) : keyColumns.Select(c => new KeyPart(c))).ToEquatableArray(),
            IsPrimary = true,
            IsConstraint = true,
        };

    public UniqueKey Build(IReadOnlyList<IndexPartRow> parts) =>
        parts[0].CreateText is { } created ? BuildIndex(parts, CreateIndexParser.Parse(created)) : BuildConstraint(parts);

    UniqueKey BuildConstraint(IReadOnlyList<IndexPartRow> parts)
    {
        var columnNames = parts.Select(p => p.Column!).ToList();
        var written = text.Uniques.Find(u => u.Columns.SequenceEqual(columnNames, SqlName.Comparer));
        return new UniqueKey
        {
            Name = names.Choose(written?.Name, columnNames, "key"),
            Parts = parts.Select(p => PartOf(p, expression: null)).ToEquatableArray(),
            IsConstraint = true,
        };
    }

    UniqueKey BuildIndex(IReadOnlyList<IndexPartRow> parts, CreateIndexText written) => new()
    {
        Name = parts[0].Index,
        Parts = parts.Select((part, i) => PartOf(part, written.Parts.ElementAtOrDefault(i))).ToEquatableArray(),
        Predicate = written.Predicate is null ? null : expressions.Print(written.Predicate),
    };

    KeyPart PartOf(IndexPartRow part, SqlTokens? expression)
    {
        var own = part.Column is null ? null : columns[part.Column].Collation;
        var differs = !SqlName.Comparer.Equals(part.Collation, own ?? "BINARY");
        return new KeyPart(
            part.Column,
            part.Column is null ? expressions.Print(expression ?? new SqlTokens("")) : null,
            differs ? part.Collation : null,
            Collations.IsCaseInsensitive(part.Collation));
    }
}
