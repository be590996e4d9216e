using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>Tells which rows of a table a column belongs to: those of a subtype, or those in which an optional part of the entity is there.</summary>
sealed class RowScopes
{
    /// <summary>The rows in which a part of the entity is there; null for all.</summary>
    sealed record Rows(string Guard, EquatableArray<string> Values);

    /// <summary>Null when the column belongs to all rows, or to none in particular.</summary>
    public ColumnScope? Of(IColumn column)
    {
        var table = (ITable)column.Table;
        var scopes = column.PropertyMappings.Where(m => m.TableMapping.TypeBase == m.Property.DeclaringType || IsOwnMapping(m)).Select(m => Of(table, m.Property)).ToList();
        if (scopes.Count == 0 || scopes.Contains(null)) return null;
        var guard = scopes[0]!.Guard;
        var alike = scopes.Where(s => s!.Guard == guard).ToList();
        return new ColumnScope(guard, alike.SelectMany(s => s!.Values).Distinct().ToEquatableArray(), alike.TrueForAll(s => s!.IsRequired));
    }

    // A property of a type without a mapping of its own stands in its subtypes' tables.
    static bool IsOwnMapping(IColumnMapping mapping) => mapping.Property.DeclaringType is IEntityType declaring && !declaring.GetTableMappings().Any(m => m.Table == mapping.Column.Table);

    public ColumnScope? OfDocument(JsonDocument document, ITableBase table) =>
        Inside(document.Holder, (ITable)table) is { } rows ? new ColumnScope(rows.Guard, rows.Values, document.IsRequired) : null;

    ColumnScope? Of(ITable table, IProperty property)
    {
        var type = property.DeclaringType;
        var isGuard = GuardOf(type, table) == property;
        var rows = isGuard ? Outside(type, table) : Inside(type, table);
        return rows is null ? null : new ColumnScope(rows.Guard, rows.Values, !isGuard && !property.IsNullable);
    }

    // The rows in which the type's own members are there.
    Rows? Inside(ITypeBase type, ITable table) =>
        GuardOf(type, table) is { } guard && ModelTables.ColumnOf(table, guard) is { } column ? new Rows(column.Name, []) : Outside(type, table);

    // The rows in which whatever the type is a part of is there.
    Rows? Outside(ITypeBase type, ITable table) => type switch
    {
        IComplexType complex => Inside(complex.ComplexProperty.DeclaringType, table),
        IEntityType entity when OwnerKey(entity, table) is { } key => Inside(key.PrincipalEntityType, table),
        IEntityType entity => OfSubtype(entity, table),
        _ => null,
    };

    // An optional part is there when the first of its required members is.
    static IProperty? GuardOf(ITypeBase type, ITable table)
    {
        var isOptional = type switch
        {
            IComplexType complex => complex.ComplexProperty.IsNullable,
            IEntityType entity => OwnerKey(entity, table) is { IsRequiredDependent: false },
            _ => false,
        };
        return isOptional ? type.GetDeclaredProperties().FirstOrDefault(p => !p.IsNullable && !p.IsPrimaryKey() && ModelTables.ColumnOf(table, p) is { } column && !IsShared(column, type)) : null;
    }

    // A column that another part of the same row holds too tells nothing.
    static bool IsShared(IColumn column, ITypeBase type) => column.PropertyMappings.Any(m => m.Property.DeclaringType != type && !IsRelated(m.Property.DeclaringType, type));

    static bool IsRelated(ITypeBase other, ITypeBase type) => other is IEntityType a && type is IEntityType b && (a.IsAssignableFrom(b) || b.IsAssignableFrom(a));

    static IForeignKey? OwnerKey(IEntityType entity, ITable table) => table.GetRowInternalForeignKeys(entity).FirstOrDefault(k => k.PrincipalEntityType.GetRootType() != entity.GetRootType());

    static Rows? OfSubtype(IEntityType entity, ITable table)
    {
        if (entity.FindDiscriminatorProperty() is not { } discriminator || ModelTables.ColumnOf(table, discriminator) is not { } column) return null;
        var values = Discriminators.Of(entity);
        return values.Count == Discriminators.Of(entity.GetRootType()).Count ? null : new Rows(column.Name, values.ToEquatableArray());
    }
}
