using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>What the body of an INSERT trigger does with rows, as far as its text tells.</summary>
/// <param name="Inserts">The rows it writes, in its order.</param>
/// <param name="Lookups">Columns of the new row that it reads from another table.</param>
/// <param name="Assigned">Columns of the new row that it sets in any way.</param>
/// <param name="Mentions">Names that stand behind FROM, JOIN, INTO or UPDATE: tables it may read or write.</param>
public sealed record TriggerBody(
    EquatableArray<TriggerInsert> Inserts, EquatableArray<TriggerLookup> Lookups, EquatableArray<string> Assigned, EquatableArray<string> Mentions)
{
    public static TriggerBody Empty { get; } = new([], [], [], []);
}

/// <summary>One row written to another table for each new row.</summary>
/// <param name="Schema">As written; null for none.</param>
/// <param name="Columns">As written; empty for all columns in their order.</param>
/// <param name="Values">Fewer than the columns when they could not be told.</param>
/// <param name="Guard">Written only when this holds; null for always.</param>
/// <param name="IsCertain">The row is written for every new row that passes the guard; else only the database knows.</param>
/// <param name="IsHarmless">A row that stands there already is no fault: ON CONFLICT, OR IGNORE, OR REPLACE.</param>
public sealed record TriggerInsert(
    string? Schema, string Table, EquatableArray<string> Columns, EquatableArray<TriggerValue> Values, TriggerGuard? Guard, bool IsCertain, bool IsHarmless);

/// <summary>A value of the row that is written: a column of the new row, a literal, or what only the database can tell (neither).</summary>
/// <param name="Column">The new row's column.</param>
/// <param name="Literal">The literal's text; null for NULL.</param>
public sealed record TriggerValue(string? Column, bool IsLiteral, string? Literal);

/// <summary>The new row's column equals a literal.</summary>
public sealed record TriggerGuard(string Column, string Literal);

/// <summary><c>new.Column := (select Value from Table where Key = new.Reference)</c>.</summary>
public sealed record TriggerLookup(string Column, string Table, string Value, string Key, string Reference);
