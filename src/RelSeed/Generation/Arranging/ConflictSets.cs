using System.Collections;

namespace RelSeed.Generation;

/// <summary>By choice of a row's search: the earlier choices that have to do with the failure of its candidates.</summary>
sealed class ConflictSets
{
    // A rule over two columns has only the other one to blame.
    const int FewestColumns = 3, Others = 3;

    readonly ChoiceSource[] _sources;
    readonly int[] _owners;
    readonly bool[] _isRequired;
    readonly BitArray[] _own;
    readonly BitArray[][] _rules;
    readonly BitArray[] _sets;
    readonly bool[] _isElsewhere;

    /// <param name="isRequired">By column: it must have a value.</param>
    public ConflictSets(ChoiceSource[] sources, ArrangementRule[][] rules, bool[] isRequired)
    {
        (_sources, _owners, _isRequired) = (sources, new int[isRequired.Length], isRequired);
        Array.Fill(_owners, -1);
        for (var s = 0; s < sources.Length; s++)
            foreach (var column in sources[s].Columns) _owners[column] = s;
        _own = [.. sources.Select(s => Owners(s.SharedColumns.Concat(s.PrincipalColumns).Concat(s.SharedPrincipals)))];
        _rules = [.. rules.Select(r => r.Select(rule => Owners(rule.Columns)).ToArray())];
        _sets = [.. sources.Select(_ => new BitArray(sources.Length))];
        _isElsewhere = new bool[sources.Length];

        BitArray Owners(IEnumerable<int> read)
        {
            var set = new BitArray(sources.Length);
            foreach (var column in read.Where(c => _owners[c] >= 0)) set[_owners[column]] = true;
            return set;
        }
    }

    /// <summary>None of the choice's candidates has failed yet; which there are depends on what it shares with others.</summary>
    public void Begin(int choice)
    {
        _sets[choice].SetAll(false);
        _sets[choice].Or(_own[choice]);
        _sets[choice][choice] = false;
        _isElsewhere[choice] = false;
    }

    /// <summary>A rule of the choice refuses a candidate, because of the earliest choices after which no other values make it hold.</summary>
    public void Take(int choice, int place, ArrangementRule rule, ChosenRow row)
    {
        if (rule is CheckRule && rule.Columns.Length >= FewestColumns) _sets[choice].Or(ReasonOf(choice, rule, row));
        else _sets[choice].Or(_rules[choice][place]);
        _sets[choice][choice] = false;
    }

    // A prefix of the columns in the order of their choices, without those that do not matter; as far as some tries tell.
    BitArray ReasonOf(int choice, ArrangementRule rule, ChosenRow row)
    {
        var columns = rule.Columns.Where(c => _owners[c] != choice && _owners[c] >= 0).OrderBy(c => _owners[c]).ToArray();
        var kept = columns.Select(row.Find).ToArray();
        var isFree = new bool[columns.Length];
        Array.Fill(isFree, true);
        for (var i = 0; i < columns.Length && MayHold(); i++) isFree[i] = false;
        for (var i = columns.Length - 1; i >= 0; i--)
        {
            if (isFree[i]) continue;
            isFree[i] = true;
            if (MayHold()) isFree[i] = false;
        }
        var reason = new BitArray(_sources.Length);
        for (var i = 0; i < columns.Length; i++)
            if (!isFree[i]) reason[_owners[columns[i]]] = true;
        return reason;

        bool MayHold()
        {
            var holds = false;
            for (var other = 0; other <= Others && !holds; other++)
            {
                for (var i = 0; i < columns.Length; i++)
                    if (isFree[i]) SetOther(row, columns[i], kept[i], other);
                holds = rule.Allows(row);
            }
            for (var i = 0; i < columns.Length; i++) row.Set(columns[i], kept[i].Values, kept[i].Place);
            return holds;
        }
    }

    // First null, where that may be; then other values.
    void SetOther(ChosenRow row, int column, (ColumnVector? Values, int Place) now, int other)
    {
        var source = _sources[_owners[column]];
        if (other == 0 && !_isRequired[column]) row.Set(column, null, 0);
        else if (source.IsSelf || source.Targets.Length == 0) row.Set(column, now.Values, now.Place);
        else row.Set(column, source.Values[Array.IndexOf(source.Columns, column)], (now.Place + other) % source.Targets.Length);
    }

    /// <summary>The next choice failed for a candidate.</summary>
    public void TakeNext(int choice)
    {
        if (choice + 1 >= _sets.Length) return;
        _isElsewhere[choice] = !_sets[choice + 1][choice];
        if (_isElsewhere[choice]) _sets[choice].SetAll(false);
        _sets[choice].Or(_sets[choice + 1]);
        _sets[choice][choice] = false;
    }

    /// <summary>The last failure had nothing to do with the choice, so that no other candidate of it helps.</summary>
    public bool IsElsewhere(int choice) => _isElsewhere[choice];
}
