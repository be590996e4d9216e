using RelSeed.Generation;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Draws further rows where the database takes some and refuses others, until as many are taken as were refused.</summary>
/// <param name="causes">By row: -1 when it was taken.</param>
public sealed class Redrawing(TableGenerator rows, IReadOnlyList<int> causes)
{
    // So many draws for one that is wanted; where the database takes fewer, chance is no way to its rows.
    const int MostDraws = 16;

    // After so many refusals one after another hardly any row would come of the others.
    const int MostRefusedInTurn = 512;

    readonly List<long> _refused =
        [.. Enumerable.Range(0, causes.Count).Where(r => causes[r] >= 0).Select(r => rows.Substitutes?.Map(r) ?? r)];
    readonly int _wanted = causes.Count == rows.MadeRows && causes.Contains(-1) ? causes.Count(c => c >= 0) : 0;
    readonly long _first = Math.Max(rows.MadeRows, (rows.Substitutes?.Last ?? -1) + 1);
    int _refusedInTurn = causes.Reverse().TakeWhile(c => c >= 0).Count();
    long _drawn;
    int _taken;

    /// <summary>The next row to try, counted from the first made one; null when it is enough.</summary>
    public long? Next =>
        _taken < _wanted && _drawn < (long)MostDraws * _wanted && _refusedInTurn < MostRefusedInTurn ? _first + _drawn : null;

    public void Add(bool isTaken)
    {
        _refusedInTurn = isTaken ? 0 : _refusedInTurn + 1;
        if (isTaken) _taken++;
        else _refused.Add(_first + _drawn);
        _drawn++;
    }

    /// <summary>Null when no row was to be drawn again.</summary>
    public Redraw? Result => _wanted == 0 ? null : new(_refused.ToEquatableArray(), _taken);
}
