namespace RelSeed.Schema;

/// <summary>A primary key, unique constraint or unique index.</summary>
public sealed record UniqueKey
{
    public required string Name { get; init; }
    public required EquatableArray<KeyPart> Parts { get; init; }
    public bool IsPrimary { get; init; }

    /// <summary>Declared as a constraint, so that foreign keys may refer to it; else a mere unique index.</summary>
    public bool IsConstraint { get; init; }

    /// <summary>The WHERE of a partial index, as the catalog prints it, without outer parentheses.</summary>
    public string? Predicate { get; init; }

    /// <summary>Two NULLs are equal (PostgreSQL 15).</summary>
    public bool NullsNotDistinct { get; init; }

    public bool IsDeferrable { get; init; }

    /// <summary>Every part is a column, and every row counts.</summary>
    public bool IsPlain => Predicate is null && Parts.All(p => p.Column is not null);

    /// <summary>Names of the columns among the parts.</summary>
    public IEnumerable<string> ColumnNames => Parts.Where(p => p.Column is not null).Select(p => p.Column!);
}

/// <summary>One part of a key: a column, or an expression as the catalog prints it, without outer parentheses. Exactly one of the two is
/// set.</summary>
/// <param name="Collation">Name of a collation that differs from the column's.</param>
/// <param name="IsCaseInsensitive">The part compares text without regard to case.</param>
public sealed record KeyPart(string? Column, string? Expression = null, string? Collation = null, bool IsCaseInsensitive = false);

public sealed record ForeignKey
{
    public required string Name { get; init; }

    /// <summary>The dependent's columns, in the order of <see cref="PrincipalColumns"/>.</summary>
    public required EquatableArray<string> Columns { get; init; }

    public required TableName Principal { get; init; }
    public required EquatableArray<string> PrincipalColumns { get; init; }

    /// <summary>MATCH FULL: all columns null or none.</summary>
    public bool IsMatchFull { get; init; }

    public bool IsDeferrable { get; init; }
    public bool IsInitiallyDeferred { get; init; }

    /// <summary>False for NOT VALID; such a key still binds new rows.</summary>
    public bool IsValidated { get; init; } = true;

    /// <summary>The last column is a range that the principal's ranges must cover together (PERIOD, PostgreSQL 18).</summary>
    public bool IsPeriod { get; init; }

    public override string ToString() => $"({string.Join(", ", Columns)}) -> {Principal}({string.Join(", ", PrincipalColumns)})";
}

/// <param name="Expression">The condition alone, without CHECK and outer parentheses, as the catalog prints it.</param>
/// <param name="IsValidated">False for NOT VALID; such a check still binds new rows.</param>
public sealed record CheckConstraint(string Name, string Expression, bool IsValidated = true)
{
    /// <summary>The condition with the bodies of the schema's own functions in the place of their calls; null when it calls none, or none that only
    /// computes a value.</summary>
    public string? WrittenOut { get; init; }

    /// <summary>The text to understand the condition by.</summary>
    internal string Readable => WrittenOut ?? Expression;
}

/// <param name="Elements">The excluded combination: part and operator, <c>room_id</c> with <c>=</c>, <c>during</c> with <c>&amp;&amp;</c>.</param>
/// <param name="Definition">The whole as the catalog prints it.</param>
public sealed record ExclusionConstraint(string Name, EquatableArray<ExclusionElement> Elements, string? Predicate, string Definition);

public sealed record ExclusionElement(string? Column, string? Expression, string Operator);
