using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Configuration;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Rules;

/// <summary>Turns rules in the model's terms into rules in the database's, and gathers what does not fit.</summary>
sealed class RuleTranslator(IModel model, SeedRulesBuilder rules, string defaultSchema)
{
    readonly List<UsageException> _faults = [];

    public void Try(Action<RuleTranslator> rule)
    {
        try
        {
            rule(this);
        }
        catch (UsageException fault)
        {
            _faults.Add(fault);
        }
    }

    public void ThrowFaults()
    {
        var faults = _faults.DistinctBy(f => f.Message).ToList();
        if (faults.Count == 1) throw faults[0];
        if (faults.Count > 1)
            throw new UsageException(faults[0].Id,
                string.Join(Environment.NewLine, faults.Select((f, i) => i == 0 ? f.Message[(f.Id.Length + 1)..] : f.Message)));
    }

    /// <exception cref="UsageException">RS1408: the class is not in the model, or keeps its rows in no table.</exception>
    public IEntityType Entity(Type type)
    {
        if (model.FindEntityType(type) is not { } found)
            throw new UsageException("RS1408",
                $"A rule names the entity type {type.Name}, which is not in the model. The nearest names are: {string.Join(", ", TableSelection.Nearest(model.GetEntityTypes().Select(t => t.ClrType.Name).Distinct(), type.Name))}. Add it to the model, or leave the rule out.");
        if (!found.GetTableMappings().Any())
            throw new UsageException("RS1408",
                $"A rule names the entity type {type.Name}, which the model maps to no table. Rule the types whose tables it reads.");
        return found;
    }

    public TableRulesBuilder Table(IEntityType type) => Table(type.GetTableMappings().First().Table);

    /// <summary>Rows count for a table; a type that shares one with others has none of its own.</summary>
    public TableRulesBuilder OwnTable(IEntityType type)
    {
        var table = type.GetTableMappings().Last().Table;
        if (type.BaseType is null || type.BaseType.GetTableMappings().All(m => m.Table != table)) return Table(table);
        throw new UsageException("RS1413",
            $"A rule counts the rows of {type.ClrType.Name}, which shares the table {table.Name} with {type.GetRootType().ClrType.Name}. Count those of {type.GetRootType().ClrType.Name}.");
    }

    TableRulesBuilder Table(ITable table) =>
        rules.Table(table.Schema is { } schema && schema != defaultSchema ? $"{schema}.{table.Name}" : table.Name);

    /// <summary>The foreign key that a navigation or a property of the dependent stands for.</summary>
    /// <exception cref="UsageException">RS1410: there is none.</exception>
    public (TableRulesBuilder Table, string Key) Key(IEntityType type, LambdaExpression navigation)
    {
        var name = Members(type, navigation) is [var only] ? only : "";
        var key = type.FindNavigation(name) is { IsOnDependent: true } found ? found.ForeignKey
            : type.FindProperty(name) is { } property ? property.GetContainingForeignKeys().FirstOrDefault() : null;
        if (key is null || key.GetMappedConstraints().FirstOrDefault() is not { } mapped)
            throw new UsageException("RS1410",
                $"A rule counts the rows of {type.ClrType.Name} a parent by {Text(navigation)}, which is no reference to one. Name the navigation from {type.ClrType.Name} to its parent"
                + $"{(type.GetNavigations().Where(n => n.IsOnDependent).Select(n => n.Name).ToList() is { Count: > 0 } names ? $": {string.Join(", ", names)}" : "")}.");
        return (Table(mapped.Table), string.Join(",", mapped.Columns.Select(c => c.Name)));
    }

    /// <summary>The column that a property is kept in.</summary>
    /// <exception cref="UsageException">RS1409: it does not exist or is not mapped to a column of a table.</exception>
    public MappedProperty Property(IEntityType type, LambdaExpression expression)
    {
        ITypeBase at = type;
        var members = Members(type, expression);
        for (var m = 0; m < members.Count - 1; m++)
            at = (at as IEntityType)?.FindNavigation(members[m]) is { ForeignKey.IsOwnership: true } owned ? owned.TargetEntityType
                : at.FindComplexProperty(members[m])?.ComplexType ?? throw Unmapped(type, expression, at);
        var property = at.FindProperty(members[^1]) ?? throw Unmapped(type, expression, at);
        var mapping = property.GetTableColumnMappings().FirstOrDefault() ?? throw Unmapped(type, expression, at);
        return new MappedProperty($"{type.ClrType.Name}.{string.Join('.', members)}", property, Table(mapping.TableMapping.Table),
            mapping.Column.Name);
    }

    static UsageException Unmapped(IEntityType type, LambdaExpression expression, ITypeBase at) => new("RS1409",
        $"A rule names {Text(expression)} of {type.ClrType.Name}, which is no property that the model keeps in a column. Properties of {at.ClrType.Name} that it does: {string.Join(", ", at.GetProperties().Where(p => p.GetTableColumnMappings().Any()).Select(p => p.Name))}.");

    static List<string> Members(IEntityType type, LambdaExpression expression)
    {
        var members = new List<string>();
        var at = Plain(expression.Body);
        for (; at is MemberExpression { Expression: { } inner } member; at = Plain(inner)) members.Insert(0, member.Member.Name);
        // A shadow property: o => EF.Property<int>(o, "CustomerId").
        if (at is MethodCallExpression { Method.Name: nameof(EF.Property), Arguments: [var of, ConstantExpression { Value: string shadow }] })
        {
            members.Insert(0, shadow);
            at = Plain(of);
        }
        return at is ParameterExpression && members.Count > 0 ? members
            : throw new UsageException("RS1409",
            $"A rule names {Text(expression)} of {type.ClrType.Name}, which is no property. Write o => o.Name, or EF.Property<T>(o, \"Name\") for a shadow property.");
    }

    internal static Expression Plain(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked or ExpressionType.TypeAs } convert
            ? Plain(convert.Operand) : expression;

    internal static string Text(LambdaExpression expression) => expression.ToString();

    /// <summary>The condition in SQL.</summary>
    public string Condition(IEntityType type, LambdaExpression condition) => new ConditionTranslator(this, type, condition).Translate();
}
