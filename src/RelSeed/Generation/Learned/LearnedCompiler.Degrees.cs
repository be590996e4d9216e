using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Profiling;

namespace RelSeed.Generation.Learned;

/// <summary>Numbers of children.</summary>
sealed partial class LearnedCompiler
{
    const int MostSlots = 500, MostUntold = 11;

    // Children of each row of a reference's principal, as its tree draws them; 1 where nothing was learned.
    int[] Degrees(TablePlan table, int reference)
    {
        var profile = table.Profiled!.Profile.References[reference];
        if (_told.CountsOf(table, reference) is { } counted) return counted;
        var parent = _tables[profile.Principal];
        var degrees = new int[parent.RowCount];
        if (profile.Children is not { } children)
        {
            Array.Fill(degrees, 1);
            return degrees;
        }
        var (book, tree) = (new CodeTable(children.Codes), new TreeProgram(children.Tree, children.Codes.Size, null));
        var key = StableHash.Key(_keys.Seed, _keys.NameOf(table.Table.Name), string.Join(",", profile.Columns), "children");
        var frame = new RowFrame(parent);
        var even = parent.RowCount <= LearnedRows.MostEven ? new EvenDraws(key) : null;
        // Of as few parents as were learned of, each learned number of children stands once.
        var none = children.None is { } some ? new TreeProgram(some, 2, null) : null;
        var slots = tree.IsLeaf && none is null && parent.RowCount <= MostSlots && (long)Math.Round(children.Tree.Nodes[0].Shares.Sum(s => s.Weight)) is var learned
            && Math.Abs(learned - parent.RowCount) <= learned * MostOff ? learned : 0;
        var told = _told.Are(profile.Principal) && children.Told.Count == parent.RowCount ? children.Told : [];
        var counts = children.Features.Select(f => f.Kind == FeatureKind.Children ? new ushort[BatchRows] : []).ToArray();
        for (long first = 0; first < parent.RowCount; first += BatchRows)
        {
            frame.Reset(first, (int)Math.Min(BatchRows, parent.RowCount - first));
            var all = children.Features.Select((f, i) => Column(f, frame, first, counts[i])).ToArray();
            var (features, noneFeatures) = (all[..tree.Features.Length], all[tree.Features.Length..]);
            for (var i = 0; i < frame.Count; i++)
            {
                var mapped = told.IsEmpty ? Mapped(children.Map, frame, i) : told[(int)first + i];
                if (none is not null && mapped <= 0 && none.LeafOf(noneFeatures, i) is var at
                    && none.DrawAt(at, Even(3, at, CounterRandom.At(CounterRandom.Derive(key, 2), first + i))) == 1)
                    continue;
                var leaf = tree.LeafOf(features, i);
                var code = mapped > 0 ? mapped
                    : tree.DrawAt(leaf, slots > 0 ? even!.Slot(2, slots) : Even(0, leaf, CounterRandom.At(key, first + i)));
                degrees[first + i] = (int)Math.Max(0, book.Draw(code, Even(1, code, CounterRandom.At(CounterRandom.Derive(key, 1), first + i))));
            }
        }
        if (!Array.Exists(degrees, d => d > 0)) GiveToFew(degrees, table.Rows, key);
        return degrees;

        ulong Even(ulong stream, int place, ulong word) => even?.Word(stream, place, word) ?? word;
    }

    static int Mapped(CodeMap? map, RowFrame parents, int row) =>
        map is null || parents.Table.Learned is null || parents.Learned().Codes[map.Step][row] is var code && code >= map.Codes.Count ? -1
            : map.Codes[code];

    FeatureColumn Column(Feature feature, RowFrame parents, long first, ushort[] counts)
    {
        switch (feature.Kind)
        {
            case FeatureKind.Own when parents.Table.Learned is not null: return new(parents.Learned().Codes[feature.Step]);
            case FeatureKind.Parent when Above(parents) is { } above: return new(above.Learned().Codes[feature.Step]);
            case FeatureKind.Grandparent when Above(parents) is { } above && Above(above) is { } top: return new(top.Learned().Codes[feature.Step]);
            case FeatureKind.Children when _degrees.TryGetValue((feature.Table!.Value, feature.Reference), out var degrees):
                for (var i = 0; i < parents.Count; i++) counts[i] = (ushort)CountCodes.Of(degrees.Value[first + i]);
                return new(counts);
            default: return new([]);
        }
    }

    static RowFrame? Above(RowFrame frame) =>
        frame.Table.Learned is { Driving: >= 0 and var up } && frame.Table.References[up].Parent.Learned is not null ? frame.Parent(up) : null;

    // Where those that have children are fewer than may be told of, all came out without: as many as may not be told have them.
    static void GiveToFew(int[] degrees, long rows, ulong key)
    {
        var few = (int)Math.Min(Math.Min(degrees.Length, rows), MostUntold);
        if (few == 0) return;
        var order = new Permutation(CounterRandom.Derive(key, 3), degrees.Length);
        for (var i = 0; i < few; i++) degrees[order.At(i)] = (int)((rows + few - 1 - i) / few);
    }
}
