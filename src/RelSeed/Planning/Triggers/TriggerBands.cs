using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>A table whose trigger writes elsewhere by the value of a column: <c>if new.type = 'org' then insert into org …</c>. Its rows stand
/// in bands, one a value, so that the rows of each written table are known by number.</summary>
/// <param name="Column">Position of the column that decides.</param>
/// <param name="Others">Values of the column that cause no rows anywhere, in canonical text.</param>
sealed record Banding(int Column, IReadOnlyList<BandPlan> Bands, EquatableArray<string> Others)
{
    /// <summary>First row and rows of each band, then of the rows that cause nothing.</summary>
    public IReadOnlyList<(long First, long Rows)> Split(long rows)
    {
        var shares = new long[Bands.Count + 1];
        var open = Enumerable.Range(0, Others.IsEmpty ? Bands.Count : Bands.Count + 1).OrderBy(b => CapacityOf(b)).ThenBy(b => b).ToList();
        // The narrowest first, so that what they leave is shared by the others.
        for (var i = 0; i < open.Count; i++)
        {
            shares[open[i]] = Math.Min(CapacityOf(open[i]), (rows + open.Count - i - 1) / (open.Count - i));
            rows -= shares[open[i]];
        }
        long first = 0;
        return [.. shares.Select(s => (first += s) is var end ? (end - s, s) : default)];
    }

    long CapacityOf(int band) => band < Bands.Count ? Bands[band].Capacity : long.MaxValue;

    /// <summary>All rows that have a place.</summary>
    public long Capacity =>
        Others.IsEmpty ? Bands.Aggregate(0L, (sum, b) => b.Capacity > long.MaxValue - sum ? long.MaxValue : sum + b.Capacity) : long.MaxValue;
}

/// <param name="Literal">The deciding column's value, in canonical text.</param>
/// <param name="Targets">Tables the band's rows are written to.</param>
/// <param name="Capacity">Rows these have room for.</param>
/// <param name="Fixed">Columns of the source that may hold a few values only, since their copy may.</param>
/// <param name="Parents">For foreign keys of the source to itself, by position: the band their parents must be of.</param>
sealed record BandPlan(
    string Literal, IReadOnlyList<TableName> Targets, long Capacity, IReadOnlyDictionary<int, EquatableArray<string>> Fixed, IReadOnlyDictionary<int,
    int> Parents);

static class TriggerBands
{
    /// <summary>The tables with bands.</summary>
    public static Dictionary<TableName, Banding> Of(
        IReadOnlyDictionary<TableName, Table> tables, IReadOnlyDictionary<TableName, List<RowSource>> made, IReadOnlyDictionary<TableName,
        TableFacts> facts)
    {
        var guarded = made.SelectMany(m => m.Value.Where(s => s.Guard is not null).Select(s => (Target: m.Key, Source: s)))
            .Where(m => facts.ContainsKey(m.Target) && facts.ContainsKey(m.Source.Table)).ToLookup(m => m.Source.Table);
        return guarded.ToDictionary(g => g.Key, g => Of(tables, facts, g.Key, [.. g]));
    }

    static Banding Of(
        IReadOnlyDictionary<TableName, Table> tables, IReadOnlyDictionary<TableName, TableFacts> facts, TableName name,
        List<(TableName Target, RowSource Source)> guarded)
    {
        var column = guarded[0].Source.Guard!.Value.Column;
        var literals = guarded.Select(g => g.Source.Guard!.Value.Literal!).Distinct().ToList();
        var bands = literals.Select(l => guarded.Where(g => g.Source.Guard!.Value.Literal == l).ToList()).ToList();
        var domain = facts[name].Constraints.Domains[column];
        var known = domain.Allowed.IsEmpty ? tables[name].Columns[column].Type.Labels : domain.Allowed;
        return new Banding(column, [.. bands.Select((b, i) => Band(tables, facts, name, literals[i], b, bands))],
            known.Where(v => !literals.Contains(v)).ToEquatableArray());
    }

    static BandPlan Band(
        IReadOnlyDictionary<TableName, Table> tables, IReadOnlyDictionary<TableName, TableFacts> facts, TableName name, string literal,
        List<(TableName Target, RowSource Source)> band, List<List<(TableName Target, RowSource Source)>> all)
    {
        var capacity = long.MaxValue;
        var few = new Dictionary<int, EquatableArray<string>>();
        var parents = new Dictionary<int, int>();
        foreach (var (target, source) in band)
        {
            var table = tables[target];
            for (var c = 0; c < table.Columns.Count; c++)
            {
                if (source.Values[c].Column < 0 || facts[target].Constraints.Domains[c].Allowed is not { IsEmpty: false } allowed) continue;
                few[source.Values[c].Column] = allowed;
                if (table.AllKeys.Any(k => k.IsPlain && k.Parts.Count == 1 && k.Parts[0].Column == table.Columns[c].Name))
                    capacity = Math.Min(capacity, allowed.Count);
            }
            foreach (var key in table.ForeignKeys) AddParent(tables, name, source, table, key, all, parents);
        }
        return new BandPlan(literal, [.. band.Select(b => b.Target)], capacity, few, parents);
    }

    // A key to a table that another band fills: the source's own key to itself leads into that band.
    static void AddParent(
        IReadOnlyDictionary<TableName, Table> tables, TableName name, RowSource source, Table table, ForeignKey key,
        List<List<(TableName Target, RowSource Source)>> all, Dictionary<int, int> parents)
    {
        var band = all.FindIndex(b => b.Exists(m => m.Target == key.Principal));
        if (band < 0 || tables[name] is not { } from) return;
        var above = all[band].Find(m => m.Target == key.Principal).Source;
        var columns = key.Columns.Select(c => source.Values[table.IndexOf(c)].Column).ToList();
        var principal = key.PrincipalColumns.Select(c => above.Values[tables[key.Principal].IndexOf(c)].Column).ToList();
        for (var k = 0; k < from.ForeignKeys.Count; k++)
        {
            var own = from.ForeignKeys[k];
            if (own.Principal == name && own.Columns.Select(from.IndexOf).SequenceEqual(columns)
                && own.PrincipalColumns.Select(from.IndexOf).SequenceEqual(principal))
                parents[k] = band;
        }
    }
}
