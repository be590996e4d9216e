using System.Globalization;
using System.Numerics;
using RelSeed.Planning;
using RelSeed.Semantics;

namespace RelSeed.Tests.Values;

public sealed class AgreementTests
{
    const int Count = 1000;

    [Fact]
    public void A_row_is_about_one_person()
    {
        var rows = new TestRows(TestTypes.Table("customers",
            "first_name varchar(10); last_name varchar(20); full_name varchar(40); email varchar(60); username varchar(30); gender char(1); salutation varchar(10)"));
        var men = WordLists.Get("first.male:en").Words.ToHashSet();
        var women = WordLists.Get("first.female:en").Words.ToHashSet();
        var (first, last, full, email, user, gender, salutation) = (rows.Column("first_name"), rows.Column("last_name"), rows.Column("full_name"),
            rows.Column("email"), rows.Column("username"), rows.Column("gender"), rows.Column("salutation"));
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal($"{first[i]} {last[i]}", full[i]);
            Assert.StartsWith($"{AsciiFold.Name(first[i]!)}.{AsciiFold.Name(last[i]!)}@example.", email[i], StringComparison.Ordinal);
            Assert.Equal($"{AsciiFold.Name(first[i]!)}.{AsciiFold.Name(last[i]!)}", user[i]);
            Assert.Contains(first[i]!, gender[i] == "M" ? men : women);
            Assert.True(salutation[i] is not "Mr." || gender[i] == "M");
            Assert.True(salutation[i] is not ("Ms." or "Mrs." or "Miss") || gender[i] == "F");
        }
        Assert.InRange(gender.Count(g => g == "M"), 420, 580);
    }

    [Fact]
    public void A_second_person_of_a_row_is_another()
    {
        var rows = new TestRows(TestTypes.Table("orders", "customer_name text; customer_email text; sender_name text"));
        var (name, email, sender) = (rows.Column("customer_name"), rows.Column("customer_email"), rows.Column("sender_name"));
        Assert.All(name.Zip(email), p => Assert.StartsWith(AsciiFold.Fold(p.First!, ".") + "@", p.Second, StringComparison.Ordinal));
        Assert.True(name.Zip(sender).Count(p => p.First == p.Second) < 20);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("fr")]
    [InlineData("pt_BR")]
    [InlineData("ja")]
    public void A_row_is_in_one_place(string locale)
    {
        var rows = new TestRows(TestTypes.Table("addresses",
            "city text; region text; region_code varchar(5); country text; country_code char(2); iso3 char(3); time_zone text; currency char(3); latitude double; postal_code text; phone text"),
            locale: locale);
        var places = Rows("city", "region", "regioncode", "country", "country2", "timezone", "currency").ToHashSet();
        IEnumerable<string> Rows(params string[] fields) =>
            Enumerable.Range(0, WordLists.Get("place.city").Count)
                .Select(i => string.Join('|', fields.Select(f => WordLists.Get($"place.{f}").Words[i])));

        var columns = new[] { "city", "region", "region_code", "country", "country_code", "time_zone", "currency" }.Select(c => rows.Column(c))
            .ToArray();
        for (var i = 0; i < Count; i++) Assert.Contains(string.Join('|', columns.Select(c => c[i])), places);
        AssertNear(rows, columns[0]);
        var prefixes = WordLists.Get("place.country2").Words.Zip(WordLists.Get("place.prefix").Words).DistinctBy(p => p.First)
            .ToDictionary(p => p.First, p => p.Second);
        Assert.All(rows.Column("phone").Zip(columns[4]), p => Assert.StartsWith("+" + prefixes[p.Second!], p.First, StringComparison.Ordinal));
    }

    static void AssertNear(TestRows rows, string?[] cities)
    {
        var latitudes = WordLists.Get("place.city").Words.Zip(WordLists.Get("place.latitude").Words)
            .GroupBy(p => p.First, p => double.Parse(p.Second, CultureInfo.InvariantCulture))
            .ToDictionary(g => g.Key, g => g.ToArray());
        Assert.All(rows.Column("latitude").Zip(cities), p =>
            Assert.Contains(latitudes[p.Second!], l => Math.Abs(l - double.Parse(p.First!, CultureInfo.InvariantCulture)) < 0.06));
    }

    [Fact]
    public void Most_places_are_in_the_country_of_the_locale()
    {
        var table = TestTypes.Table("addresses", "country_code char(2)");
        Assert.InRange(new TestRows(table, locale: "de").Column("country_code").Count(c => c == "DE"), 600, 800);
        Assert.InRange(new TestRows(table, locale: "en").Column("country_code").Count(c => c is "US" or "GB"), 600, 800);
    }

    [Fact]
    public void The_gazetteer_holds_real_places_of_many_countries()
    {
        Assert.True(WordLists.Get("place.city").Count >= 250);
        Assert.True(WordLists.Get("place.country2").Words.Distinct().Count() >= 25);
        Assert.All(WordLists.Get("place.city").Words, c => Assert.InRange(c.Length, 3, 15));
    }

    [Fact]
    public void The_instants_of_a_row_are_in_their_order()
    {
        var rows = new TestRows(TestTypes.Table("orders",
            "deleted_at timestamp; shipped_date date; delivered_at timestamp; updated_at timestamptz; created_at timestamp; order_date date; due_date date; birth_date date; hire_date date; start_date date; end_date date"));
        void InOrder(string earlier, string later, int chars)
        {
            foreach (var (a, b) in rows.Column(earlier).Zip(rows.Column(later)))
                Assert.True(string.CompareOrdinal(a![..chars], b![..chars]) <= 0, $"{earlier} {a}, {later} {b}");
        }

        InOrder("created_at", "updated_at", 19);
        InOrder("updated_at", "deleted_at", 19);
        InOrder("created_at", "delivered_at", 19);
        InOrder("order_date", "shipped_date", 10);
        InOrder("shipped_date", "delivered_at", 10);
        InOrder("order_date", "due_date", 10);
        InOrder("start_date", "end_date", 10);
        InOrder("birth_date", "hire_date", 4);
        foreach (var (birth, hire) in rows.Column("birth_date").Zip(rows.Column("hire_date")))
            Assert.True(int.Parse(hire![..4]) - int.Parse(birth![..4]) is >= 17 and <= 70);
    }

    [Fact]
    public void Instants_that_are_kept_as_text_or_numbers_are_in_order_too()
    {
        var rows = new TestRows(TestTypes.Table("events", "created_at text; updated_at bigint; deleted_at timestamp"));
        foreach (var ((created, updated), deleted) in rows.Column("created_at").Zip(rows.Column("updated_at")).Zip(rows.Column("deleted_at")))
        {
            var middle = CanonicalText.Instant(long.Parse(updated!) * 1000);
            Assert.True(string.CompareOrdinal(created, middle) <= 0 && string.CompareOrdinal(middle, deleted) <= 0, $"{created} {middle} {deleted}");
        }
    }

    [Fact]
    public void A_line_total_is_the_product_of_its_row()
    {
        var rows =
            new TestRows(TestTypes.Table("order_items", "quantity int; unit_price numeric(8,2); discount numeric(3,2); line_total numeric(12,2)"));
        var (quantity, price, discount, total) =
            (rows.Column("quantity"), rows.Column("unit_price"), rows.Column("discount"), rows.Column("line_total"));
        for (var i = 0; i < Count; i++)
        {
            var exact = decimal.Parse(quantity[i]!) * decimal.Parse(price[i]!) * (1 - decimal.Parse(discount[i]!));
            Assert.True(Math.Abs(exact - decimal.Parse(total[i]!)) <= 0.01m, $"{quantity[i]} x {price[i]} x (1 - {discount[i]}) = {total[i]}");
        }
    }

    [Fact]
    public void A_total_is_the_sum_of_its_parts_and_a_cost_is_below_the_price()
    {
        var rows =
            new TestRows(TestTypes.Table("orders",
            "sub_total numeric(10,2); tax_amount numeric(10,2); freight real; total_due numeric(12,2); list_price numeric(8,2); standard_cost numeric(8,2)"));
        decimal[] Numbers(string column) => [.. rows.Column(column).Select(v => decimal.Parse(v!))];
        var (part, tax, freight, total) = (Numbers("sub_total"), Numbers("tax_amount"), Numbers("freight"), Numbers("total_due"));
        for (var i = 0; i < Count; i++)
        {
            Assert.InRange(tax[i], part[i] * 0.04m, part[i] * 0.21m + 0.01m);
            Assert.True(Math.Abs(part[i] + tax[i] + freight[i] - total[i]) <= 0.01m, $"{part[i]} + {tax[i]} + {freight[i]} = {total[i]}");
        }
        Assert.All(Numbers("list_price").Zip(Numbers("standard_cost")), p => Assert.True(p.Second < p.First));
    }

    [Fact]
    public void A_slug_follows_the_title_of_its_row()
    {
        var rows = new TestRows(TestTypes.Table("posts", "title text; slug text"));
        Assert.All(rows.Column("title").Zip(rows.Column("slug")),
            p => Assert.StartsWith(p.Second!, AsciiFold.Fold(p.First!, "-"), StringComparison.Ordinal));
    }

    [Fact]
    public void Check_digits_are_right()
    {
        var rows =
            new TestRows(TestTypes.Table("things", "ean varchar(13); isbn varchar(17); isbn10 char(10); iban varchar(34); card_number varchar(25)"),
            locale: "de");
        Assert.All(rows.Column("ean"), ean => Assert.Equal(0, Sum(ean!, (d, i) => d * (i % 2 == 0 ? 1 : 3)) % 10));
        Assert.All(rows.Column("isbn"), isbn => Assert.Equal(0, Sum(isbn!.Replace("-", ""), (d, i) => d * (i % 2 == 0 ? 1 : 3)) % 10));
        Assert.All(rows.Column("card_number"),
            card => Assert.Equal(0,
            Sum(string.Concat(card!.Where(char.IsAsciiDigit).Reverse()), (d, i) => i % 2 == 0 ? d : d * 2 > 9 ? d * 2 - 9 : d * 2) % 10));
        Assert.All(rows.Column("iban"), iban => Assert.Equal(1, Mod97(iban!)));
        Assert.All(rows.Column("isbn10"),
            isbn => Assert.Equal(0, (Sum(isbn![..9], (d, i) => d * (10 - i)) + (isbn[9] == 'X' ? 10 : isbn[9] - '0')) % 11));
    }

    static int Sum(string digits, Func<int, int, int> weigh) => digits.Select((c, i) => weigh(c - '0', i)).Sum();

    static int Mod97(string iban) =>
        (int)(BigInteger.Parse(string.Concat((iban[4..] + iban[..4]).Select(c => char.IsDigit(c) ? c.ToString() : (c - 'A' + 10).ToString()))) % 97);

    [Fact]
    public void Flags_and_states_have_plausible_shares()
    {
        var rows = new TestRows(TestTypes.Table("users", "is_active bool; is_deleted bool; status text; mood enum(active,pending,cancelled)"));
        Assert.InRange(rows.Column("is_active").Count(v => v == "true"), 880, 960);
        Assert.InRange(rows.Column("is_deleted").Count(v => v == "true"), 20, 70);
        Assert.InRange(rows.Column("status").Count(v => v == "active"), 600, 760);
        Assert.InRange(rows.Column("mood").Count(v => v == "active"), 700, 950);
    }

    [Fact]
    public void The_program_writes_what_the_template_says()
    {
        foreach (var (_, text) in TextCatalog.All.Where(t => t.Template.Contains("*}", StringComparison.Ordinal)))
        {
            var template = new TemplateParser("en", "", 9_999).Parse(text);
            if (template.Parts.Any(p => p is not (LiteralPart or WordsPart { Draw.IsIndex: true } or NumberPart { Draw.IsIndex: true }))) continue;
            var expected = Enumerable.Range(0, 200).Select(i => TemplateSample.Text(template, 1, i)).ToArray();
            Assert.Equal(expected, TemplateRows.Read(new TextDomain(template), 200));
        }
    }
}
