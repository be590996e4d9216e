using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>A column for whose values a generator is wanted.</summary>
public sealed record ValueRequest
{
    public required Table Table { get; init; }
    public required Column Column { get; init; }
    public required ColumnMeaning Meaning { get; init; }

    /// <summary>Rows the table will have.</summary>
    public required long Rows { get; init; }

    /// <summary>An identifier of <see cref="Locales"/>.</summary>
    public string Locale { get; init; } = Locales.Default;

    public required DateTimeOffset AsOf { get; init; }

    /// <summary>What constraints leave over.</summary>
    public ValueDomain Domain { get; init; } = ValueDomain.Any;

    /// <summary>No two rows may be equal: the specification is an <see cref="IndexedSpec"/> over a permutation of the rows.</summary>
    public bool Unique { get; init; }

    /// <summary>Forms and lengths of its texts in a profile; null for none.</summary>
    public LearnedText? Learned { get; init; }

    /// <summary>Columns (positions) whose values may not be asked for, since they depend on this one.</summary>
    public EquatableArray<int> Forbidden { get; init; } = [];

    /// <summary>Tries texts against what the domain does not tell; null when it tells all.</summary>
    internal TextFilter? Filter { get; init; }

    internal ColumnType Type => Column.Type;
}

/// <summary>A column's values as its constraints narrow them.</summary>
public sealed record ValueDomain
{
    public static ValueDomain Any { get; } = new();

    /// <summary>Integer lanes: least value, in the lane's unit, included.</summary>
    public long? Min { get; init; }

    /// <summary>Integer lanes: greatest value, in the lane's unit, included.</summary>
    public long? Max { get; init; }

    /// <summary>Integer lanes: only every so many values, from the least on; null for all.</summary>
    public long? Step { get; init; }

    /// <summary>Floating lanes: least value, included.</summary>
    public double? MinReal { get; init; }

    /// <summary>Floating lanes: greatest value, included.</summary>
    public double? MaxReal { get; init; }

    /// <summary>When not empty, only these, in canonical text.</summary>
    public EquatableArray<string> Allowed { get; init; } = [];

    /// <summary>Of a unique text: each of these has a row.</summary>
    public EquatableArray<string> Included { get; init; } = [];

    /// <summary>None of these, in canonical text.</summary>
    public EquatableArray<string> Excluded { get; init; } = [];

    /// <summary>Characters (text) or bytes (binary) at least.</summary>
    public int? MinLength { get; init; }

    /// <summary>Characters (text) or bytes (binary) at most; the type's own bound holds besides.</summary>
    public int? MaxLength { get; init; }

    /// <summary>A regular expression that the whole of a text, or a part of it if not anchored, must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>Regular expressions that a text must match besides <see cref="Pattern"/>.</summary>
    public EquatableArray<string> OtherPatterns { get; init; } = [];

    /// <summary>JSON: when not empty, only these, as jsonb_typeof names them.</summary>
    public EquatableArray<string> JsonTypes { get; init; } = [];

    /// <summary>The letters' only case; null for any.</summary>
    public LetterCase? Case { get; init; }

    /// <summary>Texts that differ only in case are equal.</summary>
    public bool CaseInsensitive { get; init; }
}

public enum LetterCase { Lower, Upper }

/// <param name="Reason">In words: what the column means, and how that is known.</param>
/// <param name="Capacity">Distinct values when unique; long.MaxValue when there are more, or uniqueness was not asked for.</param>
public sealed record ValuePlan(GeneratorSpec Spec, string Reason, long Capacity);
