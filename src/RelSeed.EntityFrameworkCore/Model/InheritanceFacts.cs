using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>How tables of one entity or hierarchy share their keys: subtypes take disjoint rows of their base, parts of an entity take every row,
/// concrete types without a common table take keys that differ.</summary>
sealed class InheritanceFacts(ModelTables tables)
{
    readonly Dictionary<(ITable Table, string Column), KeySlice> _slices = Find(tables);

    public EquatableArray<Column> Slice(EquatableArray<Column> columns, ITable table) => columns
        .Select(c => _slices.TryGetValue((table, c.Name), out var slice) ? c with { Model = (c.Model ?? new()) with { Slice = slice } } : c)
        .ToEquatableArray();

    static Dictionary<(ITable, string), KeySlice> Find(ModelTables tables)
    {
        var slices = new Dictionary<(ITable, string), KeySlice>();
        foreach (var type in tables.Model.GetEntityTypes())
        {
            if (type.GetMappingStrategy() == RelationalAnnotationNames.TptMappingStrategy) AddSubtypes(tables, type, slices);
            if (type.GetMappingStrategy() == RelationalAnnotationNames.TpcMappingStrategy && type.BaseType is null) AddConcrete(tables, type, slices);
            AddParts(tables, type, slices);
            AddRequiredDependents(tables, type, slices);
        }
        return slices;
    }

    // The tables of its subtypes share out the rows of a type's table; its own, if it has some, take a place too.
    static void AddSubtypes(ModelTables tables, IEntityType type, Dictionary<(ITable, string), KeySlice> slices)
    {
        if (OwnTable(type) is not { } table || type.FindPrimaryKey() is not { } key) return;
        var subtypes = type.GetDirectlyDerivedTypes().Where(t => OwnTable(t) is { } own && own != table).ToList();
        var places = subtypes.Count + (type.IsAbstract() ? 0 : 1);
        for (var place = 0; place < subtypes.Count; place++)
            Add(tables, slices, OwnTable(subtypes[place])!, table, key.Properties[0], place, places, isComplete: type.IsAbstract());
    }

    static ITable? OwnTable(IEntityType type) =>
        type.GetTableMappings().LastOrDefault(m => m.Table.Name == type.GetTableName() && m.Table.Schema == type.GetSchema())?.Table as ITable;

    static void AddConcrete(ModelTables tables, IEntityType root, Dictionary<(ITable, string), KeySlice> slices)
    {
        var concrete = root.GetDerivedTypesInclusive().Where(t => !t.IsAbstract()).Select(OwnTable).OfType<ITable>().Distinct().ToList();
        if (concrete.Count > 1) AddUniqueReferences(tables, root, concrete, slices);
        if (concrete.Count < 2 || root.FindPrimaryKey()?.Properties.FirstOrDefault(p => !p.IsForeignKey()) is not { } property) return;
        for (var place = 0; place < concrete.Count; place++)
            Add(tables, slices, concrete[place], concrete[0], property, place, concrete.Count, isComplete: false);
    }

    // A parent that has one child at most has it in one of the tables.
    static void AddUniqueReferences(ModelTables tables, IEntityType root, List<ITable> concrete, Dictionary<(ITable, string), KeySlice> slices)
    {
        foreach (var key in root.GetDerivedTypesInclusive().SelectMany(t => t.GetDeclaredForeignKeys())
            .Where(k => k is { IsUnique: true, IsOwnership: false }))
        {
            var dependents = concrete.Where(t => ModelTables.ColumnOf(t, key.Properties[0]) is not null).ToList();
            if (dependents.Count < 2
                || key.PrincipalEntityType.GetDerivedTypesInclusive().Select(OwnTable).FirstOrDefault(t => t is not null) is not { } principal)
                continue;
            for (var place = 0; place < dependents.Count; place++)
                slices.TryAdd((dependents[place], ModelTables.ColumnOf(dependents[place], key.Properties[0])!.Name),
                    new KeySlice(tables.NameOf(principal), principal.PrimaryKey!.Columns[0].Name, place, dependents.Count, IsComplete: false));
        }
    }

    // An entity is read from all its tables at once, so that each must have its part of every row.
    static void AddParts(ModelTables tables, IEntityType type, Dictionary<(ITable, string), KeySlice> slices)
    {
        var mappings = type.GetTableMappings().Where(m => m.IsSplitEntityTypePrincipal is not null).ToList();
        if (mappings.Find(m => m.IsSplitEntityTypePrincipal == true)?.Table is not ITable main || type.FindPrimaryKey() is not { } key) return;
        foreach (var part in mappings.Where(m => m.IsSplitEntityTypePrincipal == false))
            Add(tables, slices, (ITable)part.Table, main, key.Properties[0], 0, 1, isComplete: true);
    }

    // A part that must be there, in a table of its own under the same key.
    static void AddRequiredDependents(ModelTables tables, IEntityType type, Dictionary<(ITable, string), KeySlice> slices)
    {
        foreach (var key in type.GetForeignKeys()
            .Where(k => k is { IsRequiredDependent: true, IsUnique: true }
            && k.Properties.SequenceEqual(k.DeclaringEntityType.FindPrimaryKey()?.Properties ?? [])))
        {
            if (OwnTable(type) is { } own && OwnTable(key.PrincipalEntityType) is { } principal && own != principal
                && !slices.Keys.Any(s => s.Item1 == own))
                Add(tables, slices, own, principal, key.Properties[0], 0, 1,
                    isComplete: Discriminators.Of(key.PrincipalEntityType).Count == Discriminators.Of(key.PrincipalEntityType.GetRootType()).Count);
        }
    }

    static void Add(
        ModelTables tables, Dictionary<(ITable, string), KeySlice> slices, ITable table, ITable owner, IProperty property, int place, int count,
        bool isComplete)
    {
        var ownerColumn = owner.PrimaryKey?.Columns[0].Name;
        var column = table.PrimaryKey?.Columns.FirstOrDefault(c => c.PropertyMappings.Any(m => m.Property == property))?.Name
            ?? table.PrimaryKey?.Columns[0].Name;
        if (ownerColumn is null || column is null) return;
        slices.TryAdd((table, column), new KeySlice(tables.NameOf(owner), ownerColumn, place, count, isComplete));
    }
}
