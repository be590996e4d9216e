using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Another form of a table's rows.</summary>
/// <param name="Learned">What would be known of the table if the database takes them.</param>
/// <param name="Rows">The rows; keys that others refer to are the same.</param>
public sealed record RowVariant(LearnedTable Learned, TableGenerator Rows);

/// <summary>What the database said to a few rows of every table; none of them stays.</summary>
public sealed record RehearsalReport
{
    /// <summary>In the plan's order, those that were tried.</summary>
    public required EquatableArray<TableRehearsal> Tables { get; init; }

    /// <summary>What was refused only when all rows were there: constraints and triggers that wait for the commit.</summary>
    public EquatableArray<RowRefusal> AtEnd { get; init; } = [];

    /// <summary>What the user should know.</summary>
    public EquatableArray<string> Notes { get; init; } = [];
}

public sealed record TableRehearsal
{
    public required TableName Table { get; init; }

    /// <summary>Rows that were tried.</summary>
    public required int Rows { get; init; }

    /// <summary>The different causes for which rows were refused; empty when all were taken.</summary>
    public EquatableArray<RowRefusal> Refusals { get; init; } = [];

    /// <summary>By row: position in <see cref="Refusals"/>, -1 when it was taken; empty when all were.</summary>
    public EquatableArray<int> Causes { get; init; } = [];

    /// <summary>The form of the rows that <see cref="Causes"/> speaks of, when it is not the plan's.</summary>
    public RowVariant? Variant { get; init; }

    /// <summary>Other tables that got rows meanwhile: triggers wrote them.</summary>
    public EquatableArray<TableName> AlsoWritten { get; init; } = [];

    /// <summary>Rows drawn in the place of those that were refused; null where none were.</summary>
    public Redraw? Redraw { get; init; }

    /// <summary>What was refused of all rows together and of none of them alone; null for nothing.</summary>
    public RowRefusal? Together { get; init; }

    /// <summary>All were taken, but so slowly that the others were left aside.</summary>
    public bool IsSlow { get; init; }

    /// <summary>How long the database took for the rows that were tried.</summary>
    public double Seconds { get; init; }

    public int Refused => Causes.Count(c => c >= 0);

    /// <summary>The plan's own rows, as they are.</summary>
    public bool IsTaken => Refused == 0 && Variant is null && Together is null;
}

/// <param name="Refused">Draws that were refused, from 0: of the rows and of those beyond them.</param>
/// <param name="Taken">How many beyond them were taken.</param>
public sealed record Redraw(EquatableArray<long> Refused, int Taken);

/// <summary>Why the database refused a row, by its names and codes, without a value.</summary>
public sealed record RowRefusal
{
    public required RefusalKind Kind { get; init; }

    /// <summary>The table that the server names, or that was written.</summary>
    public required TableName Table { get; init; }

    /// <summary>The constraint, function or setting; empty when the server names none.</summary>
    public string Name { get; init; } = "";

    /// <summary>The trigger that ran, as far as it is known.</summary>
    public string? Trigger { get; init; }

    /// <summary>The trigger after the row that ran innermost, where it raises nothing itself and this user may switch it off: without it rows of other
    /// tables are missing, but none gets by that it would have refused. Null when it is none such.</summary>
    public (TableName Table, string Name)? Writer { get; init; }

    public string? Column { get; init; }

    /// <summary>SQLSTATE, or the library's extended result code.</summary>
    public required string Code { get; init; }

    /// <summary>The text of the functions or of the trigger that ran; not for printing.</summary>
    public string? Text { get; init; }

    /// <summary>Values of the views that they read, a few; not for printing.</summary>
    public EquatableArray<string> Words { get; init; } = [];

    /// <summary>The statement was stopped after the time that a trial has: what ran does not come to an end.</summary>
    public bool IsEndless => Code == "57014";
}

public enum RefusalKind
{
    Check, Unique, ForeignKey, NotNull, Exclusion,

    /// <summary>A trigger or a function raised an error, or something in it failed.</summary>
    Trigger,

    /// <summary>The row was dropped without an error.</summary>
    Vanished,

    /// <summary>A session setting is missing.</summary>
    Setting,

    RowSecurity,

    /// <summary>No statement that inserts into the table works on a plain connection.</summary>
    Statement,

    /// <summary>A value or a row that the server cannot take: its form, its size.</summary>
    Value,
}
