using RelSeed.Numerics;

namespace RelSeed.Generation;

/// <summary>Chooses all that keys, references and checks of a table read, one row after another; a row may refer to itself and to the rows
/// before it. For tables whose rows no construction makes.</summary>
/// <remarks>Depends on the seed alone. A row is a depth-first search over its choices, some candidates each, with a bound on its trials; where none
/// of a choice's will do, it goes back to the last choice that has to do with that (conflict-directed backjumping, Prosser 1993). Rows that
/// stand are never taken back. Memory is 16 bytes a row and column.</remarks>
sealed class RowSearch : IArrangement
{
    const int Width = 40, NullableWidth = 6, MostTrials = 4_000, MostFailures = 24;

    readonly ulong _key;
    readonly ChoiceSource[] _sources;
    readonly ArrangementRule[][] _rules;
    readonly bool[] _isRequired;
    readonly ChosenRow _row;
    readonly long _firstRow;
    readonly List<(ColumnVector? Values, int Place)[]> _rows;
    readonly List<long[]> _targets = [];
    readonly Dictionary<UInt128, List<int>>[] _agreeing;
    readonly long[] _current;
    readonly ConflictSets _conflicts;
    bool _isWaiting, _isResuming, _isPartial;
    int _trials, _failures;

    /// <param name="existing">Rows that stood in the table, by column.</param>
    /// <param name="isRequired">By column: it must have a value.</param>
    /// <param name="mayWait">The first row takes its references to the table's rows when all others stand.</param>
    public RowSearch(
        ulong key, ChoiceSource[] sources, ArrangementRule[][] rules, List<(ColumnVector? Values, int Place)[]> existing, bool[] isRequired,
        long rows, bool mayWait)
    {
        (_key, _sources, _rules, _isRequired, _rows, _firstRow) = (key, sources, rules, isRequired, existing, existing.Count);
        _row = new ChosenRow(isRequired.Length);
        _agreeing = [.. sources.Select(_ => new Dictionary<UInt128, List<int>>())];
        _current = new long[sources.Length];
        _conflicts = new ConflictSets(sources, rules, isRequired);
        var chosen = sources.SelectMany(s => s.Columns).ToHashSet();
        // What is made elsewhere cannot be read before it is made.
        if (sources.Any(s => !s.SharedColumns.Concat(s.PrincipalColumns).Concat(s.SharedPrincipals).All(chosen.Contains))) return;
        for (var r = 0; r < existing.Count; r++) Stand(existing[r], r);
        mayWait &= existing.Count == 0;
        while (Placed < rows && _failures < MostFailures)
        {
            _isWaiting = mayWait && Placed == 0;
            _trials = 0;
            if (Place(0)) Keep();
            else _failures++;
        }
        if (mayWait && Placed > 0 && !Resume()) _targets.Clear();
    }

    public long Placed => _targets.Count;

    public long Target(int choice, long row) => Placed == 0 ? -1 : _targets[(int)(row % Placed)][choice];

    /// <summary>A row's value of a column.</summary>
    public (ColumnVector? Values, int Place) Value(int column, long row) => Placed == 0 ? (null, 0) : _rows[(int)(_firstRow + row % Placed)][column];

    // The row stays as it is: its keys are taken, and later rows may refer to it.
    void Stand((ColumnVector? Values, int Place)[] values, int row)
    {
        for (var c = 0; c < values.Length; c++) _row.Set(c, values[c].Values, values[c].Place);
        foreach (var rule in _rules.SelectMany(r => r)) rule.Take(_row);
        for (var s = 0; s < _sources.Length; s++)
        {
            if (!_sources[s].IsSelf || _row.Hash(_sources[s].SharedPrincipals) is var hash && hash == 0) continue;
            if (!_agreeing[s].TryGetValue(hash, out var rows)) _agreeing[s].Add(hash, rows = []);
            rows.Add(row);
        }
    }

    void Keep()
    {
        var values = Enumerable.Range(0, _isRequired.Length).Select(_row.Find).ToArray();
        _rows.Add(values);
        _targets.Add([.. _current]);
        Stand(values, _rows.Count - 1);
    }

    // The first row's references, now that all rows stand.
    bool Resume()
    {
        _isWaiting = false;
        _isResuming = true;
        var first = _rows[0];
        for (var c = 0; c < first.Length; c++) _row.Set(c, first[c].Values, first[c].Place);
        _targets[0].CopyTo(_current, 0);
        if (!PlaceWaiting(0)) return false;
        _rows[0] = [.. Enumerable.Range(0, first.Length).Select(_row.Find)];
        _targets[0] = [.. _current];
        return true;
    }

    bool PlaceWaiting(int choice)
    {
        while (choice < _sources.Length && !Waits(_sources[choice])) choice++;
        if (choice == _sources.Length) return true;
        return Candidates(choice, 0).Any(candidate => Set(choice, candidate) && Holds(choice) && PlaceWaiting(choice + 1));
    }

    static bool Waits(ChoiceSource source) => source is { IsSelf: true, MayBeNull: false };

    // Rules of earlier choices hold already; those that read what waited are tried again.
    bool Holds(int choice)
    {
        foreach (var rules in _rules.AsSpan(choice))
            foreach (var rule in rules)
                if (rule.Columns.Any(_sources[choice].Columns.Contains) && !rule.Allows(_row)) return false;
        return true;
    }

    bool Place(int choice)
    {
        if (choice == _sources.Length) return true;
        var source = _sources[choice];
        if (_isWaiting && Waits(source)) return Wait(choice);
        _conflicts.Begin(choice);
        var word = CounterRandom.At(CounterRandom.Derive(_key, (ulong)(choice + (_failures << 16))), Placed);
        var options = Candidates(choice, word);
        if (source.MayBeNull) options = WithNull(options, CounterRandom.Mix(word) < source.NullThreshold);
        foreach (var option in options)
        {
            if (IsOver(choice)) return false;
            if (Try(choice, option)) return true;
        }
        return source.MayBePartial && !IsOver(choice) && TryPartial(choice, word);
    }

    // What one value is refused for, all often are: so null is next, and then only a few more.
    static IEnumerable<long> WithNull(IEnumerable<long> candidates, bool isNullFirst)
    {
        var tried = 0;
        if (isNullFirst) yield return -1;
        foreach (var candidate in candidates.Take(NullableWidth))
        {
            yield return candidate;
            if (tried++ == 0 && !isNullFirst) yield return -1;
        }
        if (tried == 0 && !isNullFirst) yield return -1;
    }

    // A parent of which only the columns that must have a value are taken binds the row to nothing.
    bool TryPartial(int choice, ulong word)
    {
        foreach (var candidate in Candidates(choice, word))
        {
            if (IsOver(choice)) return false;
            _isPartial = true;
            if (Try(choice, candidate)) return true;
        }
        return false;
    }

    // Other candidates would fail for the same reason, or too many were tried.
    bool IsOver(int choice) => _trials > MostTrials || _conflicts.IsElsewhere(choice);

    // Nulls meet what reads the columns until the rows are there.
    bool Wait(int choice)
    {
        foreach (var column in _sources[choice].Columns) _row.Set(column, null, 0);
        _current[choice] = -1;
        if (Place(choice + 1)) return true;
        _conflicts.Begin(choice);
        _conflicts.TakeNext(choice);
        return false;
    }

    bool Try(int choice, long candidate)
    {
        // Counted here, so that no choice is tried on the way back either.
        var isSet = _trials++ < MostTrials && Set(choice, candidate);
        _isPartial = false;
        if (!isSet) return false;
        for (var rule = 0; rule < _rules[choice].Length; rule++)
        {
            if (_rules[choice][rule].Allows(_row)) continue;
            _conflicts.Take(choice, rule, _rules[choice][rule], _row);
            return false;
        }
        if (Place(choice + 1)) return true;
        _conflicts.TakeNext(choice);
        return false;
    }

    /// <returns>False where a column that must have a value would have none, or the reference would be of no row.</returns>
    bool Set(int choice, long candidate)
    {
        var source = _sources[choice];
        _current[choice] = candidate < 0 ? -1 : source.IsSelf ? candidate : source.Targets[candidate];
        for (var c = 0; c < source.Columns.Length; c++)
        {
            var (values, place) = candidate < 0 ? (null, 0) : source.IsSelf ? Read(candidate, source.PrincipalColumns[c])
                : (source.Values[c], (int)candidate);
            if (_isPartial && !_isRequired[source.Columns[c]]) (values, place) = (null, 0);
            if (values is null || values.IsNull(place))
            {
                if (_isRequired[source.Columns[c]]) return false;
                (values, place) = (null, 0);
            }
            _row.Set(source.Columns[c], values, place);
        }
        return candidate >= 0 || source.Columns.Length > 0 || _row.Hash(source.SharedColumns) == 0;
    }

    (ColumnVector? Values, int Place) Read(long row, int column) => row < _rows.Count ? _rows[(int)row][column] : _row.Find(column);

    IEnumerable<long> Candidates(int choice, ulong word)
    {
        var source = _sources[choice];
        var shared = source.SharedColumns.Length == 0 ? UInt128.Zero : _row.Hash(source.SharedColumns);
        if (!source.IsSelf)
        {
            var found = source.Find(_row);
            foreach (var place in Places(found?.Length ?? source.Targets.Length, word, source.InOrder))
                yield return found is null ? place : found[place];
            yield break;
        }
        var rows = shared == 0 ? null : _agreeing[choice].GetValueOrDefault(shared, []);
        foreach (var place in Places(rows?.Count ?? _rows.Count, word, inOrder: false)) yield return rows is null ? place : rows[place];
        if (!_isResuming && (shared == 0 || _row.Hash(source.SharedPrincipals) == shared)) yield return _rows.Count;
    }

    // All of a few; of many, some that chance takes.
    IEnumerable<int> Places(int count, ulong word, bool inOrder)
    {
        if (count == 0) yield break;
        var start = inOrder ? (int)(Placed % count) : (int)CounterRandom.Below(word, (ulong)count);
        for (var i = 0; i < Math.Min(count, Width); i++)
        {
            yield return start;
            start = count <= Width || inOrder ? (start + 1) % count : (int)CounterRandom.Below(word = CounterRandom.Mix(word + 1), (ulong)count);
        }
    }
}
