using RelSeed.Numerics;

namespace RelSeed.Generation;

/// <summary>Columns that checks tie together: all are made, the checks tried, and the rows they refuse drawn again.</summary>
public sealed partial class RowFrame
{
    /// <summary>Draws after the first; a check that a hundredth of the draws passes is met by nearly all rows within them.</summary>
    const int MostAttempts = 1_000;

    /// <summary>From this attempt on, what may be null is null in every other draw.</summary>
    const int NullsFromAttempt = 4;

    readonly GroupState[] _groupState;
    long[] _counters = [];
    RowFrame? _retry;
    int _retried = -1;

    enum GroupState : byte { Open, Filling, Done }

    /// <summary>Which draw this is of a group of columns; 0 for the first.</summary>
    public int Attempt { get; private set; }

    /// <summary>What draws count by: the rows, moved by the attempt, so that another attempt gives other values.</summary>
    public ReadOnlySpan<long> Counters
    {
        get
        {
            if (Attempt == 0) return Rows;
            if (_counters.Length < Count) _counters = new long[_rows.Length];
            for (var i = 0; i < Count; i++) _counters[i] = _rows[i] + ((long)Attempt << 40);
            return _counters.AsSpan(0, Count);
        }
    }

    // Only its own members are drawn again.
    void Retry(CheckGroup group)
    {
        for (var g = 0; g < Table.Groups.Count; g++)
            if (Table.Groups[g] == group) _retried = g;
        _groupState[_retried] = GroupState.Done;
    }

    // What does not belong to the group is as in the first draw. Returns the attempt to go back to.
    int Leave(int group)
    {
        var attempt = Attempt;
        if (_retried >= 0 && group != _retried) Attempt = 0;
        return attempt;
    }

    void EnterGroup(int group)
    {
        if (_groupState[group] != GroupState.Open) return;
        _groupState[group] = GroupState.Filling;
        if (!IsEmpty && Attempt == 0) FillGroup(Table.Groups[group]);
        _groupState[group] = GroupState.Done;
    }

    void FillGroup(CheckGroup group)
    {
        group.Make(this);
        var open = new List<int>();
        for (var i = 0; i < Count; i++)
            if (!IsAbsent(i) && !IsExisting(i) && !group.Holds(this, i)) open.Add(i);
        if (open.Count == 0) return;
        var patch = new GroupPatch(this, group, open.Count);
        for (var attempt = 1; attempt <= MostAttempts && open.Count > 0; attempt++) open = Retry(group, patch, open, attempt);
        if (open.Count > 0 && Table.MostBroken is not null && (Table.MostBroken -= open.Count) < 0) throw new BrokenRowsException(Table.Name);
        foreach (var column in group.Columns) _columns[column] = patch.Apply(column, _columns[column]);
        foreach (var reference in group.References)
        {
            patch.ApplyReference(reference, _parentRows[reference]);
            _parentReady[reference] = false;
        }
    }

    bool IsExisting(int index) => HasExisting && _existing[index] >= 0;

    List<int> Retry(CheckGroup group, GroupPatch patch, List<int> open, int attempt)
    {
        var retry = _retry ??= new RowFrame(Table) { _isOfFirsts = _isOfFirsts };
        retry.ResetMade(open.Select(i => _rows[i]), open.Count, attempt);
        retry.Retry(group);
        group.Make(retry);
        var left = new List<int>();
        var draft = new RowDraft(group);
        for (var i = 0; i < open.Count; i++)
        {
            draft.Reset(retry, i);
            if (group.Holds(draft, attempt)) patch.Take(open[i], retry, i, draft);
            else left.Add(open[i]);
        }
        return left;
    }

    /// <summary>Points the frame at consecutive rows as they are made, whatever stands in for them.</summary>
    internal void ResetMade(long first, int count) => ResetMade(Enumerable.Range(0, count).Select(i => first + i), count, attempt: 0);

    void ResetMade(IEnumerable<long> rows, int count, int attempt)
    {
        Prepare(count);
        var i = 0;
        foreach (var row in rows) _rows[i++] = row;
        Attempt = attempt;
    }

    internal ReadOnlySpan<long> ParentRowsAsMade(int reference) => _parentRows[reference].AsSpan(0, Count);

    /// <summary>Whether the attempt makes a nullable member null: a coin by row, member and attempt.</summary>
    internal bool IsNulled(ulong member, int index) =>
        Attempt >= NullsFromAttempt && (CounterRandom.At(CounterRandom.Derive(member, (ulong)Attempt), _rows[index]) & 1) == 0;
}
