using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>What a profile tells of texts that are made anew.</summary>
/// <param name="Shapes">Forms with their shares of the rows; the rest have others.</param>
/// <param name="Lengths">Characters at equally spaced shares of the rows, ascending; empty when not learned.</param>
public sealed record LearnedText(EquatableArray<TextShape> Shapes, EquatableArray<int> Lengths)
{
    // Of so many rows at least.
    const double LeastClock = 0.9;

    /// <summary>The meaning as lengths and forms narrow it: a column of regions whose texts have two letters holds their codes, and arrivals of hours and
    /// minutes are no dates.</summary>
    public ColumnMeaning Narrow(ColumnMeaning meaning) => Lengths.IsEmpty ? meaning : (meaning.Kind, Lengths[Lengths.Count / 2]) switch
    {
        _ when Shapes.Where(s => FormTemplates.IsClock(s.Form)).Sum(s => s.Share) >= LeastClock => meaning with { Kind = Meaning.Unknown },
        (Meaning.Region, <= 3) => meaning with { Kind = Meaning.RegionCode },
        (Meaning.Country, <= 2) => meaning with { Kind = Meaning.CountryCode },
        (Meaning.Country, 3) when Lengths[0] == 3 && Lengths[^1] == 3 => meaning with { Kind = Meaning.CountryCode3 },
        _ => meaning,
    };

    /// <summary>Null when the profile tells nothing of a column's forms and lengths.</summary>
    public static LearnedText? Of(ColumnProfile? column) =>
        column is null || column.Shapes.IsEmpty && column.Lengths.IsEmpty ? null : new(column.Shapes, column.Lengths);
}
