namespace RelSeed.Configuration;

/// <summary>A row for which a function of the user's makes a value.</summary>
public abstract class SeedRow
{
    /// <summary>0-based number of the row among those that are made.</summary>
    public abstract long Index { get; }

    /// <summary>Chance that depends on seed, table, column and row alone.</summary>
    public abstract RowRandom Random { get; }

    /// <summary>Another column's value; null for NULL. Numbers are <see cref="long"/>, <see cref="decimal"/> or <see cref="double"/>, dates
    /// <see cref="DateOnly"/>, <see cref="TimeOnly"/> or <see cref="DateTime"/> in UTC, labels of an enum <see cref="string"/>.</summary>
    /// <exception cref="PlanException">RS2409: there is no such column; RS2410: it is made of this one.</exception>
    public abstract object? this[string column] { get; }

    /// <summary>Another column's value as a type that it converts to; the default for NULL.</summary>
    /// <exception cref="InvalidCastException">The value does not convert.</exception>
    public T? Get<T>(string column) => RuleText.To<T>(this[column]);
}
