using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Turns the specifications of values into generators.</summary>
public static class ValueGenerators
{
    /// <summary>The generator, or null when the specification is none of values: keys, references, what is left out.</summary>
    /// <param name="key">The column's key of chance.</param>
    public static ColumnGenerator? TryCreate(GeneratorSpec spec, ColumnType type, ulong key, ValueContext context) =>
        Create(spec, type, key, context);

    static ValueGenerator? Create(GeneratorSpec spec, ColumnType type, ulong key, ValueContext context) => spec switch
    {
        AllNullSpec => new NoValue(),
        ChoiceSpec s => ChoiceColumn.Of(key, s.Values, s.Weights, type),
        SharedChoiceSpec s => ChoiceColumn.Of(context.SharedKey(s.Stream), s.Values, s.Weights, type),
        ConstantSpec s => ChoiceColumn.Of(key, [s.Value], [], type),
        UniformSpec s => new UniformInteger(key, s),
        NumberSpec s => type.Lane == Lane.Float64 ? new DistributedFloat(key, s) : new DistributedInteger(key, s),
        PlaceNumberSpec s => new PlaceNumber(context.SharedKey(s.Stream), CounterRandom.Derive(key, 2), s),
        ProductSpec s => new ProductColumn(key, s),
        OffsetSpec s => new OffsetColumn(key, s),
        SumSpec s => new SumColumn(s),
        InstantSpec s => new InstantColumn(key, s),
        AfterSpec s => new AfterColumn(key, s),
        TextSpec s => new TextColumn(new TextProgram(s.Template, key, context)),
        BytesSpec s => new BytesColumn(key, s),
        UuidSpec => new UuidColumn(key),
        ArraySpec s => new ListColumn(key, s,
            s.Item is null ? null : Inner(s.Item, type.Element!, key, "item", context),
            s.Domain is null ? null : CreateDomain(s.Domain, type.Element!, StableHash.Key(key, "item"), context)),
        RangeSpec s => new RangeColumn(key, s, Inner(s.Lower, type.Element!, key, "lower", context)!),
        MultiRangeSpec s => MultiRange(s.First, type, key, context),
        JsonSpec s => new JsonColumn(JsonNode.Of(s.Root, key, context, Create)),
        CompositeSpec s => new StructColumn([.. s.Fields.Select((f, i) => Inner(f, type.Fields[i].Type, key, type.Fields[i].Name, context))]),
        _ => null,
    };

    static ValueGenerator? Inner(GeneratorSpec spec, ColumnType type, ulong key, string part, ValueContext context) =>
        Create(spec, type, StableHash.Key(key, part), context);

    static MultiRangeColumn MultiRange(RangeSpec first, ColumnType type, ulong key, ValueContext context)
    {
        var lower = Inner(first.Lower, type.Element!, key, "lower", context)!;
        return new MultiRangeColumn(key, new RangeColumn(key, first, lower), lower);
    }

    /// <summary>The reader of a domain, for the values at the indexes of an <see cref="IndexedSpec"/>.</summary>
    /// <param name="key">The column's key of chance; equal indexes of columns with other keys may give other values.</param>
    public static DomainGenerator CreateDomain(DomainSpec domain, ColumnType type, ulong key, ValueContext context) => domain switch
    {
        IntegerDomain d => new IntegerOfDomain(d),
        ScaledDomain d => new FloatOfDomain(d),
        ListDomain d => new ItemOfList(ValueLists.Parse(d.Values, type)),
        IncludingDomain d => new GivenAndOthers(ValueLists.Parse(d.Given, type), type, CreateDomain(d.Others, type, key, context)),
        UuidDomain => new UuidOfDomain(key),
        TextDomain d => new TextOfDomain(new TextProgram(d.Template, key, context)),
        BytesDomain d => new BytesOfDomain(key, d),
        InstantDomain d => new InstantOfDomain(d),
        RangeDomain d => new RangeOfDomain(d),
        NestedDomain { Others: { } others } d => Struct(d, others, type, key, context),
        NestedDomain d when type.Kind == TypeKind.MultiRange => new ListOfDomain(CreateDomain(d.Item, type, key, context)),
        NestedDomain d => new ListOfDomain(CreateDomain(d.Item, type.Element!, key, context)),
        _ => throw new ArgumentOutOfRangeException(nameof(domain), domain, "A domain without a reader."),
    };

    static StructOfDomain Struct(NestedDomain domain, CompositeSpec others, ColumnType type, ulong key, ValueContext context)
    {
        var field = domain.Field;
        return new StructOfDomain(field, CreateDomain(domain.Item, type.Fields[field].Type, key, context),
            [.. others.Fields.Select((f, i) => i == field ? null : Inner(f, type.Fields[i].Type, key, type.Fields[i].Name, context))]);
    }
}
