using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>Entities that share the rows of one table.</summary>
static class RowInternal
{
    /// <summary>The keys by which an entity is a part of another in the same row.</summary>
    public static IEnumerable<IForeignKey> Keys(IEntityType entity, ITable table) => !table.EntityTypeMappings.Any(m => m.TypeBase == entity) ? []
        : table.GetRowInternalForeignKeys(entity).Where(k => k.PrincipalEntityType.GetRootType() != entity.GetRootType());

    /// <summary>What holds between the types of the parts of one row: a part of a subtype hangs on a part of the subtype that it asks for.</summary>
    public static IEnumerable<CheckConstraint> Checks(ITable table)
    {
        foreach (var entity in table.EntityTypeMappings.Select(m => m.TypeBase).OfType<IEntityType>().Distinct())
            foreach (var key in Keys(entity, table).Where(k => k.DeclaringEntityType == entity))
                if (Condition(entity, table) is { } part && Condition(key.PrincipalEntityType, table) is { } whole && part != whole)
                    yield return new CheckConstraint($"model: {entity.ClrType.Name} in {key.PrincipalEntityType.ClrType.Name}",
                        $"NOT ({part}) OR {whole}");
    }

    static string? Condition(IEntityType type, ITable table)
    {
        if (type.FindDiscriminatorProperty() is not { } discriminator || ModelTables.ColumnOf(table, discriminator) is not { } column) return null;
        var values = Discriminators.Of(type);
        if (values.Count == Discriminators.Of(type.GetRootType()).Count) return null;
        var isText = ClrTypes.Stored(column.StoreTypeMapping) == typeof(string);
        var literals = values.Select(v => isText ? $"'{v.Replace("'", "''", StringComparison.Ordinal)}'" : v);
        return $"\"{column.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" IN ({string.Join(", ", literals)})";
    }
}
