using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Configuration;
using RelSeed.EntityFrameworkCore.Rules;

namespace RelSeed.EntityFrameworkCore;

/// <summary>A row for which a function of the user's makes a value.</summary>
public sealed class SeedRow<TEntity> where TEntity : class
{
    readonly SeedRow _row;
    readonly RowProperties _properties;

    internal SeedRow(SeedRow row, RowProperties properties) => (_row, _properties) = (row, properties);

    /// <summary>0-based number of the row among those that are made.</summary>
    public long Index => _row.Index;

    /// <summary>Chance that depends on seed, table, column and row alone.</summary>
    public RowRandom Random => _row.Random;

    /// <summary>Another property's value, in its own type.</summary>
    /// <exception cref="PlanException">RS2410: it is made of this one.</exception>
    public TProperty? Get<TProperty>(Expression<Func<TEntity, TProperty>> property)
    {
        var mapped = _properties.Find(property);
        return RuleText.To<TProperty>(mapped.ToModel(_row[mapped.Column]));
    }
}

/// <summary>The properties that functions read, found once each.</summary>
sealed class RowProperties(RuleTranslator rules, IEntityType type)
{
    readonly ConcurrentDictionary<string, MappedProperty> _found = new(StringComparer.Ordinal);

    public MappedProperty Find(LambdaExpression property)
    {
        if (property.Body is not MemberExpression { Expression: ParameterExpression, Member.Name: var name }) return rules.Property(type, property);
        return _found.TryGetValue(name, out var known) ? known : _found.GetOrAdd(name, rules.Property(type, property));
    }
}
