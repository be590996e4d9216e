using Bogus;
using Bogus.Bson;

namespace RelSeed.Semantics;

/// <summary>Bogus's data sets as lists of strings, read once. No Bogus call is made for a row.</summary>
static class BogusWords
{
    // First names of more than 10 and last names of more than 12 characters are left out for every column alike, so that a name, a full
    // name and an e-mail still agree when one of their columns is narrow.
    const int LongestFirst = 10, LongestLast = 12;

    /// <summary>The list's words in a locale, or null when Bogus has none there.</summary>
    public static IReadOnlyList<string>? Find(string field, string locale) => field switch
    {
        "first.male" => Names(locale, "male_first_name", LongestFirst) ?? Names(locale, "first_name", LongestFirst),
        "first.female" => Names(locale, "female_first_name", LongestFirst) ?? Names(locale, "first_name", LongestFirst),
        "first.any" when Find("first.male", locale) is { } men => [.. men, .. Find("first.female", locale) ?? []],
        "last" => Names(locale, "last_name", LongestLast) ?? Names(locale, "male_last_name", LongestLast),
        "company.suffix" => Read(locale, "company", "suffix"),
        "commerce.department" => Read(locale, "commerce", "department"),
        "state.name" => Read(locale, "address", "state"),
        "state.code" => Read(locale, "address", "state_abbr"),
        "app.name" => Read(locale, "app", "name"),
        "vehicle.make" => Read(locale, "vehicle", "manufacturer"),
        "vehicle.model" => Read(locale, "vehicle", "model"),
        "vehicle.type" => Read(locale, "vehicle", "type"),
        "vehicle.fuel" => Read(locale, "vehicle", "fuel"),
        "hacker.noun" => Read(locale, "hacker", "noun"),
        "hacker.verb" => Read(locale, "hacker", "verb"),
        "hacker.adjective" => Read(locale, "hacker", "adjective"),
        "business.noun" => Read(locale, "company", "bs_noun"),
        "business.verb" => Read(locale, "company", "bs_verb"),
        "business.adjective" => Read(locale, "company", "bs_adjective"),
        "team.creature" => Read(locale, "team", "creature"),
        "database.collation" => Read(locale, "database", "collation"),
        "database.engine" => Read(locale, "database", "engine"),
        "month" => Read(locale, "date", "month.wide"),
        "month.short" => Read(locale, "date", "month.abbr"),
        "weekday" => Read(locale, "date", "weekday.wide"),
        "weekday.short" => Read(locale, "date", "weekday.abbr"),
        "system.directory" => Read(locale, "system", "directoryPaths"),
        _ => null,
    };

    static string[]? Names(string locale, string path, int longest)
    {
        var words = Read(locale, "name", path)?.Where(w => w.Length <= longest && !w.Contains('#') && !w.Contains(' ')).ToArray();
        return words is { Length: > 0 } ? words : null;
    }

    static string[]? Read(string locale, string category, string path)
    {
        BValue? value = Database.GetLocale(locale);
        foreach (var key in $"{category}.{path}".Split('.'))
            value = value is BObject node && node.ContainsKey(key) ? node[key] : null;
        if (value is not BArray { Count: > 0 } array) return null;
        var words = new string[array.Count];
        for (var i = 0; i < words.Length; i++) words[i] = array[i].StringValue?.Trim() ?? "";
        return words;
    }
}
