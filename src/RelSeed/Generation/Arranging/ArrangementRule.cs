using RelSeed.Expressions;

namespace RelSeed.Generation;

/// <summary>What the choices of one row must keep to; tried as soon as the last choice it reads is made.</summary>
abstract class ArrangementRule(int[] columns)
{
    /// <summary>Positions of the columns it reads.</summary>
    public int[] Columns { get; } = columns;

    /// <summary>The row may stand with the choices made so far.</summary>
    public abstract bool Allows(ChosenRow row);

    /// <summary>The row stays.</summary>
    public virtual void Take(ChosenRow row) { }
}

/// <summary>A check over columns that are all chosen.</summary>
sealed class CheckRule(int[] columns, GroupCheck check) : ArrangementRule(columns)
{
    public override bool Allows(ChosenRow row) => !check.Refuses(row.Reading(check.Readers));
}

/// <summary>A unique key: combinations that were taken are not taken again.</summary>
/// <param name="predicate">Of a partial key; null otherwise.</param>
sealed class KeyRule(int[] columns, KeyRulePart[] parts, bool nullsCount, GroupCheck? predicate) : ArrangementRule(columns)
{
    readonly HashSet<UInt128> _taken = [];

    public override bool Allows(ChosenRow row) => Hash(row) is var hash && (hash == 0 || !_taken.Contains(hash));

    public override void Take(ChosenRow row)
    {
        if (Hash(row) is var hash && hash != 0) _taken.Add(hash);
    }

    /// <summary>0 for a row outside the key.</summary>
    UInt128 Hash(ChosenRow row)
    {
        if (predicate is not null && predicate.Predicate.Test(row.Reading(predicate.Readers)) == Verdict.Fails) return 0;
        var hash = UInt128.One;
        foreach (var part in parts)
        {
            hash = part.Add(hash, row, nullsCount);
            if (hash == 0) return 0;
        }
        return hash;
    }
}

/// <summary>A part of a key: a column, or an expression.</summary>
/// <param name="Column">Position of the column, -1 for an expression.</param>
/// <param name="Readers">How the columns of the expression are read; for a column, how it is read without regard to case.</param>
sealed record KeyRulePart(int Column, bool IgnoreCase, CompiledExpression? Expression, IReadOnlyList<ValueReader> Readers)
{
    const ulong NullWord = 0x6E756C6C;

    public UInt128 Add(UInt128 hash, ChosenRow row, bool nullsCount)
    {
        if (Expression is not null) return AddText(hash, Expression.Evaluate(row.Reading(Readers)), nullsCount);
        if (IgnoreCase) return AddText(hash, row.Reading(Readers)[0], nullsCount);
        var (values, place) = row.Find(Column);
        if (values is null || values.IsNull(place)) return nullsCount ? ValueHash.Add(hash, NullWord) : UInt128.Zero;
        return ValueHash.Add(hash, values, place);
    }

    UInt128 AddText(UInt128 hash, SqlValue value, bool nullsCount)
    {
        if (value.IsNull) return nullsCount ? ValueHash.Add(hash, NullWord) : UInt128.Zero;
        // What cannot be evaluated tells no rows apart.
        var text = value.Kind == SqlKind.NotEvaluable ? "" : value.ToString();
        return ValueHash.Add(hash, IgnoreCase ? text.ToLowerInvariant() : text);
    }
}

/// <summary>The row being chosen, or a row that stood in the table.</summary>
sealed class ChosenRow(int columns)
{
    readonly ColumnVector?[] _values = new ColumnVector?[columns];
    readonly int[] _places = new int[columns];

    public void Set(int column, ColumnVector? values, int place) => (_values[column], _places[column]) = (values, place);

    /// <summary>The vector and the place in it of a column's value; null where it is null.</summary>
    public (ColumnVector? Values, int Place) Find(int column) => (_values[column], _places[column]);

    public UInt128 Hash(int[] columns)
    {
        var hash = UInt128.One;
        foreach (var column in columns) hash = _values[column] is { } values ? ValueHash.Add(hash, values, _places[column]) : UInt128.Zero;
        return hash;
    }

    public IRow Reading(IReadOnlyList<ValueReader> readers) => new Read(this, readers);

    sealed class Read(ChosenRow row, IReadOnlyList<ValueReader> readers) : IRow
    {
        public SqlValue this[int column] =>
            row.Find(readers[column].Column) is ({ } values, var place) ? readers[column].Read(values, place) : SqlValue.Null;
    }
}
