using RelSeed.Expressions;
using RelSeed.PostgreSql.Schema.Queries;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Schema;

/// <summary>Makes the neutral type of a column from the catalog's types.</summary>
sealed class TypeCatalog
{
    const string BuiltInSchema = "pg_catalog";

    readonly Dictionary<uint, TypeQuery.Row> _types;
    readonly ILookup<uint, string> _labels;
    readonly ILookup<uint, CheckConstraint> _checks;
    readonly ILookup<uint, CompositeQuery.Row> _fields;
    readonly Dictionary<(uint Type, int Modifier), ColumnType> _made = [];

    TypeCatalog(
        Dictionary<uint, TypeQuery.Row> types, ILookup<uint, string> labels, ILookup<uint, CheckConstraint> checks,
        ILookup<uint, CompositeQuery.Row> fields) =>
        (_types, _labels, _checks, _fields) = (types, labels, checks, fields);

    public static async Task<TypeCatalog> ReadAsync(Catalog catalog, uint[] tables, FunctionInliner functions, CancellationToken cancellationToken)
    {
        var types = await TypeQuery.ReadAsync(catalog, tables, cancellationToken);
        uint[] Of(char kind) => [.. types.Where(t => t.Class == kind).Select(t => t.Oid)];
        return new(
            types.ToDictionary(t => t.Oid),
            await EnumQuery.ReadAsync(catalog, Of('e'), cancellationToken),
            await CheckQuery.ReadDomainsAsync(catalog, Of('d'), functions, cancellationToken),
            await CompositeQuery.ReadAsync(catalog, Of('c'), cancellationToken));
    }

    /// <param name="printed">The type with its modifier, as format_type prints it.</param>
    public ColumnType Resolve(uint type, int modifier, string printed)
    {
        if (_made.TryGetValue((type, modifier), out var made)) return made;
        return _made[(type, modifier)] = Make(_types[type], modifier, printed);
    }

    ColumnType Make(TypeQuery.Row type, int modifier, string printed)
    {
        if (type.Class == 'd') return MakeDomain(type, printed);
        var isBuiltIn = type.Schema == BuiltInSchema;
        var made = new ColumnType
        {
            Kind = TypeKind.Other,
            Name = printed,
            Schema = isBuiltIn ? "" : type.Schema,
            BaseName = type.Name,
        };
        return type.Class switch
        {
            'e' => made with { Kind = TypeKind.Enum, Labels = _labels[type.Oid].ToEquatableArray() },
            'c' => made with { Kind = TypeKind.Composite, Fields = _fields[type.Oid].Select(MakeField).ToEquatableArray() },
            'r' => made with { Kind = TypeKind.Range, Element = ResolvePlain(type.Part) },
            'm' => made with { Kind = TypeKind.MultiRange, Element = ResolvePlain(type.Part) },
            'b' when type.IsArray => made with { Kind = TypeKind.Array, Element = Resolve(type.Part, modifier, printed[..^"[]".Length]) },
            'b' => TypeMap.WithModifier(made with { Kind = TypeMap.KindOf(type.Name, isBuiltIn) }, modifier),
            _ => made,
        };
    }

    ColumnType MakeDomain(TypeQuery.Row type, string printed)
    {
        var inner = Resolve(type.Part, type.BaseModifier, type.BaseName!);
        var domain = new DomainType(new(type.Schema, type.Name), type.IsNotNull, type.Default, _checks[type.Oid].ToEquatableArray())
        {
            Over = type.BaseName!,
        };
        return inner with
        {
            Name = printed,
            Schema = type.Schema == BuiltInSchema ? "" : type.Schema,
            Domains = [domain, .. inner.Domains],
        };
    }

    CompositeField MakeField(CompositeQuery.Row field) => new(field.Name, Resolve(field.Type, field.Modifier, field.TypeName));

    ColumnType ResolvePlain(uint type) => Resolve(type, modifier: -1, _types[type].Printed);
}
