namespace RelSeed.Schema;

/// <summary>What an application's model says of a column beyond the catalog. Values are in canonical text: invariant numbers, ISO 8601 dates,
/// <c>true</c>.</summary>
public sealed record ColumnModel
{
    /// <summary>The model's name for it, for a person: <c>Order.Status</c>.</summary>
    public string Property { get; init; } = "";

    /// <summary>When not empty, the only values the application can read, as the column stores them.</summary>
    public EquatableArray<ValueShare> Values { get; init; } = [];

    /// <summary>The shares of <see cref="Values"/> are met in every run of rows, so that the rows of each value can be counted beforehand.</summary>
    public bool IsBalanced { get; init; }

    /// <summary>Values the application does not take.</summary>
    public EquatableArray<string> Denied { get; init; } = [];

    /// <summary>Least value, included.</summary>
    public string? Minimum { get; init; }

    /// <summary>Greatest value, included.</summary>
    public string? Maximum { get; init; }

    /// <summary>Characters or bytes at least.</summary>
    public int? MinLength { get; init; }

    /// <summary>Characters or bytes at most; the type's own bound holds besides.</summary>
    public int? MaxLength { get; init; }

    /// <summary>A regular expression that a text must match.</summary>
    public string? Pattern { get; init; }

    public ValueFormat Format { get; init; }

    /// <summary>Share of rows that are null, from 0 to 1, where they may be.</summary>
    public double? NullShare { get; init; }

    /// <summary>The rows in which the column has a value; null for all.</summary>
    public ColumnScope? Scope { get; init; }

    /// <summary>Tables that share one space of keys: the part of it that this column takes.</summary>
    public KeySlice? Slice { get; init; }

    /// <summary>The documents the column holds.</summary>
    public JsonShape? Json { get; init; }

    /// <summary>What is said of an array's items.</summary>
    public ColumnModel? Item { get; init; }
}

/// <param name="Share">Relative to the other values'; above 0.</param>
public readonly record struct ValueShare(string Value, double Share);

/// <summary>A form of text that an annotation asks for.</summary>
public enum ValueFormat { None, Email, Url, Phone, CardNumber, FileName }

/// <summary>A column that belongs to some rows only: those of a subtype, or those in which an optional part is there.</summary>
/// <param name="Guard">The column that decides.</param>
/// <param name="Values">The guard's values in whose rows the column lives; empty where any value but NULL will do.</param>
/// <param name="IsRequired">It has a value in all of these rows.</param>
public sealed record ColumnScope(string Guard, EquatableArray<string> Values, bool IsRequired);

/// <summary>Keys of several tables that differ from one another: each takes every so many-th place of a common domain, or of a parent's
/// rows.</summary>
/// <param name="Owner">Table whose domain it is.</param>
/// <param name="OwnerColumn">Its column.</param>
/// <param name="Place">0-based place of this table.</param>
/// <param name="Count">Places in all.</param>
/// <param name="IsComplete">Every parent at the table's places has its row, since the model reads no parent without.</param>
public sealed record KeySlice(TableName Owner, string OwnerColumn, int Place, int Count, bool IsComplete);

/// <summary>What an application's model says of a table beyond the catalog.</summary>
public sealed record TableModel
{
    /// <summary>References that the database holds no foreign key for.</summary>
    public EquatableArray<ForeignKey> References { get; init; } = [];

    /// <summary>Conditions on its rows that the database holds no check for.</summary>
    public EquatableArray<CheckConstraint> Checks { get; init; } = [];

    /// <summary>Which rows of the principal a foreign key may lead to.</summary>
    public EquatableArray<PrincipalRule> Principals { get; init; } = [];
}

/// <param name="Key">Name of the foreign key.</param>
/// <param name="Column">The principal's column that tells.</param>
/// <param name="Values">Its values that will do, in canonical text.</param>
/// <param name="Reason">Who wants it, for a person: <c>Gear.Leader is an Officer</c>.</param>
public sealed record PrincipalRule(string Key, string Column, EquatableArray<string> Values, string Reason);

/// <summary>The shape of a JSON document, or of a part of it.</summary>
public sealed record JsonShape
{
    public required JsonKind Kind { get; init; }

    /// <summary>The members of an object.</summary>
    public EquatableArray<JsonMember> Members { get; init; } = [];

    /// <summary>The items of an array.</summary>
    public JsonShape? Item { get; init; }

    /// <summary>Items of an array at least.</summary>
    public int MinItems { get; init; }

    /// <summary>Items of an array at most.</summary>
    public int MaxItems { get; init; }

    /// <summary>The type of a value, as if it were a column.</summary>
    public ColumnType? Type { get; init; }

    /// <summary>How a value is written.</summary>
    public JsonForm Form { get; init; }

    /// <summary>Stands behind a text: <c>Z</c>, <c>+00:00</c>.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>What is said of a value beyond its type; where it lists values, these are literals of JSON.</summary>
    public ColumnModel? Model { get; init; }
}

/// <param name="NullShare">Share of documents in which it is null, from 0 to 1.</param>
public sealed record JsonMember(string Name, JsonShape Shape, double NullShare);

public enum JsonKind { Object, Array, Value }

public enum JsonForm
{
    /// <summary>A number, a truth value, or a whole literal.</summary>
    Bare,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A string in capitals.</summary>
    UpperText,

    /// <summary>A date and time with <c>T</c> between.</summary>
    Instant,
    Base64,

    /// <summary>Bytes in hexadecimal, in capitals.</summary>
    Hex,
}
