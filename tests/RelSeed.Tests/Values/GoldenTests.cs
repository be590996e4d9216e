using System.Text;
using RelSeed.Planning;
using RelSeed.Semantics;

namespace RelSeed.Tests.Values;

/// <summary>The first rows of every generator: what they say may change only with a new generator version.</summary>
public sealed class GoldenTests
{
    const int Rows = 4;

    [Fact]
    public void First_values_of_every_meaning()
    {
        var text = new StringBuilder();
        foreach (var meaning in Enum.GetValues<Meaning>())
            foreach (var type in new[] { "text", "varchar(12)", "int", "numeric(10,2)", "timestamp", "date", "bool" })
            {
                var rows = new TestRows(TestTypes.Table("things", $"thing {type}"),
                    adjust: r => r with { Meaning = new ColumnMeaning(meaning, "", 1, "golden") });
                Append(text, $"{meaning} {type}", rows);
            }
        TestFiles.AssertGolden("meanings.txt", text.ToString());
    }

    [Fact]
    public void First_values_of_every_type()
    {
        var text = new StringBuilder();
        foreach (var type in TestTypes.All)
        {
            var table = TestTypes.Table("things", $"thing {type}");
            Append(text, type, new TestRows(table));
            Append(text, $"{type} unique", new TestRows(table, adjust: r => r with { Unique = true }));
        }
        TestFiles.AssertGolden("types.txt", text.ToString());
    }

    [Fact]
    public void First_rows_of_a_shop()
    {
        var text = new StringBuilder();
        foreach (var locale in new[] { "en", "de", "fr", "es", "ru", "ja" })
            foreach (var (name, columns) in Shop)
            {
                var rows = new TestRows(TestTypes.Table(name, columns), locale: locale);
                text.Append($"== {name}, {locale}\n");
                for (var c = 0; c < rows.Table.Columns.Count; c++)
                {
                    var column = rows.Table.Columns[c].Name;
                    text.Append($"{column}: {rows.Plans[c]!.Spec.Describe()} ({rows.Plans[c]!.Reason})\n    {Line(rows, column)}\n");
                }
            }
        TestFiles.AssertGolden("shop.txt", text.ToString());
    }

    static readonly (string, string)[] Shop =
    [
        ("customers",
            "first_name varchar(20); last_name varchar(20); gender char(1); email varchar(80); company_name varchar(40); job_title varchar(40); address varchar(60); "
            + "city varchar(20); region varchar(20); postal_code varchar(10); country varchar(20); phone varchar(24); birth_date date; created_at timestamp; updated_at timestamp"),
        ("products",
            "name varchar(60); sku varchar(16); description text; category varchar(30); price numeric(8,2); cost numeric(8,2); stock int; color varchar(12); weight real; is_active bool"),
        ("orders",
            "order_number varchar(20); order_date timestamp; shipped_date timestamp; delivered_at timestamp; status varchar(20); total numeric(10,2); shipping_city varchar(20); notes text"),
        ("reviews", "rating int; title varchar(80); body text; created_at timestamp; metadata json; tags text[]"),
    ];

    static void Append(StringBuilder text, string title, TestRows rows) =>
        text.Append($"{title}: {rows.Plans[0]?.Spec.Describe() ?? "nothing"}\n    {Line(rows, "thing")}\n");

    static string Line(TestRows rows, string column) => string.Join(" ¦ ", rows.Column(column, Rows).Select(v => (v ?? "NULL").Replace("\n", "\\n")));
}
