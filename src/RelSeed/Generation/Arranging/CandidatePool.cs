namespace RelSeed.Generation;

/// <summary>The candidates of a choice that are not known to fail, drawn and struck out in constant time: a sparse Fisher-Yates shuffle,
/// whose memory is the candidates struck out.</summary>
sealed class CandidatePool(int count)
{
    Dictionary<int, int>? _moved;

    public int Count { get; private set; } = count;

    public int this[int place] => _moved is not null && _moved.TryGetValue(place, out var moved) ? moved : place;

    public void Remove(int place)
    {
        var last = this[--Count];
        if (place != Count) (_moved ??= [])[place] = last;
        _moved?.Remove(Count);
    }

    /// <summary>Puts a candidate out of the way of this row's further draws.</summary>
    public void Swap(int place, int other)
    {
        var (left, right) = (this[place], this[other]);
        _moved ??= [];
        (_moved[place], _moved[other]) = (right, left);
    }
}
