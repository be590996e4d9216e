using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>What the domains of an item's type, of a list or a composite, leave of its values.</summary>
static class ItemDomains
{
    public static ValueDomain Narrow(ValueRequest request, ColumnType type, ValueDomain domain)
    {
        if (type.Domains.IsEmpty) return domain;
        var column = request.Column with { Name = "value", Type = type };
        // Only PostgreSQL has domains.
        var context = new EvaluationContext(Dialect.PostgreSql, request.AsOf, _ => column);
        foreach (var check in type.Domains.SelectMany(d => d.Checks))
            if (CheckFact.Of(Dialect.PostgreSql, check.Name, check.Readable, [], 0).Expression is { } expression)
                foreach (var conjunct in Conjuncts.OfCheck(expression, context)) DomainNarrowing.Apply(conjunct.Condition, column, ref domain);
        return DomainNarrowing.Within(domain, type);
    }
}
