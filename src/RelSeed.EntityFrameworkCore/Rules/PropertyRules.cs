using System.Linq.Expressions;
using Bogus;
using RelSeed.Configuration;
using RelSeed.EntityFrameworkCore.Rules;
using RelSeed.Semantics;

namespace RelSeed.EntityFrameworkCore;

/// <summary>The ways to say what a property holds. Values are of the property's own type; its converter turns them into the database's.</summary>
public abstract class PropertyValues<TSelf, TEntity, TProperty> where TSelf : PropertyValues<TSelf, TEntity, TProperty> where TEntity : class
{
    readonly ModelSeeder _seeder;

    private protected PropertyValues(ModelSeeder seeder, Expression<Func<TEntity, TProperty>> property) => (_seeder, Expression) = (seeder, property);

    private protected Expression<Func<TEntity, TProperty>> Expression { get; }

    /// <summary>One of these, all alike.</summary>
    public TSelf OneOf(params TProperty[] values) =>
        Add((p, r) => r.OneOf([.. values.Select(v => Store(p, v))]), (p, r) => r.OneOf([.. values.Select(v => Store(p, v))]));

    /// <summary>One of these by weight; weights need not sum to one.</summary>
    public TSelf OneOf(params (TProperty Value, double Weight)[] values) =>
        Add((p, r) => r.OneOf([.. values.Select(v => (Store(p, v.Value), v.Weight))]),
            (p, r) => r.OneOf([.. values.Select(v => (Store(p, v.Value), v.Weight))]));

    /// <summary>Always the same.</summary>
    public TSelf Constant(TProperty value) => OneOf(value);

    /// <summary>Any value between two, both included, all alike: numbers, dates, times.</summary>
    public TSelf Between(TProperty min, TProperty max) =>
        Add((p, r) => r.Between(Store(p, min), Store(p, max)), (p, r) => r.Between(Store(p, min), Store(p, max)));

    /// <summary>Values of a meaning, whatever the property's name says.</summary>
    public TSelf As(Meaning meaning) => Add((_, r) => r.As(meaning), (_, r) => r.As(meaning));

    /// <summary>One of a pool of values that Bogus makes once, by the plan's seed and locale.</summary>
    /// <param name="make">Must depend on the faker alone; Bogus's dates depend on the clock unless they are told when.</param>
    /// <param name="pool">Values made, 1 to 10,000; equal ones count together.</param>
    public TSelf UseBogus(Func<Faker, TProperty> make, int pool = 1_000) =>
        Add((p, r) => r.UseBogus(f => StoreOrNull(p, make(f)), pool), (p, r) => r.UseBogus(f => StoreOrNull(p, make(f)), pool));

    /// <summary>What a pure function makes of the row: of its number, its own chance, and other properties.</summary>
    /// <param name="make">Called in any order, on any thread, and more than once for a row. Null is NULL.</param>
    public TSelf Using(Func<SeedRow<TEntity>, TProperty?> make) => Add((p, r) => r.Using(Row(p, make)), (p, r) => r.Using(Row(p, make)));

    /// <summary>A share of rows is NULL, from 0 to 1.</summary>
    public TSelf Null(double share = 1)
    {
        if (!(share >= 0 && share <= 1)) throw new ArgumentOutOfRangeException(nameof(share), "A share is from 0 to 1.");
        return Add((_, r) => r.Null(share), (_, r) => r.Null(share));
    }

    static object Store(MappedProperty property, TProperty value) =>
        property.ToStore((object?)value
            ?? throw new UsageException("RS1411", $"A rule gives {property.Name} null among its values. NULL is told as a share: Null(0.2)."));

    static object? StoreOrNull(MappedProperty property, TProperty? value) => value is null ? null : property.ToStore(value);

    Func<SeedRow, object?> Row(MappedProperty property, Func<SeedRow<TEntity>, TProperty?> make)
    {
        var columns = new RowProperties(Translator!, Translator!.Entity(typeof(TEntity)));
        return row => StoreOrNull(property, make(new SeedRow<TEntity>(row, columns)));
    }

    private protected RuleTranslator? Translator { get; private set; }

    TSelf Add(Action<MappedProperty, ColumnRulesBuilder> rule, Action<MappedProperty, ColumnCaseBuilder> inCase)
    {
        _seeder.Add(translator =>
        {
            Translator = translator;
            var type = translator.Entity(typeof(TEntity));
            Apply(translator, translator.Property(type, Expression), rule, inCase);
        });
        return (TSelf)this;
    }

    private protected abstract void Apply(RuleTranslator translator, MappedProperty property, Action<MappedProperty, ColumnRulesBuilder> rule,
        Action<MappedProperty, ColumnCaseBuilder> inCase);
}

/// <summary>Rules for a property.</summary>
public sealed class PropertyRules<TEntity, TProperty> : PropertyValues<PropertyRules<TEntity, TProperty>, TEntity, TProperty> where TEntity : class
{
    readonly ModelSeeder _seeder;
    readonly EntityRules<TEntity> _entity;

    internal PropertyRules(ModelSeeder seeder, EntityRules<TEntity> entity, Expression<Func<TEntity, TProperty>> property) : base(seeder, property) =>
        (_seeder, _entity) = (seeder, entity);

    /// <summary>Rules for another property of the entity.</summary>
    public PropertyRules<TEntity, TOther> Property<TOther>(Expression<Func<TEntity, TOther>> property) => _entity.Property(property);

    /// <summary>Other rules for this property in rows of which a condition is true.</summary>
    /// <param name="condition">Comparisons of other properties with values or one another.</param>
    public PropertyRules<TEntity, TProperty> Where(Expression<Func<TEntity, bool>> condition, Action<PropertyCase<TEntity, TProperty>> rules)
    {
        rules(new PropertyCase<TEntity, TProperty>(_seeder, new CaseRules<TEntity>(_seeder, condition), condition, Expression));
        return this;
    }

    private protected override void Apply(RuleTranslator translator, MappedProperty property, Action<MappedProperty, ColumnRulesBuilder> rule,
        Action<MappedProperty, ColumnCaseBuilder> inCase) =>
        rule(property, property.Table.Column(property.Column));
}

/// <summary>What a property holds in rows of which a condition is true.</summary>
public sealed class PropertyCase<TEntity, TProperty> : PropertyValues<PropertyCase<TEntity, TProperty>, TEntity, TProperty> where TEntity : class
{
    readonly CaseRules<TEntity> _rows;
    readonly Expression<Func<TEntity, bool>> _condition;
    ColumnCaseBuilder? _case;

    internal PropertyCase(ModelSeeder seeder, CaseRules<TEntity> rows, Expression<Func<TEntity, bool>> condition, Expression<Func<TEntity,
        TProperty>> property) : base(seeder, property) =>
        (_rows, _condition) = (rows, condition);

    /// <summary>What another property holds in the same rows.</summary>
    public PropertyCase<TEntity, TOther> Property<TOther>(Expression<Func<TEntity, TOther>> property) => _rows.Property(property);

    private protected override void Apply(RuleTranslator translator, MappedProperty property, Action<MappedProperty, ColumnRulesBuilder> rule,
        Action<MappedProperty, ColumnCaseBuilder> inCase)
    {
        // Several calls tell of the same rows: values and their share of NULL.
        if (_case is null)
            property.Table.Column(property.Column).Where(translator.Condition(translator.Entity(typeof(TEntity)), _condition), c => _case = c);
        inCase(property, _case!);
    }
}
