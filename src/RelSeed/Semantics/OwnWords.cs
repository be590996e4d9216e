namespace RelSeed.Semantics;

/// <summary>RelSeed's own word lists, from the text files beside this one.</summary>
/// <remarks>A file is a sequence of blocks: a name in brackets, then words between bars, over as many lines as needed. <c>[a.x|y]</c> opens
/// a table instead: each line is an entry whose fields become the parallel lists a.x and a.y. After <c>[=a]</c> each line is one entry.</remarks>
static class OwnWords
{
    static readonly Lazy<(Dictionary<string, List<string>> Lists, HashSet<string> Parallel)> Data = new(Load);

    public static IReadOnlyList<string>? Find(string field, string locale)
    {
        var lists = Data.Value.Lists;
        return lists.GetValueOrDefault($"{field}:{locale}") ?? (locale == Locales.Default ? lists.GetValueOrDefault(field) : null);
    }

    public static bool IsParallel(string name) => Data.Value.Parallel.Contains(name.Split(':')[0]);

    public static IEnumerable<string> Lines(string file) => EmbeddedText.Lines($"Semantics.Data.{file}");

    static (Dictionary<string, List<string>>, HashSet<string>) Load()
    {
        var lists = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var parallel = new HashSet<string>(StringComparer.Ordinal);
        List<string>[] open = [];
        var isWhole = false;
        foreach (var line in EmbeddedText.Files("Semantics.Data").Where(f => f.Contains("words-")).SelectMany(EmbeddedText.Lines))
            if (line[0] == '[' && line[^1] == ']' && !line.Contains('"')) open = Open(line.Trim('[', ']'));
            else if (isWhole) open[0].Add(line);
            else Add(line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return (lists, parallel);

        List<string>[] Open(string header)
        {
            isWhole = header[0] == '=';
            var fields = header.TrimStart('=').Split('|');
            var theme = fields[0][..(fields[0].IndexOf('.') + 1)];
            for (var f = 1; f < fields.Length; f++) fields[f] = theme + fields[f];
            if (fields.Length > 1) parallel.UnionWith(fields);
            return [.. fields.Select(f => lists[f] = [])];
        }

        void Add(string[] words)
        {
            if (open.Length == 1) open[0].AddRange(words);
            else
                for (var f = 0; f < open.Length; f++) open[f].Add(f < words.Length ? words[f] : "");
        }
    }
}
