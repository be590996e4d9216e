using System.Text;

namespace RelSeed.Expressions;

/// <summary>Makes texts that satisfy a set of patterns: LIKE, GLOB, SIMILAR TO and regular expressions, wanted or forbidden, and a length.</summary>
/// <remarks>
/// Every text is a function of the numbers given, so any may be made alone, in any order. Characters beyond ASCII are used only where a pattern
/// asks for them; a set that names few characters is used whole, a wide one through lower-case letters and digits.
/// Building costs up to some milliseconds; a text costs its length times the number of character classes, and allocates only itself.
/// </remarks>
public sealed class PatternSampler
{
    /// <summary>The largest <see cref="Count"/> that is told.</summary>
    public const long MostCounted = 1L << 56;

    const int LengthsBeyondShortest = 64, MostCells = 2_000_000, LongestSearched = 2_048;

    readonly PatternDfa _dfa;
    readonly ulong[][] _counts;
    readonly int[] _lengths;
    readonly Func<string, bool>? _check;

    PatternSampler(PatternDfa dfa, ulong[][] counts, int[] lengths, Func<string, bool>? check)
    {
        (_dfa, _counts, _lengths, _check) = (dfa, counts, lengths, check);
        Count = (long)Math.Min((ulong)MostCounted, lengths.Aggregate(0UL, (sum, l) => Saturate((UInt128)sum + counts[l][0])));
    }

    /// <summary>How many distinct texts <see cref="At"/> makes; <see cref="MostCounted"/> when there are that many or more.</summary>
    public long Count { get; }

    /// <summary>Characters (code points) of the shortest and the longest text it makes; it leaves out texts much longer than the shortest.</summary>
    public (int Shortest, int Longest) Lengths => (_lengths[0], _lengths[^1]);

    /// <summary>Each text satisfies the patterns; else (word boundaries, longer look-around) what <see cref="At"/> makes must still be
    /// tried.</summary>
    public bool IsExact => _check is null;

    /// <param name="patterns">All on one column; none means any text.</param>
    /// <param name="minimumLength">Characters, at least 0; <paramref name="maximumLength"/> likewise.</param>
    /// <param name="reason">Why there is none: a clause that may follow "no text can be made:"; empty on success.</param>
    public static PatternSampler? TryCreate(IReadOnlyCollection<Condition.Pattern> patterns, int minimumLength, int maximumLength,
        out string reason) =>
        PatternSamplerBuilder.TryBuild(patterns, minimumLength, maximumLength, out reason);

    /// <summary>Null when no text has a length between the two.</summary>
    internal static PatternSampler? TryCreate(PatternDfa dfa, int minimumLength, int maximumLength, Func<string, bool>? check)
    {
        var counts = new List<ulong[]> { Enumerable.Range(0, dfa.Count).Select(s => dfa.Accepts(s) ? 1UL : 0).ToArray() };
        var lengths = new List<int>();
        for (var length = 0; length <= maximumLength; length++)
        {
            if (length > 0) counts.Add(Longer(dfa, counts[^1]));
            if (length >= minimumLength && counts[length][0] > 0) lengths.Add(length);
            var isEnough = lengths.Count > 0 ? length >= lengths[0] + LengthsBeyondShortest : length >= LongestSearched;
            if (isEnough || (long)counts.Count * dfa.Count > MostCells) break;
        }
        return lengths.Count == 0 ? null : new(dfa, [.. counts], [.. lengths], check);
    }

    /// <summary>The number of texts one character longer, from each state.</summary>
    static ulong[] Longer(PatternDfa dfa, ulong[] shorter)
    {
        var longer = new ulong[dfa.Count];
        for (var state = 0; state < longer.Length; state++)
        {
            UInt128 sum = 0;
            for (var c = 0; c < dfa.Alphabet.Count; c++)
                if (dfa.Next(state, c) is var next and >= 0) sum += (UInt128)shorter[next] * (uint)dfa.Alphabet.Characters[c].Length;
            longer[state] = Saturate(sum);
        }
        return longer;
    }

    static ulong Saturate(UInt128 value) => value > ulong.MaxValue >> 1 ? ulong.MaxValue >> 1 : (ulong)value;

    /// <summary>The text of an index; distinct indices give distinct texts.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <param name="key">Chooses among the texts where there are more than are counted.</param>
    public string At(long index, ulong key = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var chance = new Chance(key ^ Chance.Mix((ulong)index + 1));
        var rest = (ulong)index;
        return Write(LengthOf(ref rest, ref chance), ref rest, ref chance);
    }

    /// <summary>A text by chance: each length as likely as another, and each text of a length.</summary>
    /// <param name="words">Uniform 64-bit words; one is taken for each try.</param>
    /// <returns>Null when, not being exact, it found none in a hundred tries.</returns>
    public string? Sample(Func<ulong> words)
    {
        for (var tries = 0; tries < (IsExact ? 1 : 100); tries++)
        {
            var chance = new Chance(words());
            var length = _lengths[(int)chance.Below((ulong)_lengths.Length)];
            var rest = chance.Below(Math.Min(_counts[length][0], MostCounted));
            var text = Write(length, ref rest, ref chance);
            if (_check is null || _check(text)) return text;
        }
        return null;
    }

    /// <summary>Lengths with more texts than are counted are all equally good; else the index runs through them.</summary>
    int LengthOf(ref ulong rest, ref Chance chance)
    {
        var plentiful = 0;
        foreach (var length in _lengths)
            if (_counts[length][0] >= MostCounted) plentiful++;
        if (plentiful > 0)
        {
            var wanted = chance.Below((ulong)plentiful);
            foreach (var length in _lengths)
                if (_counts[length][0] >= MostCounted && wanted-- == 0) return length;
        }
        foreach (var length in _lengths)
        {
            if (rest < _counts[length][0]) return length;
            rest -= _counts[length][0];
        }
        return _lengths[^1];
    }

    string Write(int length, ref ulong rest, ref Chance chance)
    {
        Span<char> buffer = stackalloc char[512];
        var text = length * 2 <= buffer.Length ? buffer : new char[length * 2];
        var (state, written) = (0, 0);
        for (var left = length - 1; left >= 0; left--)
        {
            (state, var point) = Plentiful(state, _counts[left]) is var plentiful and > 0
                ? ChooseByChance(state, _counts[left], chance.Below(plentiful))
                : ChooseByIndex(state, _counts[left], ref Spread(ref rest, _counts[left + 1][state], ref chance));
            written += new Rune(point).EncodeToUtf16(text[written..]);
        }
        return new(text[..written]);
    }

    /// <summary>Characters after which more texts remain than an index can number: there chance chooses, and leaves the index for what follows,
    /// so that no two indices make the same text.</summary>
    ulong Plentiful(int state, ulong[] counts)
    {
        var characters = 0UL;
        for (var c = 0; c < _dfa.Alphabet.Count; c++)
            if (_dfa.Next(state, c) is var next and >= 0 && counts[next] >= MostCounted) characters += (uint)_dfa.Alphabet.Characters[c].Length;
        return characters;
    }

    (int State, int Point) ChooseByChance(int state, ulong[] counts, ulong wanted)
    {
        for (var c = 0; ; c++)
        {
            if (_dfa.Next(state, c) is var next && (next < 0 || counts[next] < MostCounted)) continue;
            var characters = _dfa.Alphabet.Characters[c];
            if (wanted < (ulong)characters.Length) return (next, characters[wanted]);
            wanted -= (ulong)characters.Length;
        }
    }

    (int State, int Point) ChooseByIndex(int state, ulong[] counts, ref ulong rest)
    {
        for (var c = 0; ; c++)
        {
            if (_dfa.Next(state, c) is var next && next < 0) continue;
            var (each, characters) = (counts[next], _dfa.Alphabet.Characters[c]);
            var all = each * (uint)characters.Length;
            if (rest >= all)
            {
                rest -= all;
                continue;
            }
            var point = characters[rest / each];
            rest %= each;
            return (next, point);
        }
    }

    /// <summary>Spreads an index over all of somewhat more texts than it can number; each index keeps texts of its own.</summary>
    static ref ulong Spread(ref ulong rest, ulong texts, ref Chance chance)
    {
        if (texts / MostCounted is var share and > 1) rest = rest * share + chance.Below(share);
        return ref rest;
    }

    /// <summary>Chance out of one word (SplitMix64).</summary>
    struct Chance(ulong state)
    {
        ulong _state = state;

        public static ulong Mix(ulong word)
        {
            word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
            word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
            return word ^ (word >> 31);
        }

        public ulong Below(ulong limit)
        {
            _state += 0x9E3779B97F4A7C15;
            return (ulong)(((UInt128)Mix(_state) * limit) >> 64);
        }
    }
}
