using System.Runtime.CompilerServices;
using System.Text;
using RelSeed.Numerics;

namespace RelSeed.Semantics;

/// <summary>Words as UTF-8 in one array, made once and read without allocation.</summary>
public sealed class WordList
{
    readonly byte[] _data;
    readonly int[] _starts;
    readonly AliasTable? _weights;

    /// <param name="words">At least one.</param>
    /// <param name="weights">Relative frequencies, as many as words; null for equal ones.</param>
    internal WordList(string name, IReadOnlyList<string> words, IReadOnlyList<double>? weights = null)
    {
        if (words.Count == 0) throw new ArgumentException("A word list needs a word.", nameof(words));
        Name = name;
        Words = words;
        _data = Encoding.UTF8.GetBytes(string.Concat(words));
        _starts = new int[words.Count + 1];
        MinChars = int.MaxValue;
        for (var i = 0; i < words.Count; i++)
        {
            _starts[i + 1] = _starts[i] + Encoding.UTF8.GetByteCount(words[i]);
            MaxBytes = Math.Max(MaxBytes, _starts[i + 1] - _starts[i]);
            MaxChars = Math.Max(MaxChars, words[i].Length);
            MinChars = Math.Min(MinChars, words[i].Length);
        }
        Weights = weights;
        if (weights is not null) _weights = new AliasTable([.. weights]);
    }

    public string Name { get; }
    public int Count => _starts.Length - 1;
    public int MaxBytes { get; }

    /// <summary>UTF-16 units of the longest word: at least its characters.</summary>
    public int MaxChars { get; }

    public int MinChars { get; }

    /// <summary>The words as strings, for planning.</summary>
    public IReadOnlyList<string> Words { get; }

    internal IReadOnlyList<double>? Weights { get; }

    /// <summary>No two words are equal but for case and accents.</summary>
    public bool IsDistinct => field |= Words.Select(AsciiFold.Key).Distinct(StringComparer.Ordinal).Count() == Count;

    public ReadOnlySpan<byte> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _data.AsSpan(_starts[index], _starts[index + 1] - _starts[index]);
    }

    /// <summary>The position that 64 uniform bits choose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Draw(ulong word) => _weights is null ? (int)CounterRandom.Below(word, (ulong)Count) : _weights.Draw(word);
}

/// <summary>How a word is written.</summary>
public enum WordForm
{
    Plain,
    Lower,
    Upper,

    /// <summary>First letter upper case.</summary>
    Capital,

    /// <summary>Lower-case letters of ASCII only: what an e-mail address is made of.</summary>
    Ascii,

    /// <summary>Lower-case letters and digits of ASCII, hyphens between.</summary>
    Slug,

    /// <summary>First character only.</summary>
    Initial,
}
