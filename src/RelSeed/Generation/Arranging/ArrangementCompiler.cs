using RelSeed.Expressions;
using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Makes a table's arrangement out of its specification: the values of all candidates, the rules, and the order of the choices.</summary>
sealed class ArrangementCompiler(SeedPlan plan, TablePlan table, GeneratorKeys keys, Dictionary<TableName, TableGenerator> tables)
{
    readonly TableGenerator _own = tables[table.Table.Name];
    readonly RuleCompiler _rules = new(plan, table, tables[table.Table.Name]);

    public (IArrangement Made, int[] Order) Make()
    {
        if (table.Arrangement!.IsWhole) return MakeWhole();
        var sources = table.Arrangement!.Choices.Select(Source).ToArray();
        var order = Order(sources);
        var ordered = order.Select(i => sources[i]).ToArray();
        var rules = Rules(ordered);
        var row = new ChosenRow(table.Columns.Count);
        TakeExisting(rules, row);
        var key = keys.Permutation(table.Table.Name, "arrangement");
        return (new Arrangement(key, ordered, rules, row, table.Rows, _own.FirstNew), order);
    }

    (IArrangement Made, int[] Order) MakeWhole()
    {
        var sources = table.Arrangement!.Choices.Select(c => c.Reference >= 0 && table.References[c.Reference].Key.Principal == table.Table.Name
            ? OwnRows(c) : Source(c)).ToArray();
        var order = WholeOrder(sources);
        var ordered = order.Select(i => sources[i]).ToArray();
        var key = keys.Permutation(table.Table.Name, "arrangement");
        RowSearch Search(bool mayWait) =>
            new(key, ordered, Rules(ordered), Existing(), [.. table.Columns.Select(c => !c.Column.IsNullable)], table.Rows, mayWait);
        var made = Search(mayWait: false);
        // Where the first row finds no row to refer to, it waits for the others.
        if (made.Placed < table.Rows && ordered.Any(s => s.IsSelf) && Search(mayWait: true) is var second && second.Placed > made.Placed)
            made = second;
        return (made, order);
    }

    ChoiceSource OwnRows(ArrangedChoice choice)
    {
        var key = table.References[choice.Reference].Key;
        var (columns, principal) = (key.Columns.Select(table.Table.IndexOf).ToArray(), key.PrincipalColumns.Select(table.Table.IndexOf).ToArray());
        var owned = Enumerable.Range(0, columns.Length)
            .Where(i => table.Columns[columns[i]].Generator is ReferenceColumnSpec s && s.Reference == choice.Reference).ToArray();
        var shared = Enumerable.Range(0, columns.Length).Except(owned).ToArray();
        return new ChoiceSource
        {
            Columns = [.. owned.Select(i => columns[i])],
            Values = [],
            Targets = [],
            PrincipalColumns = [.. owned.Select(i => principal[i])],
            SharedColumns = [.. shared.Select(i => columns[i])],
            SharedPrincipals = [.. shared.Select(i => principal[i])],
            MayBeNull = choice.MayBeNull,
            NullThreshold = CounterRandom.Threshold(choice.NullShare),
            MayBePartial = MayBePartial(key, owned.Select(i => columns[i])),
            IsSelf = true,
        };
    }

    bool MayBePartial(ForeignKey key, IEnumerable<int> owned) =>
        !key.IsMatchFull && owned.Select(c => table.Columns[c].Column.IsNullable).Distinct().Count() > 1;

    // What others read of the row comes before them, the table's own rows last; numbers come first. Of the rest, what completes a rule that others
    // have begun, so that it is known soon which of them cannot stand together.
    int[] WholeOrder(ChoiceSource[] sources)
    {
        var rules = ReadBy(sources);
        var left = Enumerable.Range(0, sources.Length).ToList();
        var order = new List<int>();
        while (left.Count > 0)
        {
            var open =
                left.Where(i =>
                !left.Exists(j => j != i && sources[i].SharedColumns.Concat(sources[i].PrincipalColumns).Any(sources[j].Columns.Contains))).ToList();
            var next = (open.Count > 0 ? open : left).OrderBy(i => sources[i].IsSelf)
                .ThenByDescending(i => sources[i].InOrder && !sources[i].MayBeNull)
                .ThenByDescending(i => rules.Count(r => r.Contains(i) && !left.Exists(j => j != i && r.Contains(j))))
                .ThenByDescending(i => rules.Count(r => r.Contains(i) && r.Any(j => !left.Contains(j))))
                .ThenByDescending(i => rules.Count(r => r.Contains(i))).ThenBy(i => i).First();
            order.Add(next);
            left.Remove(next);
        }
        return [.. order];
    }

    // By rule over several choices: those it reads.
    List<HashSet<int>> ReadBy(ChoiceSource[] sources)
    {
        var owners = Enumerable.Range(0, sources.Length).SelectMany(s => sources[s].Columns.Select(c => (Column: c, Choice: s)))
            .ToLookup(o => o.Column, o => o.Choice);
        return [.. _rules.Make(owners.Contains).Select(r => r.Columns.SelectMany(c => owners[c]).ToHashSet()).Where(r => r.Count > 1)];
    }

    // Rows that stood in the table, as the search reads its own.
    List<(ColumnVector? Values, int Place)[]> Existing()
    {
        if (_own.FirstNew == 0) return [];
        var frame = new RowFrame(_own);
        frame.Reset(0, (int)_own.FirstNew);
        var columns = Enumerable.Range(0, table.Columns.Count).Select(frame.Column).ToArray();
        return [.. Enumerable.Range(0, frame.Count).Select(i => columns.Select(c => c.IsNull(i) ? (null, 0) : ((ColumnVector?)c, i)).ToArray())];
    }

    ChoiceSource Source(ArrangedChoice choice) => choice.Reference >= 0 ? Parents(choice) : Values(choice);

    ChoiceSource Parents(ArrangedChoice choice)
    {
        var reference = table.References[choice.Reference];
        var parent = tables[reference.Key.Principal];
        var filters = reference.Filters.Select(f => new CompiledFilter([.. f.Columns], tables[f.Other], [.. f.OtherColumns])).ToArray();
        var conditions = GroupCompiler.OfParent(plan, reference);
        long[] rows = filters.Length + conditions.Length == 0 ? [.. Numbers(parent.RowCount)] : FilteredParent.Rows(parent, filters, conditions);
        var columns = reference.Key.Columns.Select(table.Table.IndexOf).ToArray();
        var principal = reference.Key.PrincipalColumns.Select(c => Array.FindIndex([.. parent.Columns], p => p.Name == c)).ToArray();
        var owned = Enumerable.Range(0, columns.Length)
            .Where(i => table.Columns[columns[i]].Generator is ReferenceColumnSpec s && s.Reference == choice.Reference).ToArray();
        var shared = Enumerable.Range(0, columns.Length).Except(owned).Where(i => !(parent == _own && principal[i] == columns[i])).ToArray();
        var values = Materialise(parent, rows, principal);
        return new ChoiceSource
        {
            Columns = [.. owned.Select(i => columns[i])],
            Values = [.. owned.Select(i => values[i])],
            Targets = rows,
            SharedColumns = [.. shared.Select(i => columns[i])],
            SharedValues = [.. shared.Select(i => values[i])],
            MayBeNull = choice.MayBeNull,
            NullThreshold = CounterRandom.Threshold(choice.NullShare),
            IsSelf = parent == _own,
            MayBeItself = !choice.MayBeNull,
            MayBePartial = MayBePartial(reference.Key, owned.Select(i => columns[i])),
        };
    }

    static IEnumerable<long> Numbers(long count)
    {
        for (long i = 0; i < count; i++) yield return i;
    }

    static ColumnVector[] Materialise(TableGenerator parent, long[] rows, int[] columns)
    {
        var frame = new RowFrame(parent);
        frame.Reset(rows);
        return [.. columns.Select(frame.Column)];
    }

    ChoiceSource Values(ArrangedChoice choice)
    {
        var column = table.Columns[choice.Column];
        // A trial of the plan may leave the column out.
        if (column.Generator is not ArrangedSpec { Domain: var domain }) return new ChoiceSource { Columns = [], Values = [], Targets = [0] };
        var order = new Permutation(keys.Permutation(table.Table.Name, column.Column.Name), Math.Min(domain.Size, 1L << 62));
        var targets = Numbers(choice.Candidates).Select(i => choice.InOrder ? i : order.At(i)).ToArray();
        var frame = new RowFrame(_own);
        frame.Reset(_own.FirstNew, targets.Length);
        var values = ColumnVector.Create(column.Column.Type);
        values.Reset(targets.Length);
        ((ArrangedColumn)_own.Columns[choice.Column].Values).Domain.Fill(targets, targets, frame, values);
        return new ChoiceSource
        {
            Columns = [choice.Column],
            Values = [values],
            Targets = targets,
            MayBeNull = choice.MayBeNull,
            NullThreshold = CounterRandom.Threshold(choice.NullShare),
            InOrder = choice.InOrder,
        };
    }

    // What others share comes before them, then the table's own rows, then what most keys read.
    int[] Order(ChoiceSource[] sources)
    {
        var weight = sources.Select(s => table.Arrangement!.Keys.Count(k => k.ColumnNames.Any(c => s.Columns.Contains(table.Table.IndexOf(c)))))
            .ToArray();
        var left = Enumerable.Range(0, sources.Length).ToList();
        var order = new List<int>();
        while (left.Count > 0)
        {
            var open = left.Where(i => !left.Exists(j => j != i && sources[i].SharedColumns.Any(sources[j].Columns.Contains))).ToList();
            var next = (open.Count > 0 ? open : left).OrderByDescending(i => sources[i].IsSelf).ThenByDescending(i => weight[i])
                .ThenBy(i => i).First();
            order.Add(next);
            left.Remove(next);
        }
        return [.. order];
    }

    ArrangementRule[][] Rules(ChoiceSource[] sources)
    {
        var place = new int[table.Columns.Count];
        Array.Fill(place, -1);
        for (var s = 0; s < sources.Length; s++)
            foreach (var column in sources[s].Columns) place[column] = s;
        var counts = _rules.Counts(c => place[c] >= 0).Select(c => c with { Columns = [.. c.Columns.OrderBy(column => place[column])] }).ToList();
        foreach (var (columns, least, most) in counts)
            foreach (var (column, share) in columns.Zip(CountRule.NullShares(columns.Length, least, most)))
                sources[place[column]].NullThreshold = CounterRandom.Threshold(share);
        // A count tells of all candidates at once, so it is asked first.
        var rules = counts.SelectMany(c => CountRule.Of(c.Columns, c.Least, c.Most)).Concat<ArrangementRule>(_rules.Make(c => place[c] >= 0))
            .GroupBy(r => r.Columns.Max(c => place[c])).ToDictionary(g => g.Key, g => g.ToArray());
        return [.. Enumerable.Range(0, sources.Length).Select(s => rules.GetValueOrDefault(s, []))];
    }

    // Keys of rows that stand in the table are taken.
    void TakeExisting(ArrangementRule[][] rules, ChosenRow row)
    {
        if (_own.FirstNew == 0) return;
        var frame = new RowFrame(_own);
        frame.Reset(0, (int)_own.FirstNew);
        var used = rules.SelectMany(r => r).SelectMany(r => r.Columns).Distinct().Select(c => (Column: c, Values: frame.Column(c))).ToList();
        for (var i = 0; i < frame.Count; i++)
        {
            foreach (var (column, values) in used) row.Set(column, values.IsNull(i) ? null : values, i);
            foreach (var rule in rules.SelectMany(r => r)) rule.Take(row);
        }
    }
}
