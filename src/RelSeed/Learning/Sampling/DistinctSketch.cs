namespace RelSeed.Learning.Sampling;

/// <summary>Estimates how many different values there are by the smallest hashes (Bar-Yossef and others 2002); exact below its size.</summary>
sealed class DistinctSketch
{
    const int Size = 1024;
    readonly SortedSet<ulong> _least = [];

    // Columns of few values meet the same ones over and over.
    readonly ulong[] _lately = new ulong[Size];
    ulong _greatest = ulong.MaxValue;

    public void Add(ReadOnlySpan<ulong> hashes)
    {
        foreach (var hash in hashes)
            if (hash != KeyHash.None && hash < _greatest && _lately[hash % Size] != hash) Take(hash);
    }

    void Take(ulong hash)
    {
        _lately[hash % Size] = hash;
        if (!_least.Add(hash) || _least.Count < Size) return;
        if (_least.Count > Size) _least.Remove(_least.Max);
        _greatest = _least.Max;
    }

    public long Estimate => _least.Count < Size ? _least.Count : (long)((Size - 1) / (_greatest / 18446744073709551616.0));
}
