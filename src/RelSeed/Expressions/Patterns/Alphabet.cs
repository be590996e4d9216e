namespace RelSeed.Expressions;

/// <summary>Code points in classes whose members no set among the given ones tells apart, each class with characters fit to be written.</summary>
sealed class Alphabet
{
    const int LargeClass = 256, MostIntervals = 20_000;

    static readonly CharSet Plain = CharSet.Union(CharSet.Of('a', 'z'), CharSet.Of('0', '9'));
    static readonly CharSet Printable = CharSet.Of(' ', '~');
    static readonly CharSet Writable = CharSet.Union(CharSet.Of(1, 0xD7FF), CharSet.Of(0xE000, CharSet.Last));

    Alphabet(List<CharSet> classes)
    {
        Representatives = [.. classes.Select(c => c.Ranges[0].First)];
        Characters = [.. classes.Select(Choose)];
    }

    /// <summary>One member of each class.</summary>
    public int[] Representatives { get; }

    /// <summary>The characters to write for each class: letters and digits of a wide one, what can be printed of a narrow one.</summary>
    public int[][] Characters { get; }

    public int Count => Characters.Length;

    /// <summary>Null when the sets cut the code points into too many pieces.</summary>
    public static Alphabet? TryCreate(IEnumerable<CharSet> sets)
    {
        var distinct = sets.DistinctBy(s => s.ToString()).ToArray();
        var cuts =
            new SortedSet<int>(distinct.SelectMany(s => s.Ranges.SelectMany(r => new[] { r.First, r.Last + 1 })).Where(p => p <= CharSet.Last)) { 0 };
        if ((long)cuts.Count * distinct.Length > 4_000_000 || cuts.Count > MostIntervals) return null;
        var bySignature = new Dictionary<string, List<CharSet>>();
        var starts = cuts.ToArray();
        for (var i = 0; i < starts.Length; i++)
        {
            var signature = string.Create(distinct.Length, (distinct, Point: starts[i]), static (text, state) =>
            {
                for (var s = 0; s < text.Length; s++) text[s] = state.distinct[s].Contains(state.Point) ? '1' : '0';
            });
            if (!bySignature.TryGetValue(signature, out var members)) bySignature[signature] = members = [];
            members.Add(CharSet.Of(starts[i], i + 1 < starts.Length ? starts[i + 1] - 1 : CharSet.Last));
        }
        var classes = bySignature.Values.Select(m => CharSet.Union([.. m]).Intersect(Writable)).Where(c => !c.Ranges.IsEmpty).ToList();
        return new(classes);
    }

    static int[] Choose(CharSet members)
    {
        var printable = members.Intersect(Printable);
        if (members.Count > LargeClass && members.Intersect(Plain) is { Ranges.IsEmpty: false } plain) printable = plain;
        var chosen = printable.Ranges.IsEmpty ? members : printable;
        return [.. Enumerable.Range(0, Math.Min(chosen.Count, LargeClass)).Select(chosen.At)];
    }
}
