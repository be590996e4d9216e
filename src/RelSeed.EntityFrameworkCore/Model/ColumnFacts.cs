using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>What a model says of one column: its type in the program, the values its converter takes, what annotations and filters ask for.</summary>
static class ColumnFacts
{
    public static Column Of(Column column, IColumnMapping mapping, ModelTables tables)
    {
        var property = mapping.Property;
        var name = $"{property.DeclaringType.ShortName()}.{property.Name}";
        var type = ClrTypes.Narrow(column.Type, mapping.TypeMapping, property, tables.Schema.Provider);
        var model = new ColumnModel { Property = name };
        if (IsDiscriminator(property)) model = Discriminator(model, property, (ITable)mapping.Column.Table);
        else if (property.GetElementType() is { } element) (type, model) = Collection(type, model, property, element);
        else model =
            Annotations.Add(ClrTypes.Bound(ConvertedValues.Add(model, property, mapping.TypeMapping, type, IsInKey(property)), mapping.TypeMapping,
            type), property, type);
        return Sequenced(column, property, tables) with { Type = type, Model = QueryFilters.Add(model, property, type) };
    }

    static bool IsInKey(IProperty property) => property.IsKey() || property.IsForeignKey() || property.GetContainingIndexes().Any(i => i.IsUnique);

    static bool IsDiscriminator(IProperty property) => property.DeclaringType.FindDiscriminatorProperty() == property;

    // Every type as often as any other. Parts of a row whose types ask for one another are left to the checks that say so.
    static ColumnModel Discriminator(ColumnModel model, IProperty property, ITable table)
    {
        if (property.DeclaringType is not IEntityType type)
            return property.DeclaringType.GetDiscriminatorValue() is { } only
                ? model with { Values = [new ValueShare(ProviderText.Of(only, property), 1)] } : model;
        var values = Discriminators.Of(type.GetRootType());
        return values.Count == 0 ? model
            : model with
            {
                Values = values.Select(v => new ValueShare(v, 1)).ToEquatableArray(),
                IsBalanced = !property.IsKey() && !RowInternal.Keys(type, table).Any()
            };
    }

    static (ColumnType, ColumnModel) Collection(ColumnType type, ColumnModel model, IProperty property, IElementType element)
    {
        if (type.Kind != TypeKind.Array)
            return (type with { Kind = TypeKind.Json }, model with { Json = JsonValues.Collection(property, element) });
        var mapping = element.GetTypeMapping();
        var item = ClrTypes.Bound(ConvertedValues.Add(new ColumnModel { Property = model.Property }, element, mapping, type.Element!), mapping,
            type.Element!);
        return (type, model with { Item = item });
    }

    // A sequence that the program asks itself, since the column has no default that would.
    static Column Sequenced(Column column, IProperty property, ModelTables tables)
    {
        if (column.Sequence is not null || Setting(property, "Npgsql:ValueGenerationStrategy")?.ToString() != "SequenceHiLo") return column;
        var name = Setting(property, "Npgsql:HiLoSequenceName") as string ?? "EntityFrameworkHiLoSequence";
        var schema = Setting(property, "Npgsql:HiLoSequenceSchema") as string;
        if (tables.Model.FindSequence(name, schema) is not { } sequence) return column;
        return column with
        {
            Sequence = new SequenceInfo(new TableName(sequence.Schema ?? tables.Schema.DefaultSchema, sequence.Name),
            sequence.StartValue, sequence.IncrementBy, IsOwned: false)
        };
    }

    static object? Setting(IProperty property, string name) => property.FindAnnotation(name)?.Value
        ?? (property.ValueGenerated == ValueGenerated.OnAdd ? property.DeclaringType.Model.FindAnnotation(name)?.Value : null);
}
