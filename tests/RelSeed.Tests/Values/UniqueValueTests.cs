using FsCheck;
using FsCheck.Fluent;
using RelSeed.Generation;
using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Tests.Values;

public sealed class UniqueValueTests
{
    public static TheoryData<Meaning> Kinds => new(Enum.GetValues<Meaning>());
    public static TheoryData<string> Types => new(TestTypes.All);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Distinct_texts_of_a_meaning_stay_distinct_in_any_length_and_number(Meaning meaning)
    {
        var cases = from length in Gen.Choose(1, 60)
                    from needed in Gen.Choose(1, 8_000)
                    from seed in Gen.Choose(1, 1_000)
                    select (length, needed, seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(8).WithReplay(1, 1),
            Prop.ForAll(Arb.From(cases), c => AssertDistinct(meaning, c.length, c.needed, (ulong)c.seed)));
    }

    static void AssertDistinct(Meaning meaning, int length, int needed, ulong seed)
    {
        var table = TestTypes.Table("things", $"thing varchar({length})");
        var request = TestRows.Request(table, table.Columns[0]) with
        {
            Meaning = new ColumnMeaning(meaning, "", 1, "test"),
            Unique = true,
            Domain = new ValueDomain { CaseInsensitive = seed % 2 == 0 },
        };
        var domain = ValuePlanner.UniqueDomain(request, needed)!;
        var count = (int)Math.Min(needed, domain.Size);
        Assert.True(count == needed || length <= 4, $"{meaning} in {length} characters has only {domain.Size}: {domain.Describe()}");
        var values = Read(domain, table.Columns[0].Type, count, seed);
        Assert.All(values, v => Assert.InRange(v.EnumerateRunes().Count(), 1, length));
        var keys = request.Domain.CaseInsensitive ? values.Select(v => v.ToLowerInvariant()) : values;
        Assert.Equal(count, keys.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Distinct_values_of_a_type_stay_distinct(string text)
    {
        var table = TestTypes.Table("things", $"thing {text}");
        var type = table.Columns[0].Type;
        foreach (var needed in new[] { 1, 2, 30, 5_000 })
        {
            var domain = ValuePlanner.UniqueDomain(TestRows.Request(table, table.Columns[0]) with { Unique = true }, needed)!;
            var count = (int)Math.Min(needed, domain.Size);
            var values = Read(domain, type, count, 1);
            Assert.Equal(count, values.Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Fact]
    public void A_short_code_uses_all_characters_there_are()
    {
        var table = TestTypes.Table("things", "thing varchar(1)");
        var domain = ValuePlanner.UniqueDomain(TestRows.Request(table, table.Columns[0]) with { Unique = true }, 500)!;
        Assert.True(domain.Size >= 80);
        Assert.Equal(domain.Size, Read(domain, table.Columns[0].Type, (int)domain.Size, 1).Distinct().Count());
    }

    [Theory]
    [InlineData("^[A-Z]{3}-[0-9]{4}$", 100_000)]
    [InlineData("^[A-Z0-9]+$", 5_000)]
    [InlineData(@"^\d{4}$", 10_000)]
    public void Distinct_texts_match_the_pattern_of_a_constraint(string pattern, int needed)
    {
        var table = TestTypes.Table("things", "thing varchar(12)");
        var domain =
            ValuePlanner.UniqueDomain(
            TestRows.Request(table, table.Columns[0]) with { Unique = true, Domain = new ValueDomain { Pattern = pattern } }, needed)!;
        Assert.True(domain.Size >= needed);
        var values = Read(domain, table.Columns[0].Type, needed, 1);
        Assert.Equal(needed, values.Distinct().Count());
        Assert.All(values, v => Assert.Matches(pattern, v));
    }

    [Fact]
    public void The_first_word_of_a_name_never_begins_another_of_its_list()
    {
        // Words of a list that are parted by spaces can be told apart only if none continues another.
        foreach (var (section, template) in TextCatalog.All.Where(t => t.Template.Contains("*}", StringComparison.Ordinal)))
        {
            var parts = new TemplateParser("en", "", 9).Parse(template).Parts;
            for (var p = 0; p < parts.Count - 1; p++)
                if (parts[p] is WordsPart { Draw.IsIndex: true } words)
                {
                    var separator = parts[p + 1] is LiteralPart literal ? literal.Text[..1] : "";
                    var ambiguous =
                        words.Words.Words.FirstOrDefault(a =>
                        words.Words.Words.Any(b => b != a && b.StartsWith(a + separator, StringComparison.OrdinalIgnoreCase)));
                    // A number follows: digits end what letters began, and what stands after the last separator.
                    var next = parts.Skip(p + 1).FirstOrDefault(part => part is not LiteralPart);
                    if (next is null) continue;
                    if (next is NumberPart && (words.Words.Words.All(w => !w.Any(char.IsAsciiDigit)) || separator.Length > 0 && next == parts[^1]))
                        continue;
                    Assert.True(ambiguous is null, $"[{section}] {template}: {ambiguous}");
                }
        }
    }

    [Fact]
    public void Columns_of_a_table_of_countries_agree_row_by_row()
    {
        var table = TestTypes.Table("countries", "code char(2); name text; iso3 char(3); continent text");
        var rows = new TestRows(table, rows: 150, adjust: r => r.Column.Name == "code" ? r with { Unique = true } : r);
        var (codes, names) = (rows.Column("code", 150), rows.Column("name", 150));
        Assert.Equal(150, codes.Distinct().Count());
        var known = WordLists.Get("country.code2").Words.Zip(WordLists.Get("country.name").Words).ToDictionary();
        for (var i = 0; i < codes.Length; i++) Assert.Equal(known[codes[i]!], names[i]);
    }

    static string[] Read(DomainSpec domain, ColumnType type, int count, ulong seed)
    {
        var generator = ValueGenerators.CreateDomain(domain, type, StableHash.Key(seed, "things", "thing"), new ValueContext(seed, "things"));
        var table = new TableGenerator
        {
            Name = new TableName("", "things"),
            RowCount = count,
            Columns = [new GeneratedColumn("thing", type)],
            Written = [0]
        };
        var frame = new RowFrame(table);
        frame.Reset(0, count);
        var order = new Permutation(seed, Math.Min(domain.Size, 1L << 62));
        var target = ColumnVector.Create(type);
        target.Reset(count);
        generator.Fill([.. Enumerable.Range(0, count).Select(i => order.At(i))], frame, target);
        return [.. Enumerable.Range(0, count).Select(i => TestRows.Text(target, i, type)!)];
    }
}
