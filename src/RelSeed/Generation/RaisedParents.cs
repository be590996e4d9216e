using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Asks for more rows of a table of which only some serve another as parents, and each but once: of channels of four kinds, say, those
/// of one kind that have details.</summary>
sealed class RaisedParents
{
    // Times as many rows as were asked for.
    const int MostRaised = 10;

    // Which of the added rows serve is drawn too; a few more than needed save another trial.
    const double Reserve = 1.1;

    const int MostTimes = 4;

    readonly Dictionary<TableName, (long Rows, string Reason)> _raised = [];
    readonly Dictionary<TableName, (int Times, long Room, bool IsSearched)> _tried = [];
    readonly Dictionary<TableName, HashSet<TableName>> _raisedFor = [];

    /// <summary>Rows that tables should have at least, with the reason.</summary>
    public IReadOnlyDictionary<TableName, (long Rows, string Reason)> Rows => _raised;

    /// <param name="name">Has room for fewer rows than asked.</param>
    /// <param name="room">For how many.</param>
    /// <param name="isSearched">The rows were found by a search, which has other room than a construction.</param>
    /// <returns>False when more parents cannot be asked for, or were in vain: then there are no more than before.</returns>
    public bool Raise(SeedPlan plan, TableName name, long room, bool isSearched)
    {
        if (plan.Find(name) is not { Profiled: null, ExistingRows: 0, Sources.IsEmpty: true } table || room == 0) return false;
        var tried = _tried.GetValueOrDefault(name);
        if (tried.Times == MostTimes) return false;
        if (tried.Times > 0 && room <= tried.Room && isSearched == tried.IsSearched) return Withdraw(name);
        var isRaised = false;
        // Types of a model have the shares of their table that the model gives them.
        foreach (var reference in table.References.Where(r => r.Conditions.Count + r.Filters.Count > 0 && !ModelFolding.IsBound(table.Table, r.Key)))
            if (plan.Find(reference.Key.Principal) is { } parent && parent.Table.Name != name)
                isRaised |= Raise(plan, parent, (long)Math.Ceiling(Reserve * parent.Rows * table.RequestedRows / room), name);
        if (isRaised) _tried[name] = (tried.Times + 1, room, isSearched);
        return isRaised;
    }

    // And of all than which it can have no more rows, some of them made by triggers of others.
    bool Raise(SeedPlan plan, TablePlan table, long rows, TableName child)
    {
        rows = Math.Min(rows, MostRaised * table.RequestedRows);
        var (seen, open) = (new HashSet<TableName> { table.Table.Name }, new List<TablePlan> { table });
        for (var next = 0; next < open.Count; next++)
            open.AddRange(open[next].References.Where(r => IsOneEach(open[next].Table, r.Key) && seen.Add(r.Key.Principal))
                .Select(r => plan.Find(r.Key.Principal)).OfType<TablePlan>().Where(p => p.Rows < rows));
        if (table.Rows >= rows || open.Exists(t => t is not { Profiled: null, ExistingRows: 0 })) return false;
        if (!_raisedFor.TryGetValue(child, out var raised)) raised = _raisedFor[child] = [];
        foreach (var each in open.Where(t => t.Sources.IsEmpty).Select(t => t.Table.Name))
        {
            _raised[each] = (rows, $"enough for the rows of {child}, to which only some can refer");
            raised.Add(each);
        }
        return true;
    }

    /// <summary>A row for each parent that was asked for and serves: the parents may demand it.</summary>
    /// <param name="passing">Of foreign keys, by table and name: the parents to which rows can refer.</param>
    /// <returns>False when there is one for each already.</returns>
    public bool Follow(SeedPlan plan, IReadOnlyDictionary<(TableName Table, string Key), long> passing)
    {
        var isRaised = false;
        foreach (var (child, key, rows) in passing.Select(p => (plan.Find(p.Key.Table), p.Key.Key, p.Value)))
        {
            if (child is not { ExistingRows: 0, Profiled: null, Sources.IsEmpty: true } || child.RequestedRows >= rows) continue;
            var reference = child.References.FirstOrDefault(r => r.Key.Name == key && IsOneEach(child.Table, r.Key) && _raised.ContainsKey(r.Key.Principal));
            if (reference is null) continue;
            _raised[child.Table.Name] = (rows, $"one for each row of {reference.Key.Principal} to which it can refer");
            isRaised = true;
        }
        return isRaised;
    }

    bool Withdraw(TableName child)
    {
        _tried[child] = (MostTimes, 0, false);
        foreach (var table in _raisedFor[child]) _raised.Remove(table);
        return true;
    }

    public static bool IsOneEach(Table table, ForeignKey key) => key.Principal != table.Name && TableGraph.IsRequired(table, key)
        && table.AllKeys.Any(u => u.IsPlain && u.ColumnNames.All(key.Columns.Contains));
}
