namespace RelSeed.Generation;

/// <summary>Rows in pairs: what a balance reads of the second row is that of the first, the other way round.</summary>
public sealed partial class RowFrame
{
    RowFrame? _firsts;
    bool _firstsReady;
    bool _isOfFirsts;

    bool IsPaired(int column) => !_isOfFirsts && Table.Pairs?.Reads(column) == true;

    // The first of each row's pair, as it is made.
    RowFrame Firsts()
    {
        var firsts = _firsts ??= new RowFrame(Table) { _isOfFirsts = true };
        if (_firstsReady) return firsts;
        _firstsReady = true;
        firsts.ResetMade(_rows.Take(Count).Select(r => r & ~1L), Count, attempt: 0);
        return firsts;
    }
}
