using System.Runtime.InteropServices;
using RelSeed.Numerics;

namespace RelSeed.Learning.Sampling;

/// <summary>Numbers different texts, from 0 on.</summary>
sealed class TextNumbers
{
    readonly HashIndex _known = new();
    readonly List<string> _texts = [];

    public IReadOnlyList<string> Texts => _texts;

    public int NumberOf(ReadOnlySpan<char> text)
    {
        // Where two texts have one hash, the later one gets the next.
        for (var hash = KeyHash.OfBytes(MemoryMarshal.AsBytes(text)) | 1; ; hash = CounterRandom.Mix(hash) | 1)
        {
            var number = _known.Find(hash);
            if (number >= 0 && !text.SequenceEqual(_texts[number])) continue;
            if (number >= 0) return number;
            _known.Add(hash, _texts.Count);
            _texts.Add(text.ToString());
            return _texts.Count - 1;
        }
    }
}
