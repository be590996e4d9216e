using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>What the body of an INSERT trigger does with rows, as far as its text tells.</summary>
/// <param name="Inserts">The rows it writes, in its order.</param>
/// <param name="Demands">Rows of other tables without which it fails, or leaves a column null.</param>
/// <param name="Copies">Columns of the new row that it may set to another column of it.</param>
/// <param name="Assigned">Columns of the new row that it sets in any way.</param>
/// <param name="Mentions">Names that stand behind FROM, JOIN, INTO or UPDATE: tables it may read or write.</param>
public sealed record TriggerBody(
    EquatableArray<TriggerInsert> Inserts, EquatableArray<TriggerDemand> Demands, EquatableArray<TriggerCopy> Copies, EquatableArray<string> Assigned,
    EquatableArray<string> Mentions)
{
    /// <summary>Single rows of other tables that it looks up by a text of its own.</summary>
    public EquatableArray<TriggerLookup> Lookups { get; init; } = [];

    /// <summary>Tables from which it deletes rows.</summary>
    public EquatableArray<TriggerDelete> Deletes { get; init; } = [];

    /// <summary>Rows of other tables beside which it refuses the new row.</summary>
    public EquatableArray<TriggerBar> Bars { get; init; } = [];

    /// <summary>Tables all of whose rows it goes through, one after another.</summary>
    public EquatableArray<TriggerSweep> Sweeps { get; init; } = [];

    public static TriggerBody Empty { get; } = new([], [], [], [], []);
}

/// <summary>One row written to another table for each new row.</summary>
/// <param name="Schema">As written; null for none.</param>
/// <param name="Columns">As written; empty for all columns in their order.</param>
/// <param name="Values">Fewer than the columns when they could not be told.</param>
/// <param name="Guard">Written only when this holds; null for always.</param>
/// <param name="IsCertain">The row is written for every new row that passes the guard; else only the database knows.</param>
/// <param name="IsHarmless">A row that stands there already is no fault: ON CONFLICT, OR IGNORE, OR REPLACE.</param>
public sealed record TriggerInsert(
    string? Schema, string Table, EquatableArray<string> Columns, EquatableArray<TriggerValue> Values, TriggerGuard? Guard, bool IsCertain,
    bool IsHarmless);

/// <summary>A value of the row that is written: a column of the new row, a literal, or what only the database can tell (neither).</summary>
/// <param name="Column">The new row's column.</param>
/// <param name="Literal">The literal's text; null for NULL.</param>
public sealed record TriggerValue(string? Column, bool IsLiteral, string? Literal);

/// <summary>The new row's column equals a literal.</summary>
public sealed record TriggerGuard(string Column, string Literal);

/// <summary>A row of another table that every new row needs.</summary>
/// <param name="Column">The new row's column that is null without it; null where the trigger refuses.</param>
/// <param name="Schema">As written; null for none.</param>
/// <param name="Keys">What the row must hold; at least one is a column of the new row.</param>
public sealed record TriggerDemand(string? Column, string? Schema, string Table, EquatableArray<DemandedValue> Keys)
{
    /// <summary>A new row without the columns that it is looked up by needs none.</summary>
    public bool IsOptional { get; init; }
}

/// <summary><c>select … from Table where Column = 'Text'</c>.</summary>
/// <param name="Schema">As written; null for none.</param>
public sealed record TriggerLookup(string? Schema, string Table, string Column, string Text);

/// <param name="Schema">As written; null for none.</param>
/// <param name="Keys">What the deleted rows hold, as far as it can be told.</param>
public sealed record TriggerDelete(string? Schema, string Table, EquatableArray<DemandedValue> Keys);

/// <summary><c>if exists (select from Table where …) then raise</c>.</summary>
/// <param name="Schema">As written; null for none.</param>
/// <param name="Keys">What such a row holds, as far as it can be told; at least one is a column of the new row.</param>
public sealed record TriggerBar(string? Schema, string Table, EquatableArray<DemandedValue> Keys);

/// <summary><c>for … in select … from Table loop</c>.</summary>
/// <param name="Schema">As written; null for none.</param>
public sealed record TriggerSweep(string? Schema, string Table);

/// <param name="Column">Of the table that is asked.</param>
/// <param name="Value">A column of the new row, or a literal.</param>
public sealed record DemandedValue(string Column, TriggerValue Value);

/// <summary><c>new.Column := new.Source</c>.</summary>
public sealed record TriggerCopy(string Column, string Source);
