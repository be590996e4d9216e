using RelSeed.Numerics;
using RelSeed.Profiling;

namespace RelSeed.Generation.Learned;

/// <summary>Draws the steps of a profiled table's rows: a pure function of the row, its parents and the siblings before it.</summary>
sealed partial class LearnedRows
{
    /// <summary>A row so many places behind the first is drawn as a first one again, so that a row far behind asks for few others.</summary>
    public const int Restart = 1_024;

    const int BatchRows = 4_096, BytesPerDraw = 10;

    /// <summary>Draws of a table that are kept, at most, for those who ask for its rows at random.</summary>
    const long MostBytesKept = 256L << 20;

    const int AttemptShift = 40;

    /// <summary>So few rows are drawn together, so that their shares come out as learned.</summary>
    public const int MostEven = 16_384;

    /// <summary>The same where rows pick parents, which then have their children one by one, not those plus chance.</summary>
    const int MostPicked = 131_072;

    /// <summary>From this attempt on every code is drawn alike often: what is learned leaves too few that differ.</summary>
    const int EvenFrom = 60;

    readonly TableGenerator _table;
    readonly int _driving;
    readonly bool _isChained;
    readonly List<Feature[]> _features = [];
    readonly int[] _pickedFirst;
    readonly int[][] _pickedBehind;
    LearnedState? _kept;

    /// <param name="driving">Position among the table's references; -1 for none.</param>
    /// <param name="groups">Sizes of the driving parents' groups; null when they are not told.</param>
    public LearnedRows(TableGenerator table, IReadOnlyList<LearnedStep> steps, int driving, Lazy<CountedGroups>? groups,
        PickRule[] picks)
    {
        (_table, Steps, _driving, SiblingGroups, Picks) = (table, steps, driving, groups, picks);
        _isChained = driving >= 0 && steps.Any(s => s.Profile.Next is not null);
        // Those that draw nothing of their parent beforehand are picked first, or right behind the one that leads to their group.
        var drawn = steps.Select(s => s.Picks).ToHashSet();
        var open = Enumerable.Range(0, picks.Length).Where(r => picks[r].Picker is not null && !drawn.Contains(r)).ToList();
        _pickedBehind = [.. picks.Select((_, r) => open.Where(o => picks[o].Via == r && picks[r].Picker is not null).ToArray())];
        _pickedFirst = [.. open.Where(o => !_pickedBehind.Any(b => b.Contains(o)))];
        foreach (var model in steps.SelectMany(s => new[] { s.First, s.Next }).Distinct().SelectMany(m => m.All))
        {
            model.NullFeatures = AddFeatures(model.Nulls);
            model.ValueFeatures = AddFeatures(model.Values);
        }
        foreach (var step in steps.Where(s => s.Agreements.Length > 0))
        {
            _features.Add([.. step.Agreements.Select(a => a.Feature)]);
            step.AgreementFeatures = _features.Count - 1;
        }
    }

    public IReadOnlyList<LearnedStep> Steps { get; }
    public int References => Picks.Length;
    public int Driving => _driving;
    public Lazy<CountedGroups>? SiblingGroups { get; }

    /// <summary>By reference of the profile.</summary>
    public PickRule[] Picks { get; }

    /// <summary>Attempts of rows that repeated a key, by made row; null for none.</summary>
    public Dictionary<long, int>? Attempts
    {
        get;
        set
        {
            field = value;
            _kept = null;
        }
    }

    /// <summary>Looks for rows that repeat a key; null when none is looked for.</summary>
    public LearnedKeys? Watch
    {
        get;
        set
        {
            field = value;
            _kept = null;
        }
    }

    /// <summary>All rows are drawn together, once.</summary>
    public bool IsEven => _table.MadeRows <= (Picks.Any(p => p.Picker is not null) ? MostPicked : MostEven);

    /// <summary>Rows are those that the profile tells one by one, but for what is drawn all the same.</summary>
    public bool IsTold { get; init; }

    /// <summary>Of what keeps draws even.</summary>
    public ulong EvenKey { get; init; }

    static bool IsLate(long counter) => (int)(counter >> AttemptShift) >= EvenFrom;

    int AddFeatures(TreeProgram? tree)
    {
        if (tree is null) return -1;
        _features.Add(tree.Features);
        return _features.Count - 1;
    }

    public void Fill(RowFrame frame, LearnedState state)
    {
        state.Reset(frame.Count);
        if (frame.IsEmpty)
            for (var i = 0; i < frame.Count; i++) state.Clear(i);
        else
        {
            Locate(frame, state);
            if (IsEven && frame.Attempt == 0 && frame.LearnedAttempts is null)
            {
                if (Watch is null) Copy(frame, state, Kept()!);
                else Evaluate(frame, state, new EvenDraws(EvenKey));
            }
            else if (!_isChained || IsEven && frame.LearnedAttempts is not null || (frame.Attempt == 0 && HasAllSiblings(frame, state)))
                Evaluate(frame, state);
            else if (frame.Attempt == 0 && Watch is null && Kept() is { } kept) Copy(frame, state, kept);
            else Expand(frame, state, [.. Enumerable.Range(0, frame.Count)]);
            for (var i = 0; i < frame.Count; i++)
                if (frame.IsAbsent(i)) state.Clear(i);
        }
    }

    // The parents as the reference makes them, before any check draws one again: such a check may ask for these very draws.
    void Locate(RowFrame frame, LearnedState state)
    {
        if (_driving < 0) return;
        _table.References[_driving].Generator.Fill(frame, state.Parents.AsSpan(0, frame.Count), state.Ordinals.AsSpan(0, frame.Count));
    }

    static bool HasAllSiblings(RowFrame frame, LearnedState state)
    {
        var rows = frame.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            if (state.Ordinals[i] % Restart == 0 || frame.IsAbsent(i) || state.Parents[i] < 0) continue;
            if (i == 0 || rows[i] != rows[i - 1] + 1 || state.Ordinals[i] != state.Ordinals[i - 1] + 1) return false;
        }
        return true;
    }

    // A dimension that others refer to at random: all of its rows are drawn once, for to draw one takes all siblings before it.
    LearnedState? Kept()
    {
        var size = _table.MadeRows * Steps.Count * BytesPerDraw;
        if (size > MostBytesKept && !IsEven) return null;
        return _kept ?? Interlocked.CompareExchange(ref _kept, Keep(), null) ?? _kept;
    }

    LearnedState Keep()
    {
        var all = new LearnedState(Steps.Count, References);
        all.Reset((int)_table.MadeRows);
        var frame = new RowFrame(_table);
        if (IsEven)
        {
            frame.ResetMade(0, (int)_table.MadeRows);
            Locate(frame, all);
            Evaluate(frame, all, new EvenDraws(EvenKey));
            ReachEnds(frame, all);
            return all;
        }
        for (long first = 0; first < _table.MadeRows; first += BatchRows)
        {
            frame.ResetMade(first, (int)Math.Min(BatchRows, _table.MadeRows - first));
            var state = new LearnedState(Steps.Count, References);
            state.Reset(frame.Count);
            Locate(frame, state);
            if (HasAllSiblings(frame, state)) Evaluate(frame, state);
            else Expand(frame, state, [.. Enumerable.Range(0, frame.Count)]);
            for (var i = 0; i < frame.Count; i++) all.CopyRow((int)first + i, state, i);
        }
        return all;
    }

    void Copy(RowFrame frame, LearnedState state, LearnedState kept)
    {
        var others = new List<int>();
        for (var i = 0; i < frame.Count; i++)
        {
            if (frame.IsAbsent(i)) continue;
            if (frame.Rows[i] < _table.MadeRows) state.CopyRow(i, kept, (int)frame.Rows[i]);
            // It may come to stand in for one of them.
            else others.Add(i);
        }
        if (others.Count > 0) Expand(frame, state, others);
    }

    // Rows with the siblings that stand before them, each once where they follow one another.
    void Expand(RowFrame frame, LearnedState state, List<int> looked)
    {
        var (rows, places) = (new List<long>(looked.Count), new int[looked.Count]);
        var attempts = new List<int>(looked.Count);
        for (var n = 0; n < looked.Count; n++)
        {
            var (i, row) = (looked[n], frame.Rows[looked[n]]);
            var isNext = n > 0 && row == frame.Rows[looked[n - 1]] + 1 && frame.Attempt == 0;
            var before = state.Parents[i] < 0 || isNext ? 0 : state.Ordinals[i] % Restart;
            if (IsEven) before = Math.Min(before, 1);
            for (var b = before; b > 0; b--)
            {
                rows.Add(row - b);
                attempts.Add(0);
            }
            places[n] = rows.Count;
            rows.Add(row);
            attempts.Add(frame.Attempt);
        }
        var expanded = state.Expanded ??= new RowFrame(_table);
        expanded.ResetLearned(rows, [.. attempts]);
        var all = expanded.Learned();
        for (var n = 0; n < looked.Count; n++) state.CopyRow(looked[n], all, places[n]);
    }
}
