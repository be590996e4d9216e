using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>What an expression's value depends on beside the row.</summary>
/// <param name="AsOf">The instant that <c>now()</c> and its kin tell; the session's time zone is taken to be UTC.</param>
/// <param name="Columns">The table's columns by name, when known; SQLite's affinities and case-insensitive columns come from them.</param>
/// <param name="HasBinaryTextOrder">Text is ordered by code point (PostgreSQL's C collation). Else &lt; on text is evaluated where every
/// collation agrees: equal texts, and texts of digits. SQLite orders so anyway.</param>
public sealed record EvaluationContext(
    Dialect Dialect, DateTimeOffset AsOf, Func<string, Column?>? Columns = null, bool HasBinaryTextOrder = false)
{
    internal bool IsSqlite => Dialect == Dialect.Sqlite;

    internal long AsOfMicroseconds { get; } = SqlTime.FromDateTime(AsOf.UtcDateTime);

    internal Column? Find(string column) => Columns?.Invoke(column);
}

/// <summary>A row as an expression sees it.</summary>
public interface IRow
{
    /// <summary>The value of a column, in the storage class that the dialect gives it.</summary>
    /// <param name="column">The index that the compiler was told for the column's name.</param>
    SqlValue this[int column] { get; }
}
