using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>Puts what a model says of a table on the table.</summary>
sealed class TableEnricher(ModelTables tables)
{
    readonly InheritanceFacts _inheritance = new(tables);
    readonly ReferenceFacts _references = new(tables);

    public Table Enrich(Table table, ITable mapped)
    {
        var documents = JsonShapes.Of(mapped);
        var columns = table.Columns.Select(c => mapped.FindColumn(c.Name) is { } column ? Bound(Enrich(c, column, documents), column) : c)
            .ToEquatableArray();
        return _references.Add(table with { Columns = _inheritance.Slice(columns, mapped) }, mapped);
    }

    // What the model reads as present must be there.
    static Column Bound(Column column, IColumn mapped) => column with { IsNullable = column.IsNullable && mapped.IsNullable };

    Column Enrich(Column column, IColumn mapped, Dictionary<string, JsonDocument> documents)
    {
        if (documents.TryGetValue(column.Name, out var document))
            return column with
            {
                Type = column.Type.Kind == TypeKind.Json ? column.Type : column.Type with { Kind = TypeKind.Json },
                Model = new ColumnModel { Property = document.Property, Json = document.Shape, Scope = RowScopes.OfDocument(document, mapped.Table) },
            };
        if (mapped.PropertyMappings.FirstOrDefault(m => m.TableMapping.TypeBase == m.Property.DeclaringType) is not { } mapping)
            mapping = (mapped.PropertyMappings is [var first, ..] ? first : null);
        if (mapping is null) return column;
        var facts = ColumnFacts.Of(column, mapping, tables);
        return facts with { Model = facts.Model! with { Scope = RowScopes.Of(mapped) } };
    }
}
