using System.Collections.Concurrent;

namespace RelSeed;

/// <summary>Keeps what is costly to make and asked for again and again; safe for any threads.</summary>
/// <param name="capacity">Entries at most, so that a hostile schema fills no memory; all are dropped when there are as many.</param>
sealed class BoundedCache<TKey, TValue>(int capacity) where TKey : notnull
{
    readonly ConcurrentDictionary<TKey, TValue> _kept = new();

    /// <param name="make">Of the key alone; called twice where two threads ask at once.</param>
    public TValue Get(TKey key, Func<TKey, TValue> make)
    {
        if (_kept.TryGetValue(key, out var kept)) return kept;
        var made = make(key);
        if (_kept.Count >= capacity) _kept.Clear();
        _kept[key] = made;
        return made;
    }
}
