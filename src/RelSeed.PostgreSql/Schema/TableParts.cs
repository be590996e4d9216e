using RelSeed.PostgreSql.Schema.Queries;
using RelSeed.Schema;
using FunctionInliner = RelSeed.Expressions.FunctionInliner;

namespace RelSeed.PostgreSql.Schema;

/// <summary>All that belongs to the tables being read, by the table's OID.</summary>
sealed record TableParts(
    ILookup<uint, ColumnQuery.Row> Columns,
    Dictionary<(uint Table, int Column), SequenceInfo> Sequences,
    TypeCatalog Types,
    ILookup<uint, KeyQuery.Row> Keys,
    ILookup<uint, ForeignKey> ForeignKeys,
    ILookup<uint, CheckConstraint> Checks,
    ILookup<uint, Trigger> Triggers,
    ILookup<uint, RewriteRule> Rules,
    List<InheritanceQuery.Row> Inheritance)
{
    readonly ILookup<uint, InheritanceQuery.Row> _parents = Inheritance.ToLookup(i => i.ChildOid);
    readonly ILookup<uint, InheritanceQuery.Row> _partitions = Inheritance.Where(i => i.IsPartition).ToLookup(i => i.ParentOid);

    public static async Task<TableParts> ReadAsync(Catalog catalog, uint[] tables, CancellationToken cancellationToken) =>
        await ReadAsync(catalog, tables, await FunctionQuery.ReadAsync(catalog, cancellationToken), cancellationToken);

    static async Task<TableParts> ReadAsync(Catalog catalog, uint[] tables, FunctionInliner functions, CancellationToken cancellationToken) => new(
        (await ColumnQuery.ReadAsync(catalog, tables, cancellationToken)).ToLookup(c => c.Table),
        await SequenceQuery.ReadAsync(catalog, tables, cancellationToken),
        await TypeCatalog.ReadAsync(catalog, tables, functions, cancellationToken),
        await KeyQuery.ReadAsync(catalog, tables, cancellationToken),
        await ForeignKeyQuery.ReadAsync(catalog, tables, cancellationToken),
        await CheckQuery.ReadTablesAsync(catalog, tables, functions, cancellationToken),
        await TriggerQuery.ReadAsync(catalog, tables, cancellationToken),
        await RuleQuery.ReadAsync(catalog, tables, cancellationToken),
        await InheritanceQuery.ReadAsync(catalog, tables, cancellationToken));

    public Table Complete(TableQuery.Row row)
    {
        var columns = Columns[row.Oid].Select(MakeColumn).ToEquatableArray();
        var parts = Keys[row.Oid].Select(part => WithColumnsCase(part, columns)).ToList();
        var keys = KeyQuery.ToUniqueKeys(parts).ToList();
        return row.Table with
        {
            Columns = columns,
            PrimaryKey = keys.Find(k => k.IsPrimary),
            UniqueKeys = keys.Where(k => !k.IsPrimary).ToEquatableArray(),
            Exclusions = KeyQuery.ToExclusions(parts).ToEquatableArray(),
            ForeignKeys = ForeignKeys[row.Oid].ToEquatableArray(),
            Checks = Checks[row.Oid].ToEquatableArray(),
            Triggers = Triggers[row.Oid].ToEquatableArray(),
            Rules = Rules[row.Oid].ToEquatableArray(),
            Partitioning = row.Key is null ? null : MakePartitioning(row.Oid, row.Key),
            PartitionOf = _parents[row.Oid].FirstOrDefault(p => p.IsPartition)?.Parent,
            Inherits = _parents[row.Oid].Where(p => !p.IsPartition).Select(p => p.Parent).ToEquatableArray(),
        };
    }

    Column MakeColumn(ColumnQuery.Row row)
    {
        var type = Types.Resolve(row.Type, row.Modifier, row.TypeName);
        var isGenerated = row.Generated != GeneratedKind.None;
        return new()
        {
            Name = row.Name,
            Type = type,
            IsNullable = !row.IsNotNull && !type.Domains.Any(d => d.IsNotNull),
            Default = isGenerated ? null : row.Expression,
            Identity = row.Identity,
            Generated = row.Generated,
            GeneratedExpression = isGenerated && row.Expression is { } expression ? CatalogText.Bare(expression) : null,
            Sequence = Sequences.GetValueOrDefault((row.Table, row.Number)),
            Collation = row.Collation,
            IsCaseInsensitive = row.IsCaseInsensitive || type is { Kind: TypeKind.Text, BaseName: "citext" },
            Comment = row.Comment,
        };
    }

    // Without a collation of its own a part compares as its column does; the index cannot tell for a domain over citext.
    static KeyQuery.Row WithColumnsCase(KeyQuery.Row row, EquatableArray<Column> columns) =>
        row.Part is { Column: { } name, Collation: null } && columns.Any(c => c.Name == name && c.IsCaseInsensitive)
            ? row with { Part = row.Part with { IsCaseInsensitive = true } }
            : row;

    Partitioning MakePartitioning(uint table, TableQuery.PartitionKey key) => new(
        key.Strategy, key.Columns.ToEquatableArray(), key.Definition, _partitions[table].Select(p => p.Child).ToEquatableArray());
}
