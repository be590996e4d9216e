using RelSeed.Semantics;
using RelSeed.Tests.Values;

namespace RelSeed.Tests.Semantics;

public sealed class MeaningPatternTests
{
    // A type of each family that patterns are for.
    static readonly Dictionary<ValueFamily, string> Types = new()
    {
        [ValueFamily.Text] = "text",
        [ValueFamily.Int] = "int",
        [ValueFamily.Number] = "numeric(12,4)",
        [ValueFamily.Time] = "timestamp",
        [ValueFamily.Date] = "date",
        [ValueFamily.Clock] = "time",
        [ValueFamily.Bool] = "bool",
        [ValueFamily.Bytes] = "bytea",
        [ValueFamily.Uuid] = "uuid",
        [ValueFamily.Json] = "json",
        [ValueFamily.Xml] = "xml",
        [ValueFamily.Inet] = "inet",
        [ValueFamily.Mac] = "macaddr",
        [ValueFamily.Choice] = "enum(a,b)",
    };

    public static TheoryData<string, string> Patterns =>
        new(MeaningCatalog.Patterns.Select(p => (p.Text, p.Meaning.ToString())));

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_column_named_by_a_pattern_means_what_the_pattern_says(string pattern, string meaning)
    {
        var found = MeaningCatalog.Patterns.First(p => p.Text == pattern && p.Meaning.ToString() == meaning);
        var table = found.Subject is null ? "things" : NounOf(found.Subject);
        var name = (found.Subject is null ? pattern : pattern[..pattern.LastIndexOf(" in ", StringComparison.Ordinal)]).Replace(' ', '_');
        var type = Types.First(t => found.Suits(t.Key) && IsUsable(t.Key, found.Meaning)).Value;
        var schema = TestTypes.Table(table, $"{name} {type}");
        Assert.Equal(meaning, Meanings.Of(schema, schema.Columns[0]).Kind.ToString());
    }

    // Flags and times in text or numbers ask for more than the name.
    static bool IsUsable(ValueFamily family, Meaning meaning) =>
        family is not (ValueFamily.Text or ValueFamily.Int) || meaning != Meaning.TimeOfDay
            && !MeaningCatalog.Patterns.Any(p => p.Meaning == meaning && p.Suits(ValueFamily.Bool | ValueFamily.Time | ValueFamily.Date));

    static string NounOf(string subject) =>
        subject switch { "mediatype" => "media_type", "paymentmethod" => "payment_method", "shipmethod" => "ship_method", _ => subject };
}
