using Bogus;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Configuration;

/// <summary>The ways to say what a column holds.</summary>
/// <typeparam name="TSelf">What each method returns, for more.</typeparam>
public abstract class ValueRulesBuilder<TSelf> where TSelf : ValueRulesBuilder<TSelf>
{
    const int UsualPool = 1_000;

    private protected ValueRulesBuilder() { }

    private protected ValueRule? Rule { get; set; }
    private protected double? Share { get; set; }

    private protected abstract void Changed();

    /// <summary>One of these, all alike.</summary>
    public TSelf OneOf(params object[] values) => Choose(values, []);

    /// <summary>One of these by weight; weights need not sum to one.</summary>
    public TSelf OneOf(params (object Value, double Weight)[] values) => Choose([.. values.Select(v => v.Value)], [.. values.Select(v => v.Weight)]);

    /// <summary>Always the same.</summary>
    public TSelf Constant(object value) => Choose([value], []);

    /// <summary>Any value between two, both included, all alike: numbers, dates, times.</summary>
    public TSelf Between(object min, object max) => Take(new BetweenRule(Text(min), Text(max)));

    /// <summary>Values of a meaning, whatever the column's name says.</summary>
    public TSelf As(Meaning meaning) => Take(new MeaningRule(meaning));

    /// <summary>One of a pool of values that Bogus makes once, by the plan's seed and locale.</summary>
    /// <param name="make">Must depend on the faker alone, so that the same seed gives the same pool; Bogus's dates depend on the clock unless they
    /// are told when.</param>
    /// <param name="pool">Values made, 1 to 10,000; equal ones count together.</param>
    public TSelf UseBogus(Func<Faker, object?> make, int pool = UsualPool)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pool, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pool, PoolRule.Largest);
        return Take(new PoolRule(request => Pool(make, pool, request), "Bogus"));
    }

    /// <summary>What a pure function makes of the row: of its number, its own chance, and other columns.</summary>
    /// <param name="make">Called in any order, on any thread, and more than once for a row. Null is NULL.</param>
    public TSelf Using(Func<SeedRow, object?> make) => Take(new FunctionRule(make));

    /// <summary>A share of rows is NULL, from 0 to 1.</summary>
    public TSelf Null(double share = 1)
    {
        if (!(share >= 0 && share <= 1)) throw new ArgumentOutOfRangeException(nameof(share), "A share is from 0 to 1.");
        Share = share;
        Changed();
        return (TSelf)this;
    }

    private protected TSelf Take(ValueRule rule)
    {
        Rule = rule;
        Changed();
        return (TSelf)this;
    }

    TSelf Choose(object[] values, double[] weights)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Length, nameof(values));
        if (weights.Length > 0 && (weights.Any(w => !(w >= 0) || double.IsInfinity(w)) || weights.Sum() <= 0))
            throw new ArgumentOutOfRangeException(nameof(values), "A weight is 0 or more, and one at least is above 0.");
        return Take(new ChoiceRule(values.Select(Text).ToEquatableArray(), weights.ToEquatableArray()));
    }

    static string Text(object? value) => RuleText.Of(value ?? throw new ArgumentNullException(nameof(value), "NULL is told as a share: Null(0.2)."));

    static IEnumerable<object?> Pool(Func<Faker, object?> make, int size, PoolRequest request)
    {
        var faker = new Faker(Locales.Resolve(request.Locale)) { Random = new Randomizer(request.Seed) };
        for (var i = 0; i < size; i++) yield return make(faker);
    }
}

/// <summary>Gathers the rules of a column.</summary>
public sealed class ColumnRulesBuilder : ValueRulesBuilder<ColumnRulesBuilder>
{
    readonly TableRulesBuilder _table;
    readonly List<ColumnCase> _cases = [];
    string? _was;

    internal ColumnRulesBuilder(TableRulesBuilder table, string name) => (_table, Name) = (table, name);

    internal string Name { get; }

    /// <summary>Rules for another column of the table.</summary>
    public ColumnRulesBuilder Column(string column) => _table.Column(column);

    /// <summary>What the column was called when the profile was learned, which tells of this one so.</summary>
    public ColumnRulesBuilder Was(string name)
    {
        _was = name;
        return this;
    }

    /// <summary>Other rules for this column in rows of which a condition is true.</summary>
    /// <param name="condition">SQL over the table's columns, in the database's dialect.</param>
    public ColumnRulesBuilder Where(string condition, Action<ColumnCaseBuilder> rules)
    {
        rules(new ColumnCaseBuilder(new TableCaseBuilder(_table, condition), this, condition));
        return this;
    }

    private protected override void Changed() { }

    internal void Set(ColumnCase made)
    {
        var place = _cases.FindIndex(c => c.Condition == made.Condition);
        if (place < 0) _cases.Add(made);
        else _cases[place] = made;
    }

    internal void Add(ColumnRules rules)
    {
        (Rule, Share, _was) = (rules.Values ?? Rule, rules.NullShare ?? Share, rules.Was ?? _was);
        foreach (var made in rules.Cases) Set(made);
    }

    internal ColumnRules Build() => new(Name) { Values = Rule, NullShare = Share, Cases = _cases.ToEquatableArray(), Was = _was };
}

/// <summary>Gathers what a column holds in rows of which a condition is true.</summary>
public sealed class ColumnCaseBuilder : ValueRulesBuilder<ColumnCaseBuilder>
{
    readonly TableCaseBuilder _rows;
    readonly ColumnRulesBuilder _column;
    readonly string _condition;

    internal ColumnCaseBuilder(TableCaseBuilder rows, ColumnRulesBuilder column, string condition) =>
        (_rows, _column, _condition) = (rows, column, condition);

    /// <summary>What another column holds in the same rows.</summary>
    public ColumnCaseBuilder Column(string column) => _rows.Column(column);

    private protected override void Changed() => _column.Set(new ColumnCase(_condition, Rule, Share ?? 0));
}
