using RelSeed.Numerics;

namespace RelSeed.Generation;

/// <summary>Choices of a table's rows, made.</summary>
interface IArrangement
{
    /// <summary>Rows that found a place.</summary>
    long Placed { get; }

    /// <summary>The parent, or the index in the domain, that a row chose; -1 for null.</summary>
    /// <param name="choice">In the order of choice.</param>
    long Target(int choice, long row);
}

/// <summary>Chooses parents and values for the rows of a table, one row after another, so that no key repeats: a depth-first search over the
/// row's choices in which a combination that failed is never tried again.</summary>
/// <remarks>Depends on the seed alone. Ends when all rows are placed, when nothing is left to place one, or when its budget is spent.</remarks>
sealed class Arrangement : IArrangement
{
    const long BudgetPerRow = 400;
    const long LeastBudget = 4_000_000;

    readonly ulong _key;
    readonly ChoiceSource[] _sources;
    readonly ArrangementRule[][] _rules;
    readonly ChosenRow _row;
    readonly long _firstRow;
    readonly List<int>[] _chosen;
    readonly Dictionary<UInt128, (int[] Candidates, CandidatePool Pool)>[] _pools;
    readonly int[] _current;
    long _budget;

    // So many columns have a value already that no candidate will do.
    bool _isFull;

    /// <param name="sources">In the order of choice: what others share comes first.</param>
    /// <param name="rules">By choice: the rules that read nothing later.</param>
    /// <param name="firstRow">Index of the first row made; rows before it stood in the table.</param>
    public Arrangement(ulong key, ChoiceSource[] sources, ArrangementRule[][] rules, ChosenRow row, long rows, long firstRow)
    {
        (_key, _sources, _rules, _row, _firstRow) = (key, sources, rules, row, firstRow);
        _chosen = [.. sources.Select(_ => new List<int>())];
        _pools = [.. sources.Select(_ => new Dictionary<UInt128, (int[], CandidatePool)>())];
        _current = new int[sources.Length];
        _budget = Math.Max(LeastBudget, rows * BudgetPerRow);
        while (Placed < rows && Place(0, UInt128.One))
        {
            foreach (var rule in _rules.SelectMany(r => r)) rule.Take(row);
            for (var c = 0; c < sources.Length; c++) _chosen[c].Add(_current[c]);
            Placed++;
        }
        Array.Clear(_pools);
    }

    /// <summary>Rows that found a place.</summary>
    public long Placed { get; private set; }

    /// <summary>What was chosen, -1 for null. Rows beyond the last take the choices again.</summary>
    public long Target(int choice, long row)
    {
        var candidate = Placed == 0 ? -1 : _chosen[choice][(int)(row % Placed)];
        return candidate < 0 ? -1 : _sources[choice].Targets[candidate];
    }

    bool Place(int choice, UInt128 prefix)
    {
        if (choice == _sources.Length) return true;
        var source = _sources[choice];
        var word = CounterRandom.At(CounterRandom.Derive(_key, (ulong)choice), Placed);
        var nullFirst = source.MayBeNull && CounterRandom.Mix(word) < source.NullThreshold;
        return (nullFirst && Try(choice, -1, prefix)) || PlaceSome(choice, prefix, word)
            || (source.MayBeNull && !nullFirst && Try(choice, -1, prefix));
    }

    bool PlaceSome(int choice, UInt128 prefix, ulong word)
    {
        var source = _sources[choice];
        if (!_pools[choice].TryGetValue(prefix, out var found))
        {
            var candidates = source.Find(_row);
            found = (candidates ?? [], new CandidatePool(candidates?.Length ?? source.Targets.Length));
            _pools[choice][prefix] = found;
        }
        var pool = found.Pool;
        // Later rows may refer to what this one may not, so that is only put aside.
        var open = pool.Count;
        while (open > 0)
        {
            var place = (int)CounterRandom.Below(word, (ulong)open);
            word = CounterRandom.Mix(word + 0x9E3779B97F4A7C15);
            var candidate = found.Candidates.Length > 0 ? found.Candidates[pool[place]] : pool[place];
            if (IsLater(source, candidate)) pool.Swap(place, --open);
            else if (Try(choice, candidate, prefix)) return true;
            else if (_budget <= 0 || _isFull) return false;
            else
            {
                if (open < pool.Count) (place, open) = (MoveOut(pool, place, open), open - 1);
                else open--;
                pool.Remove(place);
            }
        }
        return false;
    }

    // The failed candidate changes places with the last of the open ones, which then is the first of those put aside.
    static int MoveOut(CandidatePool pool, int place, int open)
    {
        pool.Swap(place, open - 1);
        return open - 1;
    }

    bool IsLater(ChoiceSource source, int candidate) =>
        source.IsSelf && (source.Targets[candidate] > _firstRow + Placed || (!source.MayBeItself && source.Targets[candidate] == _firstRow + Placed));

    bool Try(int choice, int candidate, UInt128 prefix)
    {
        if (--_budget <= 0) return false;
        var source = _sources[choice];
        _current[choice] = candidate;
        for (var c = 0; c < source.Columns.Length; c++) _row.Set(source.Columns[c], candidate < 0 ? null : source.Values[c], Math.Max(0, candidate));
        foreach (var rule in _rules[choice])
        {
            if (rule.Allows(_row)) continue;
            _isFull = candidate >= 0 && rule is CountRule count && count.IsExceeded(_row);
            return false;
        }
        var isPlaced = Place(choice + 1, ValueHash.Add(prefix, (ulong)(candidate + 2)));
        _isFull = false;
        return isPlaced;
    }
}
