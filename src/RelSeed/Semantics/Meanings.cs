using System.Runtime.CompilerServices;
using RelSeed.Schema;

namespace RelSeed.Semantics;

/// <summary>Reads what a column means from its name, its table's name, its type and its comment.</summary>
public static class Meanings
{
    // Words before the rest of a name that tell one of several persons or places of a row.
    static readonly HashSet<string> Parties =
    [
        "billing", "bill", "shipping", "ship", "delivery", "invoice", "from", "to", "sender", "recipient", "receiver", "author", "committer",
        "owner", "manager", "emergency", "secondary", "alternate", "alternative", "other", "old", "new", "origin", "destination", "departure",
        "arrival", "buyer", "seller", "parent", "guardian", "mother", "father", "spouse", "partner", "creator", "updater", "reporter", "assignee",
        "customer", "supplier", "employee", "contact", "mailing", "postal", "permanent", "temporary", "previous", "source", "target", "guest",
        "user", "client", "vendor", "company", "agent", "driver", "passenger", "doctor", "patient", "student", "teacher", "pickup", "dropoff",
        "start", "end", "birth", "venue", "store",
    ];

    static readonly HashSet<string> TimeWords =
        ["at", "date", "time", "on", "timestamp", "last", "next", "created", "updated", "modified", "clock", "expires", "expiry", "seen", "login"];

    // Below this a pattern says too little about a name of several words.
    const double LeastConfidence = 0.35;

    // A schema is planned many times while it is rehearsed.
    static readonly ConditionalWeakTable<Column, Known> Found = [];

    sealed record Known(Table Table, ColumnMeaning Meaning);

    /// <summary>The likeliest meaning; <see cref="Meaning.Unknown"/> when nothing fits.</summary>
    public static ColumnMeaning Of(Table table, Column column)
    {
        if (Found.TryGetValue(column, out var known) && (ReferenceEquals(known.Table, table) || HaveSameNames(known.Table, table))) return known.Meaning;
        var meaning = Find(table, column);
        Found.AddOrUpdate(column, new(table, meaning));
        return meaning;
    }

    static bool HaveSameNames(Table left, Table right) =>
        left.Name == right.Name && left.Columns.Select(c => c.Name).SequenceEqual(right.Columns.Select(c => c.Name), StringComparer.Ordinal);

    static ColumnMeaning Find(Table table, Column column)
    {
        if (column.Model is { Format: not ValueFormat.None and var format }) return new ColumnMeaning(MeaningOf(format), "", 1, "its annotation");
        var family = ValueFamilies.Of(column.Type);
        var words = NameWords.Of(column.Name);
        var tableWords = NameWords.Of(table.Name.Name);
        var best = Best(words, tableWords, table, column, family, HasHead) ?? SpelledOut(words, tableWords, table, column, family);
        if (best is { } found) return Refine(found, column);
        if (FromComment(table, column, tableWords, family) is { } told) return Refine(told, column);
        return family == ValueFamily.Bool ? new ColumnMeaning(Meaning.EvenFlag, "", 0.1, "a boolean") : ColumnMeaning.Unknown;
    }

    // "started on" and a time "revoked" say what "started at" and "revoked at" do.
    static ColumnMeaning? SpelledOut(List<string> words, List<string> tableWords, Table table, Column column, ValueFamily family)
    {
        if (family is not (ValueFamily.Time or ValueFamily.Date) || words.Count == 0) return null;
        var stem = words is [_, .., "on" or "at" or "date" or "time"] ? words[..^1] : words;
        return Best([.. stem, "at"], tableWords, table, column, family, HasHead);
    }

    static Meaning MeaningOf(ValueFormat format) => format switch
    {
        ValueFormat.Email => Meaning.Email,
        ValueFormat.Url => Meaning.Url,
        ValueFormat.Phone => Meaning.Phone,
        ValueFormat.CardNumber => Meaning.CardNumber,
        _ => Meaning.FileName,
    };

    /// <summary>What the table is about, <c>country</c>; null when its name does not tell.</summary>
    public static string? SubjectOf(Table table) =>
        NameWords.Of(table.Name.Name) is [.., var last] && MeaningCatalog.SubjectsOf([last]) is [var subject, ..] ? subject : null;

    static ColumnMeaning? Best(List<string> words, List<string> tableWords, Table table, Column column, ValueFamily family,
        Func<MeaningPattern, List<string>, bool> isMain)
    {
        MeaningPattern? best = null;
        double bestScore = 0;
        foreach (var pattern in MeaningCatalog.Candidates(words))
        {
            if (!pattern.Suits(family)) continue;
            var score = Score(pattern, words, tableWords, table);
            if (score > bestScore && IsPlausible(pattern, words, column) && isMain(pattern, words)) (best, bestScore) = (pattern, score);
        }
        if (best is null) return null;
        var confidence = Math.Round(Math.Min(0.95, 0.95 * (best.Words.Count + 1) / (words.Count + 1)), 2);
        if (confidence < LeastConfidence) return null;
        var about = best.Subject is null ? "" : $" of a {best.Subject}";
        return new ColumnMeaning(best.Meaning, Aspect(words, best, tableWords), confidence, $"name \"{column.Name}\"{about}")
        {
            Subject = best.Subject ?? SubjectsOf(best, words, tableWords).FirstOrDefault() ?? "",
        };
    }

    static double Score(MeaningPattern pattern, List<string> words, List<string> tableWords, Table table)
    {
        double score = 0;
        var (last, taken) = (-1, 0UL);
        foreach (var word in pattern.Words)
        {
            var at = Find(words, taken, w => w == word);
            var isExact = at >= 0;
            if (!isExact) at = Find(words, taken, w => IsSame(w, word));
            if (at < 0) return 0;
            taken |= 1UL << at;
            score += isExact ? 10 : 9.5;
            last = Math.Max(last, at);
        }
        if (pattern.Subject is { } subject && !IsAbout(subject, pattern, words, tableWords, table)) return 0;
        return score + (last == words.Count - 1 ? 4 : 0) + (pattern.Words.Count == words.Count ? 3 : 0) + (pattern.Subject is null ? 0 : 5);
    }

    static int Find(List<string> words, ulong taken, Func<string, bool> isWanted)
    {
        for (var i = Math.Min(words.Count, 64) - 1; i >= 0; i--)
            if ((taken >> i & 1) == 0 && isWanted(words[i])) return i;
        return -1;
    }

    static bool IsSame(string left, string right) => NameWords.Singular(left) == NameWords.Singular(right);

    // A noun in the column's own name speaks louder than the table's.
    static bool IsAbout(string subject, MeaningPattern pattern, List<string> words, List<string> tableWords, Table table)
    {
        var subjects = SubjectsOf(pattern, words, tableWords);
        return subjects.Length > 0
            ? subjects.Contains(subject)
            : subject == "person" && table.Columns.Any(c => NameWords.Of(c.Name) is ["first", "name"] or ["last", "name"]);
    }

    static string[] SubjectsOf(MeaningPattern pattern, List<string> words, List<string> tableWords) =>
        MeaningCatalog.SubjectsOf([.. words.Where(w => !pattern.Words.Any(p => IsSame(p, w)))]) is { Length: > 0 } own ? own
            : MeaningCatalog.SubjectsOf(tableWords);

    static bool IsPlausible(MeaningPattern pattern, List<string> words, Column column)
    {
        // What ends in id identifies something else, whatever that is.
        if (words[^1] == "id" && !pattern.Words.Contains("id") && words.Count > 1) return false;
        var isExact = pattern.Words.Count == words.Count;
        var type = column.Type;
        var family = ValueFamilies.Of(type);
        if (pattern.Suits(ValueFamily.Bool) && family == ValueFamily.Text) return type.Length is <= 5;
        if (pattern.Suits(ValueFamily.Bool) && family == ValueFamily.Int && pattern.Meaning is not Meaning.Gender)
            return words[0] is "is" or "has" || isExact && type.Kind != TypeKind.Int64;
        if (pattern.Suits(ValueFamily.Time | ValueFamily.Date) && family is ValueFamily.Text or ValueFamily.Int)
            return pattern.Meaning == Meaning.Year
                || words.Exists(TimeWords.Contains) && (family == ValueFamily.Int ? type.Kind != TypeKind.Int16 : type.Length is null or >= 10);
        return true;
    }

    // The last word says what a thing is, unless it is one nobody knows: a unit, a language.
    static bool HasHead(MeaningPattern pattern, List<string> words) =>
        pattern.Words.Count * 3 >= words.Count * 2 || !MeaningCatalog.Vocabulary.Contains(words[^1])
        || pattern.Words.Any(w => IsSame(w, words[^1]));

    static string Aspect(List<string> words, MeaningPattern pattern, List<string> tableWords)
    {
        var first = words.FindIndex(w => pattern.Words.Any(p => IsSame(p, w)));
        var party = words.Take(Math.Max(0, first)).Where(w => Parties.Contains(w) && !tableWords.Exists(t => IsSame(t, w)));
        var aspect = string.Join(' ', party);
        // "ship" and "shipping", "bill" and "billing" are one.
        return aspect switch { "ship" => "shipping", "bill" => "billing", _ => aspect };
    }

    static ColumnMeaning? FromComment(Table table, Column column, List<string> tableWords, ValueFamily family)
    {
        if (column.Comment is not { Length: > 0 and < 80 } comment) return null;
        var words = NameWords.Of(comment);
        if (words.Count is 0 or > 8) return null;
        return Best(words, tableWords, table, column, family, (_, _) => true) is { } found
            ? found with { Confidence = found.Confidence / 2, Reason = "the column's comment" } : null;
    }

    // A short column holds the code, a long one the name.
    static ColumnMeaning Refine(ColumnMeaning meaning, Column column)
    {
        var length = column.Type.Kind.IsText() ? column.Type.Length ?? int.MaxValue : int.MaxValue;
        var kind = (meaning.Kind, length) switch
        {
            (Meaning.Country or Meaning.CountryCode3, 2) => Meaning.CountryCode,
            (Meaning.Country or Meaning.CountryCode, 3) => Meaning.CountryCode3,
            (Meaning.Region, <= 3) => Meaning.RegionCode,
            (Meaning.Language, <= 5) => Meaning.LanguageCode,
            (Meaning.CurrencyName, <= 4) => Meaning.CurrencyCode,
            (Meaning.JobTitle, <= 8) => Meaning.Salutation,
            (Meaning.Color, 6 or 7) => Meaning.ColorHex,
            (Meaning.PasswordHash or Meaning.Hash, < 16) => Meaning.Token,
            _ => meaning.Kind,
        };
        return kind == meaning.Kind ? meaning : meaning with { Kind = kind, Reason = $"{meaning.Reason}, {length} characters" };
    }
}
