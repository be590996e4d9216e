using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Tests.Values;

public sealed class ValueGeneratorTests
{
    public static TheoryData<string> Types => new(TestTypes.All);
    public static TheoryData<Meaning> Kinds => new(Enum.GetValues<Meaning>());

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_has_values_that_do_not_depend_on_the_split(string type) => AssertPure(TestTypes.Table("things", $"thing {type}"), null);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_meaning_has_values_that_do_not_depend_on_the_split(Meaning meaning)
    {
        var table = TestTypes.Table("things",
            "a text; b varchar(12); c int; d numeric(10,2); e timestamp; f date; g bool; h bigint; i double; j char(3); k bytea; l json");
        AssertPure(table, r => r with { Meaning = new ColumnMeaning(meaning, "", 1, "test") });
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_has_distinct_values_that_do_not_depend_on_the_split(string type) =>
        AssertPure(TestTypes.Table("things", $"thing {type}"), r => r with { Unique = true, Rows = 5_000 });

    static void AssertPure(Table table, Func<ValueRequest, ValueRequest>? adjust)
    {
        const int Count = 300;
        var rows = new TestRows(table, adjust: adjust);
        foreach (var column in table.Columns)
        {
            var whole = rows.Column(column.Name, Count);
            Assert.All(whole, Assert.NotNull);
            Assert.Equal(whole, rows.Column(column.Name, 77).Concat(rows.Column(column.Name, Count - 77, first: 77)));
            Assert.Equal(whole[123], rows.Column(column.Name, 1, first: 123)[0]);
            Assert.All(whole, text => AssertWithin(column.Type, text!));
        }
    }

    static void AssertWithin(ColumnType type, string text)
    {
        switch (type.Kind)
        {
            case TypeKind.Text or TypeKind.FixedText when type.Length is { } length:
                Assert.InRange(text.EnumerateRunes().Count(), 0, length);
                break;
            case TypeKind.Bytes when type.Length is { } bytes: Assert.InRange(text.Length / 2, 0, bytes); break;
            case TypeKind.Bit: Assert.Equal(type.Length ?? 1, text.Length); break;
            case TypeKind.VarBit when type.Length is { } bits: Assert.InRange(text.Length, 0, bits); break;
            case TypeKind.Decimal when type.Precision is { } precision:
                Assert.InRange(text.Count(char.IsAsciiDigit) - (text.StartsWith("0.", StringComparison.Ordinal) ? 1 : 0), 1, precision);
                break;
            case TypeKind.Int16: Assert.InRange(long.Parse(text), short.MinValue, short.MaxValue); break;
            case TypeKind.Int32: Assert.InRange(long.Parse(text), int.MinValue, int.MaxValue); break;
            case TypeKind.Json: using (System.Text.Json.JsonDocument.Parse(text)) break;
            case TypeKind.Xml: _ = System.Xml.Linq.XElement.Parse(text); break;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_of_the_past_lies_in_the_future(Meaning meaning)
    {
        if (meaning is Meaning.DueAt or Meaning.RequiredAt or Meaning.ScheduledAt or Meaning.ExpiresAt or Meaning.ValidTo) return;
        var rows = new TestRows(TestTypes.Table("things", "created_at timestamp; e timestamp; f date"), adjust: r =>
            r.Column.Name == "created_at" ? r : r with { Meaning = new ColumnMeaning(meaning, "", 1, "test") });
        Assert.All(rows.Column("e"), text => Assert.True(string.CompareOrdinal(text, "2026-01-01") < 0, text));
        Assert.All(rows.Column("f"), text => Assert.True(string.CompareOrdinal(text, "2026-01-01") < 0, text));
    }

    [Fact]
    public void Another_seed_gives_other_values()
    {
        var table = TestTypes.Table("customers", "first_name text; price numeric(8,2); created_at timestamp");
        foreach (var column in table.Columns)
            Assert.NotEqual(new TestRows(table).Column(column.Name), new TestRows(table, seed: 2).Column(column.Name));
    }

    [Fact]
    public void A_column_more_changes_no_other()
    {
        var few = new TestRows(TestTypes.Table("customers", "first_name text; email text; city text; phone text; amount numeric(8,2)"));
        var more =
            new TestRows(TestTypes.Table("customers",
            "nickname text; first_name text; email text; last_name text; city text; remark text; phone text; amount numeric(8,2)"));
        foreach (var column in few.Table.Columns) Assert.Equal(few.Column(column.Name), more.Column(column.Name));
    }

    [Fact]
    public void A_type_that_nobody_knows_has_no_plan() =>
        Assert.Null(new TestRows(TestTypes.Table("things", "thing other")).Plans[0]);

    [Theory]
    [InlineData("int", 5, 7)]
    [InlineData("numeric(8,2)", 100_000, 100_099)]
    [InlineData("date", 19_000, 19_003)]
    [InlineData("timestamp", 1_700_000_000_000_000, 1_700_000_100_000_000)]
    [InlineData("interval", 1_000_000, 9_000_000)]
    [InlineData("bigint", -9_000_000_000_000, -8_999_999_999_990)]
    [InlineData("smallint", -3, -1)]
    public void Values_stay_within_the_bounds_of_constraints(string type, long min, long max)
    {
        var table = TestTypes.Table("orders", $"price {type}; created_at {type}; quantity {type}; thing {type}; age {type}");
        var rows = new TestRows(table, adjust: r => r with { Domain = new ValueDomain { Min = min, Max = max } });
        foreach (var column in table.Columns)
            Assert.All(rows.Column(column.Name), text => Assert.InRange(CanonicalText.ParseInt64(text!, column.Type)!.Value, min, max));
    }

    [Fact]
    public void Excluded_values_do_not_appear()
    {
        var table = TestTypes.Table("orders", "status text; flag bool; mood enum(good,bad,ugly); amount int");
        var rows = new TestRows(table, adjust: r => r with { Domain = new ValueDomain { Excluded = ["active", "delivered", "true", "bad", "5"] } });
        Assert.DoesNotContain("delivered", rows.Column("status"));
        Assert.DoesNotContain("true", rows.Column("flag"));
        Assert.DoesNotContain("bad", rows.Column("mood"));
        Assert.DoesNotContain("5", rows.Column("amount"));
    }

    [Fact]
    public void A_shorter_or_longer_text_is_made_as_constraints_ask()
    {
        var table = TestTypes.Table("customers", "name text; email text; code text; remark text");
        var rows = new TestRows(table, adjust: r => r with { Domain = new ValueDomain { MinLength = 30, MaxLength = 40 } });
        foreach (var column in table.Columns) Assert.All(rows.Column(column.Name), text => Assert.InRange(text!.Length, 30, 40));
    }

    [Theory]
    [InlineData("^[A-Z]{3}-[0-9]{4}$")]
    [InlineData(@"^\d{3}-\d{2}-\d{4}$")]
    [InlineData("^(red|green|blue)$")]
    [InlineData(@"^[A-Za-z0-9._%-]+@[A-Za-z0-9.-]+[.][A-Za-z]+$")]
    [InlineData(@"^#[0-9a-f]{6}$")]
    [InlineData("^[[:alnum:]_-]{3,20}$")]
    [InlineData(@"^(?:\+|00)[1-9]\d{6,14}$")]
    [InlineData("^[^@ ]+$")]
    public void Texts_match_the_pattern_of_a_constraint(string pattern)
    {
        var expression = new System.Text.RegularExpressions.Regex(pattern.Replace("[[:alnum:]_-]", "[A-Za-z0-9_-]"));
        foreach (var columns in new[] { "thing text", "email varchar(60)", "code varchar(30)", "phone text" })
        {
            var table = TestTypes.Table("customers", columns);
            var rows = new TestRows(table, adjust: r => r with { Domain = new ValueDomain { Pattern = pattern } });
            Assert.All(rows.Column(table.Columns[0].Name), text => Assert.Matches(expression, text));
        }
    }
}
