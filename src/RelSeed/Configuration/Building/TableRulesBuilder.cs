using RelSeed.Schema;

namespace RelSeed.Configuration;

/// <summary>Gathers the rules of a table.</summary>
public sealed class TableRulesBuilder
{
    readonly List<ChildCount> _perParent = [];
    readonly List<ColumnRulesBuilder> _columns = [];
    long? _rows;
    string? _was;

    internal TableRulesBuilder(string name) => Name = name;

    internal string Name { get; }

    public TableRulesBuilder Rows(long rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        _rows = rows;
        return this;
    }

    /// <summary>What the table was called, with or without schema, when the profile was learned, which tells of this one so.</summary>
    public TableRulesBuilder Was(string name)
    {
        _was = name;
        return this;
    }

    /// <summary>How many rows each parent has.</summary>
    /// <param name="key">The foreign key's name, or its columns separated by commas.</param>
    /// <param name="children">Both ends included: <c>0..20</c> is none to twenty.</param>
    /// <param name="mean">On average; null for the middle. Decides the table's rows when no number is given.</param>
    public TableRulesBuilder PerParent(string key, Range children, double? mean = null)
    {
        if (children.Start.IsFromEnd || children.End.IsFromEnd || children.End.Value < children.Start.Value)
            throw new ArgumentException("The ends of the range must be plain numbers, the least first.", nameof(children));
        var (min, max) = (children.Start.Value, children.End.Value);
        if (mean is { } given && !(given >= min && given <= max))
            throw new ArgumentOutOfRangeException(nameof(mean), "The mean must lie inside the range.");
        _perParent.RemoveAll(c => c.Key == key);
        _perParent.Add(new ChildCount(key, min, max, mean ?? (min + max) / 2.0));
        return this;
    }

    /// <summary>Each parent has exactly so many rows.</summary>
    public TableRulesBuilder PerParent(string key, int children) => PerParent(key, children..children);

    /// <summary>Rules for a column.</summary>
    public ColumnRulesBuilder Column(string column)
    {
        if (_columns.Find(c => c.Name == column) is { } known) return known;
        var added = new ColumnRulesBuilder(this, column);
        _columns.Add(added);
        return added;
    }

    /// <summary>Other rules for rows of which a condition is true.</summary>
    /// <param name="condition">SQL over the table's columns, in the database's dialect: <c>status = 'shipped' and total > 100</c>.</param>
    public TableRulesBuilder Where(string condition, Action<TableCaseBuilder> rules)
    {
        rules(new TableCaseBuilder(this, condition));
        return this;
    }

    internal void Add(TableRules rules)
    {
        (_rows, _was) = (rules.Rows ?? _rows, rules.Was ?? _was);
        foreach (var count in rules.PerParent)
        {
            _perParent.RemoveAll(c => c.Key == count.Key);
            _perParent.Add(count);
        }
        foreach (var column in rules.Columns) Column(column.Column).Add(column);
    }

    internal TableRules Build() => new(Name)
    {
        Rows = _rows,
        Was = _was,
        PerParent = _perParent.ToEquatableArray(),
        Columns = _columns.Select(c => c.Build()).ToEquatableArray(),
    };
}

/// <summary>Gathers the rules of rows of which a condition is true.</summary>
public sealed class TableCaseBuilder
{
    readonly TableRulesBuilder _table;
    readonly string _condition;

    internal TableCaseBuilder(TableRulesBuilder table, string condition) => (_table, _condition) = (table, condition);

    /// <summary>What a column holds in these rows.</summary>
    public ColumnCaseBuilder Column(string column) => new(this, _table.Column(column), _condition);
}
