using RelSeed.Schema;

namespace RelSeed.Semantics;

/// <summary>The name patterns, from the tables in <c>Data/meanings.txt</c> and <c>Data/subjects.txt</c>.</summary>
static class MeaningCatalog
{
    static readonly Lazy<Dictionary<string, string[]>> Nouns = new(LoadSubjects);
    static readonly Lazy<List<MeaningPattern>> All = new(LoadPatterns);
    static readonly Lazy<HashSet<string>> Words = new(LoadVocabulary);

    /// <summary>In the order of the file: of equally good ones the first wins.</summary>
    public static IReadOnlyList<MeaningPattern> Patterns => All.Value;

    static readonly Lazy<ILookup<string, (MeaningPattern Pattern, int Order)>> ByFirstWord = new(() =>
        All.Value.Select((p, i) => (Pattern: p, Order: i)).ToLookup(x => NameWords.Singular(x.Pattern.Words[0]), StringComparer.Ordinal));

    /// <summary>The patterns whose first word is among these, in the order of the file.</summary>
    public static IEnumerable<MeaningPattern> Candidates(IReadOnlyList<string> words) =>
        words.Select(NameWords.Singular).Distinct(StringComparer.Ordinal).SelectMany(w => ByFirstWord.Value[w]).OrderBy(x => x.Order)
            .Select(x => x.Pattern);

    /// <summary>All words of patterns and subjects.</summary>
    public static IReadOnlySet<string> Vocabulary => Words.Value;

    /// <summary>What the last noun among words may stand for: person for <c>former employees</c>; empty when there is none.</summary>
    public static string[] SubjectsOf(IReadOnlyList<string> words)
    {
        for (var i = words.Count - 1; i >= 0; i--)
            if (i > 0 && Subjects($"{words[i - 1]}_{words[i]}") is { } pair) return pair;
            else if (Subjects(words[i]) is { } single) return single;
        return [];
    }

    static string[]? Subjects(string noun) => Nouns.Value.GetValueOrDefault(noun) ?? Nouns.Value.GetValueOrDefault(NameWords.Singular(noun));

    static Dictionary<string, string[]> LoadSubjects() => OwnWords.Lines("subjects.txt")
        .Select(line => line.Split(" = "))
        .SelectMany(sides => sides[1].Split(' ').Select(noun => (Noun: noun, Subject: sides[0])))
        .GroupBy(x => x.Noun, x => x.Subject)
        .ToDictionary(g => g.Key, g => g.Distinct().ToArray(), StringComparer.Ordinal);

    static HashSet<string> LoadVocabulary()
    {
        var words = Nouns.Value.Keys.SelectMany(n => n.Split('_')).ToHashSet(StringComparer.Ordinal);
        foreach (var line in OwnWords.Lines("meanings.txt"))
            words.UnionWith(line.Split('|')[2].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries));
        return words;
    }

    static List<MeaningPattern> LoadPatterns()
    {
        var subjects = Nouns.Value.Values.SelectMany(s => s).ToHashSet(StringComparer.Ordinal);
        var patterns = new List<MeaningPattern>();
        foreach (var line in OwnWords.Lines("meanings.txt"))
        {
            var fields = line.Split('|', StringSplitOptions.TrimEntries);
            var kinds = fields[1].Split(' ').Select(k => Enum.Parse<ValueFamily>(k, ignoreCase: true)).Aggregate((a, b) => a | b);
            foreach (var text in fields[2].Split(',', StringSplitOptions.TrimEntries))
                patterns.Add(Pattern(text, Enum.Parse<Meaning>(fields[0]), kinds, subjects));
        }
        return patterns;
    }

    static MeaningPattern Pattern(string text, Meaning meaning, ValueFamily families, HashSet<string> subjects)
    {
        var border = text.LastIndexOf(" in ", StringComparison.Ordinal);
        var subject = border > 0 && subjects.Contains(text[(border + 4)..]) ? text[(border + 4)..] : null;
        var words = subject is null ? text : text[..border];
        return new MeaningPattern(meaning, families, [.. NameWords.Of(words.Replace(' ', '_'))], subject, text);
    }
}

/// <param name="Words">All of them must be among the column's words.</param>
/// <param name="Subject">What the table, or a word before it in the name, must be about; null for anything.</param>
sealed record MeaningPattern(Meaning Meaning, ValueFamily Families, EquatableArray<string> Words, string? Subject, string Text)
{
    /// <summary>It is for some of these kinds of type.</summary>
    public bool Suits(ValueFamily families) => (Families & families) != ValueFamily.None;
}

/// <summary>Kinds of type that patterns ask for.</summary>
[Flags]
enum ValueFamily
{
    None = 0,
    Text = 1,
    Int = 2,
    Number = 4,
    Time = 8,
    Date = 16,
    Clock = 32,
    Bool = 64,
    Bytes = 128,
    Uuid = 256,
    Json = 512,
    Xml = 1024,
    Inet = 2048,
    Mac = 4096,
    Choice = 8192,
}

static class ValueFamilies
{
    public static ValueFamily Of(ColumnType type) => type.Kind switch
    {
        TypeKind.Text or TypeKind.FixedText => ValueFamily.Text,
        TypeKind.Enum => ValueFamily.Choice,
        TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 => ValueFamily.Int,
        TypeKind.Float32 or TypeKind.Float64 or TypeKind.Decimal or TypeKind.Money or TypeKind.Interval => ValueFamily.Number,
        TypeKind.Boolean => ValueFamily.Bool,
        TypeKind.Date => ValueFamily.Date,
        TypeKind.Timestamp or TypeKind.TimestampTz => ValueFamily.Time,
        TypeKind.Time or TypeKind.TimeTz => ValueFamily.Clock,
        TypeKind.Json => ValueFamily.Json,
        TypeKind.Xml => ValueFamily.Xml,
        TypeKind.Bytes => ValueFamily.Bytes,
        TypeKind.Uuid => ValueFamily.Uuid,
        TypeKind.Inet or TypeKind.Cidr => ValueFamily.Inet,
        TypeKind.MacAddr or TypeKind.MacAddr8 => ValueFamily.Mac,
        TypeKind.Array when type.Element is { } element => Of(element),
        TypeKind.Range or TypeKind.MultiRange when type.Element is { } bound => Of(bound),
        _ => ValueFamily.None,
    };
}
