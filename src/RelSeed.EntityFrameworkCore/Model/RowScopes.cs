using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>Tells which rows of a table a column belongs to: those of a subtype, or those in which an optional part of the entity is there.</summary>
static class RowScopes
{
    /// <summary>The rows in which a part of the entity is there; null for all.</summary>
    sealed record Rows(string Guard, EquatableArray<string> Values);

    /// <summary>Null when the column belongs to all rows, or to none in particular.</summary>
    public static ColumnScope? Of(IColumn column)
    {
        var table = (ITable)column.Table;
        var scopes = column.PropertyMappings.Where(m => m.TableMapping.TypeBase == m.Property.DeclaringType || IsOwnMapping(m))
            .Select(m => Of(table, m.Property)).ToList();
        if (scopes.Count == 0 || scopes.Contains(null)) return null;
        var guard = scopes[0]!.Guard;
        var alike = scopes.Where(s => s!.Guard == guard).ToList();
        return new ColumnScope(guard, alike.SelectMany(s => s!.Values).Distinct().ToEquatableArray(), alike.TrueForAll(s => s!.IsRequired));
    }

    // A property of a type without a mapping of its own stands in its subtypes' tables.
    static bool IsOwnMapping(IColumnMapping mapping) =>
        mapping.Property.DeclaringType is IEntityType declaring && !declaring.GetTableMappings().Any(m => m.Table == mapping.Column.Table);

    public static ColumnScope? OfDocument(JsonDocument document, ITableBase table) =>
        Inside(document.Holder, (ITable)table) is { } rows ? new ColumnScope(rows.Guard, rows.Values, document.IsRequired) : null;

    static ColumnScope? Of(ITable table, IProperty property)
    {
        var type = property.DeclaringType;
        var isGuard = GuardOf(type, table) == property;
        var rows = isGuard ? Outside(type, table) : Inside(type, table);
        return rows is null ? null : new ColumnScope(rows.Guard, rows.Values, !isGuard && !property.IsNullable);
    }

    // The rows in which the type's own members are there.
    static Rows? Inside(ITypeBase type, ITable table) =>
        (type is IEntityType entity ? OfSubtype(entity, table) : null)
        ?? (GuardOf(type, table) is { } guard && ModelTables.ColumnOf(table, guard) is { } column ? new Rows(column.Name, []) : Outside(type, table));

    // The rows in which whatever the type is a part of is there.
    static Rows? Outside(ITypeBase type, ITable table) => type switch
    {
        IComplexType complex => Inside(complex.ComplexProperty.DeclaringType, table),
        IEntityType entity when OwnerKey(entity, table) is { } key => Inside(key.PrincipalEntityType, table),
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
        if (!isOptional) return null;
        // What tells its type is there whenever the part is.
        var root = (type as IEntityType)?.GetRootType() ?? type;
        return root.GetDeclaredProperties()
            .Where(p => !p.IsNullable && !p.IsPrimaryKey() && ModelTables.ColumnOf(table, p) is { } column && !IsShared(column, type))
            .OrderByDescending(p => p == type.FindDiscriminatorProperty()).FirstOrDefault();
    }

    // A column that another part of the same row holds too tells nothing.
    static bool IsShared(IColumn column, ITypeBase type) =>
        column.PropertyMappings.Any(m => m.Property.DeclaringType != type && !IsRelated(m.Property.DeclaringType, type));

    static bool IsRelated(ITypeBase other, ITypeBase type) =>
        other is IEntityType a && type is IEntityType b && (a.IsAssignableFrom(b) || b.IsAssignableFrom(a));

    // Of several parts that it hangs on, the one that is a part itself.
    static IForeignKey? OwnerKey(IEntityType entity, ITable table) => RowInternal.Keys(entity, table).MaxBy(k => Depth(k.PrincipalEntityType, table));

    static int Depth(IEntityType entity, ITable table) =>
        RowInternal.Keys(entity, table).Select(k => 1 + Depth(k.PrincipalEntityType, table)).DefaultIfEmpty().Max();

    static Rows? OfSubtype(IEntityType entity, ITable table)
    {
        if (entity.FindDiscriminatorProperty() is not { } discriminator || ModelTables.ColumnOf(table, discriminator) is not { } column) return null;
        var values = Discriminators.Of(entity);
        return values.Count == Discriminators.Of(entity.GetRootType()).Count ? null : new Rows(column.Name, values.ToEquatableArray());
    }
}
