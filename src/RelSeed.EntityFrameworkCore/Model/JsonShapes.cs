using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <param name="Property">The model's name for the document.</param>
/// <param name="Holder">The type whose part it is.</param>
/// <param name="IsRequired">It is there in all rows of its holder.</param>
sealed record JsonDocument(string Property, ITypeBase Holder, JsonShape Shape, bool IsRequired);

/// <summary>The shapes of the documents in which a model keeps parts of its entities.</summary>
static class JsonShapes
{
    const double OptionalShare = 0.15;
    const int MostItems = 3;

    /// <summary>By column: the document it holds.</summary>
    public static Dictionary<string, JsonDocument> Of(ITable table)
    {
        var documents = new Dictionary<string, JsonDocument>(StringComparer.Ordinal);
        var holders = table.EntityTypeMappings.Concat(table.ComplexTypeMappings).Select(m => m.TypeBase).Distinct().ToList();
        foreach (var holder in holders.Concat(holders.SelectMany(Inner)).Distinct().ToList()) AddParts(holder, documents);
        return documents;
    }

    // Complex types have no mapping of their own in every table.
    static IEnumerable<ITypeBase> Inner(ITypeBase type) =>
        type.GetComplexProperties().Where(c => !c.ComplexType.IsMappedToJson()).SelectMany(c => Inner(c.ComplexType).Prepend(c.ComplexType));

    static void AddParts(ITypeBase holder, Dictionary<string, JsonDocument> documents)
    {
        if (holder.IsMappedToJson()) return;
        if (holder is IEntityType entity)
            foreach (var navigation in Parts(entity).Where(n => n.TargetEntityType.IsMappedToJson()))
                if (navigation.TargetEntityType.GetContainerColumnName() is { } column)
                    documents.TryAdd(column,
                        new($"{entity.ShortName()}.{navigation.Name}", entity, Part(navigation),
                        navigation.IsCollection || navigation.ForeignKey.IsRequiredDependent));
        foreach (var complex in holder.GetComplexProperties().Where(c => c.ComplexType.IsMappedToJson()))
            if (complex.ComplexType.GetContainerColumnName() is { } column)
                documents.TryAdd(column,
                    new($"{holder.ShortName()}.{complex.Name}", holder, Part(complex), complex.IsCollection || !complex.IsNullable));
    }

    static IEnumerable<INavigation> Parts(IEntityType entity) =>
        entity.GetNavigations().Where(n => n is { IsOnDependent: false, ForeignKey.IsOwnership: true });

    static JsonShape Part(INavigation navigation) => Several(Object(navigation.TargetEntityType), navigation.IsCollection);

    static JsonShape Part(IComplexProperty complex) => Several(Object(complex.ComplexType), complex.IsCollection);

    static JsonShape Several(JsonShape shape, bool isCollection) =>
        isCollection ? new JsonShape { Kind = JsonKind.Array, Item = shape, MaxItems = MostItems } : shape;

    static JsonShape Object(ITypeBase type)
    {
        var values = type.GetProperties().Where(p => p.GetJsonPropertyName() is not null)
            .Select(p => new JsonMember(p.GetJsonPropertyName()!, JsonValues.Of(p), p.IsNullable ? OptionalShare : 0));
        var complex = type.GetComplexProperties()
            .Select(c => new JsonMember(c.GetJsonPropertyName() ?? c.Name, Part(c),
            c is { IsNullable: true, IsCollection: false } ? OptionalShare : 0));
        var owned = type is IEntityType entity
            ? Parts(entity).Select(n =>
            new JsonMember(n.TargetEntityType.GetJsonPropertyName() ?? n.Name, Part(n),
            n.IsCollection || n.ForeignKey.IsRequiredDependent ? 0 : OptionalShare))
            : [];
        return new JsonShape { Kind = JsonKind.Object, Members = values.Concat(complex).Concat(owned).ToEquatableArray() };
    }
}
