using System.Linq.Expressions;
using RelSeed.EntityFrameworkCore.Rules;

namespace RelSeed.EntityFrameworkCore;

/// <summary>Rules for the rows of an entity type.</summary>
public sealed class EntityRules<TEntity> where TEntity : class
{
    readonly ModelSeeder _seeder;

    internal EntityRules(ModelSeeder seeder) => _seeder = seeder;

    public EntityRules<TEntity> Rows(long rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        _seeder.Add(t => t.OwnTable(t.Entity(typeof(TEntity))).Rows(rows));
        return this;
    }

    /// <summary>How many rows each parent has.</summary>
    /// <param name="parent">The navigation to the parent, or a property of its foreign key.</param>
    /// <param name="children">Both ends included: <c>0..20</c> is none to twenty.</param>
    /// <param name="mean">On average; null for the middle. Decides the rows when no number is given.</param>
    public EntityRules<TEntity> PerParent(Expression<Func<TEntity, object?>> parent, Range children, double? mean = null)
    {
        _seeder.Add(t =>
        {
            var (table, key) = t.Key(t.Entity(typeof(TEntity)), parent);
            table.PerParent(key, children, mean);
        });
        return this;
    }

    /// <summary>Each parent has exactly so many rows.</summary>
    public EntityRules<TEntity> PerParent(Expression<Func<TEntity, object?>> parent, int children) => PerParent(parent, children..children);

    /// <summary>Rules for a property, also one of an owned or complex type in the same table: <c>o => o.Address.City</c>.</summary>
    public PropertyRules<TEntity, TProperty> Property<TProperty>(Expression<Func<TEntity, TProperty>> property) => new(_seeder, this, property);

    /// <summary>Other rules for rows of which a condition is true.</summary>
    /// <param name="condition">Comparisons of properties with values or one another.</param>
    public EntityRules<TEntity> Where(Expression<Func<TEntity, bool>> condition, Action<CaseRules<TEntity>> rules)
    {
        rules(new CaseRules<TEntity>(_seeder, condition));
        return this;
    }
}

/// <summary>Rules for rows of which a condition is true.</summary>
public sealed class CaseRules<TEntity> where TEntity : class
{
    readonly ModelSeeder _seeder;
    readonly Expression<Func<TEntity, bool>> _condition;

    internal CaseRules(ModelSeeder seeder, Expression<Func<TEntity, bool>> condition) => (_seeder, _condition) = (seeder, condition);

    /// <summary>What a property holds in these rows.</summary>
    public PropertyCase<TEntity, TProperty> Property<TProperty>(Expression<Func<TEntity, TProperty>> property) =>
        new(_seeder, this, _condition, property);
}
