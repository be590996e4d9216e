using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace RelSeed.Expressions;

/// <summary>A set of code points, as ascending ranges that do not touch.</summary>
sealed class CharSet
{
    public const int Last = 0x10FFFF;

    public static readonly CharSet None = new([]);
    public static readonly CharSet Any = new([(0, Last)]);

    CharSet(ImmutableArray<(int First, int Last)> ranges) => Ranges = ranges;

    public ImmutableArray<(int First, int Last)> Ranges { get; }

    public int Count => Ranges.Sum(r => r.Last - r.First + 1);

    public static CharSet Of(int first, int last) => new([(first, last)]);
    public static CharSet Of(int point) => Of(point, point);
    public static CharSet OfAll(string characters) => Union([.. characters.EnumerateRunes().Select(r => Of(r.Value))]);

    public static CharSet Union(params ReadOnlySpan<CharSet> sets)
    {
        var all = new List<(int First, int Last)>();
        foreach (var set in sets) all.AddRange(set.Ranges);
        all.Sort();
        var joined = ImmutableArray.CreateBuilder<(int First, int Last)>();
        foreach (var range in all)
            if (joined.Count > 0 && range.First <= joined[^1].Last + 1) joined[^1] = (joined[^1].First, Math.Max(joined[^1].Last, range.Last));
            else joined.Add(range);
        return new(joined.ToImmutable());
    }

    public CharSet Negate()
    {
        var gaps = ImmutableArray.CreateBuilder<(int, int)>();
        var next = 0;
        foreach (var (first, last) in Ranges)
        {
            if (first > next) gaps.Add((next, first - 1));
            next = last + 1;
        }
        if (next <= Last) gaps.Add((next, Last));
        return new(gaps.ToImmutable());
    }

    public CharSet Intersect(CharSet other) => Union([Negate(), other.Negate()]).Negate();

    public bool Contains(int point)
    {
        var (low, high) = (0, Ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (point < Ranges[middle].First) high = middle - 1;
            else if (point > Ranges[middle].Last) low = middle + 1;
            else return true;
        }
        return false;
    }

    /// <summary>The n-th member, from 0.</summary>
    public int At(int index)
    {
        foreach (var (first, last) in Ranges)
        {
            if (index <= last - first) return first + index;
            index -= last - first + 1;
        }
        throw new ArgumentOutOfRangeException(nameof(index));
    }

    /// <summary>With the other case of each letter: of ASCII, or of all the basic plane.</summary>
    public CharSet FoldCase(bool unicode)
    {
        var extra = new List<CharSet> { this };
        var limit = unicode ? 0xFFFF : 0x7F;
        foreach (var (first, last) in Ranges)
            for (var point = first; point <= Math.Min(last, limit); point++)
            {
                var c = (char)point;
                if (char.IsSurrogate(c) || !char.IsLetter(c)) continue;
                var (lower, upper) = (char.ToLowerInvariant(c), char.ToUpperInvariant(c));
                if (lower != c) extra.Add(Of(lower));
                if (upper != c) extra.Add(Of(upper));
            }
        return Union([.. extra]);
    }

    /// <summary>A POSIX class or <c>word</c>; null for an unknown name.</summary>
    /// <param name="unicode">As a UTF-8 locale sees letters beyond ASCII; else as the C locale does.</param>
    public static CharSet? Class(string name, bool unicode)
    {
        CharSet? ascii = name switch
        {
            "alpha" => Union(Of('a', 'z'), Of('A', 'Z')),
            "digit" => Of('0', '9'),
            "alnum" => Union(Of('a', 'z'), Of('A', 'Z'), Of('0', '9')),
            "word" => Union(Of('a', 'z'), Of('A', 'Z'), Of('0', '9'), Of('_')),
            "upper" => Of('A', 'Z'),
            "lower" => Of('a', 'z'),
            "space" => Union(Of(9, 13), Of(' ')),
            "blank" => Union(Of('\t'), Of(' ')),
            "punct" => Union(Of('!', '/'), Of(':', '@'), Of('[', '`'), Of('{', '~')),
            "graph" => Of('!', '~'),
            "print" => Of(' ', '~'),
            "cntrl" => Union(Of(0, 31), Of(127)),
            "xdigit" => Union(Of('0', '9'), Of('a', 'f'), Of('A', 'F')),
            "ascii" => Of(0, 127),
            _ => null,
        };
        return ascii is null || !unicode || name is "xdigit" or "ascii" ? ascii : Union(ascii, BeyondAscii.GetOrAdd(name, Beyond));
    }

    static readonly ConcurrentDictionary<string, CharSet> BeyondAscii = [];

    static CharSet Beyond(string name)
    {
        var found = new List<(int First, int Last)>();
        for (var point = 0x80; point <= 0x1FFFF; point++)
        {
            if (point is >= 0xD800 and <= 0xDFFF || !Belongs(name, CharUnicodeInfo.GetUnicodeCategory(point))) continue;
            if (found.Count > 0 && found[^1].Last == point - 1) found[^1] = (found[^1].First, point);
            else found.Add((point, point));
        }
        return new([.. found]);
    }

    static bool Belongs(string name, UnicodeCategory category) => name switch
    {
        "alpha" => IsLetter(category),
        "digit" => category == UnicodeCategory.DecimalDigitNumber,
        "alnum" or "word" => IsLetter(category) || category == UnicodeCategory.DecimalDigitNumber
            || name == "word" && category == UnicodeCategory.ConnectorPunctuation,
        "upper" => category is UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter,
        "lower" => category == UnicodeCategory.LowercaseLetter,
        "space" or "blank" => category is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
        "punct" => category is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherSymbol,
        "cntrl" => category == UnicodeCategory.Control,
        _ => category is not (UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse)
            && !(name == "graph" && category is UnicodeCategory.SpaceSeparator),
    };

    static bool IsLetter(UnicodeCategory category) => category <= UnicodeCategory.OtherLetter;

    public override string ToString()
    {
        var text = new StringBuilder("[");
        foreach (var (first, last) in Ranges) text.Append(CultureInfo.InvariantCulture, $"{first:X}-{last:X} ");
        return text.Append(']').ToString();
    }
}
