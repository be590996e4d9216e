namespace RelSeed.Learning.Sampling;

/// <summary>Finds the sampled row that has a key.</summary>
sealed class KeyIndex(string[] columns) : HashIndex
{
    public string[] Columns { get; } = columns;
}

/// <summary>Numbers by hashes.</summary>
/// <remarks>Open addressing: hashes are mixed already, and a batch of independent look-ups waits for memory together.</remarks>
class HashIndex
{
    const int LeastSize = 64;

    ulong[] _keys = new ulong[LeastSize];
    int[] _numbers = new int[LeastSize];
    int _count;

    /// <summary>The first number that a hash is given stays.</summary>
    public void Add(ulong key, int number)
    {
        if (key == KeyHash.None) return;
        if (_count * 2 >= _keys.Length) Grow();
        var slot = SlotOf(_keys, key);
        if (_keys[slot] == key) return;
        (_keys[slot], _numbers[slot]) = (key, number);
        _count++;
    }

    /// <summary>-1 when there is none.</summary>
    public int Find(ulong key)
    {
        var slot = SlotOf(_keys, key);
        return _keys[slot] == KeyHash.None ? -1 : _numbers[slot];
    }

    /// <param name="numbers">By key; -1 when there is none.</param>
    public void Find(ReadOnlySpan<ulong> keys, Span<int> numbers)
    {
        for (var i = 0; i < keys.Length; i++) numbers[i] = Find(keys[i]);
    }

    // Where the key stands, or the free place where it would.
    static int SlotOf(ulong[] keys, ulong key)
    {
        var slot = (int)key & (keys.Length - 1);
        while (keys[slot] != key && keys[slot] != KeyHash.None) slot = (slot + 1) & (keys.Length - 1);
        return slot;
    }

    void Grow()
    {
        var (keys, numbers) = (new ulong[_keys.Length * 2], new int[_keys.Length * 2]);
        for (var i = 0; i < _keys.Length; i++)
        {
            if (_keys[i] == KeyHash.None) continue;
            var slot = SlotOf(keys, _keys[i]);
            (keys[slot], numbers[slot]) = (_keys[i], _numbers[i]);
        }
        (_keys, _numbers) = (keys, numbers);
    }
}
