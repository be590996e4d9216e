using System.Globalization;
using RelSeed.Learning;
using RelSeed.Loading;
using RelSeed.Masking;
using RelSeed.Schema;
using RelSeed.Semantics;
using RelSeed.Specification.Tests.Checking;

namespace RelSeed.Specification.Tests;

/// <summary>What every provider's masking must do alike.</summary>
public abstract class MaskSpecification
{
    const string Shop = """
        CREATE TABLE customers (id INTEGER PRIMARY KEY, email VARCHAR(60) NOT NULL UNIQUE, last_name VARCHAR(40) NOT NULL, city VARCHAR(40), born DATE, points INTEGER NOT NULL, code CHAR(1) UNIQUE CHECK (code IN ('a', 'b', 'c')));
        CREATE TABLE "odd ""orders" (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), "e mail" VARCHAR(60), CONSTRAINT has_at CHECK ("e mail" LIKE '%@%'));
        """;

    static readonly string[] Cities = ["Oslo", "Rome", "Lyon", "Graz"];

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<ITestDatabase> CreateAsync(string schemaSql);

    // 400 customers of whom each fourth has no city, and two orders each with a copy of the address.
    static string Fill()
    {
        var sql = new System.Text.StringBuilder(Shop);
        for (var i = 1; i <= 400; i++)
        {
            var city = i % 4 == 0 ? "NULL" : $"'{Cities[i % 3]}'";
            sql.Append(CultureInfo.InvariantCulture,
                $"INSERT INTO customers VALUES ({i}, 'someone{i}@real.test', 'Real{i % 50}', {city}, '19{40 + i % 60}-05-17', {i * 3}, {(i < 4 ? $"'{(char)('a' + i - 1)}'" : "NULL")});\n");
            for (var o = 0; o < 2; o++) sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO \"odd \"\"orders\" VALUES ({i * 2 + o}, {i}, 'someone{i}@real.test');\n");
        }
        return sql.ToString();
    }

    static async Task<MaskReport> MaskAsync(ITestDatabase database, bool personal, params MaskWish[] wishes)
    {
        await using var target = database.Open();
        var schema = await target.ReadSchemaAsync(new SchemaReadOptions(), Cancellation);
        await using var reader = await target.OpenReaderAsync(new RowReaderOptions(), Cancellation);
        var profile = await Learner.LearnAsync(reader, schema,
            new LearnOptions { Now = DateTimeOffset.UnixEpoch, Treatments = MaskPlanner.Treatments(wishes) }, progress: null, Cancellation);
        await reader.DisposeAsync();
        var report = await new Masker(target, schema, 7, "en").MaskAsync(MaskPlanner.Plan(schema, profile, wishes, personal), Cancellation);
        Assert.True(report.Verification.IsClean);
        Assert.Equal([], await IndependentCheck.FindAsync(database, schema));
        return report;
    }

    static async Task<List<string?>> ColumnAsync(ITestDatabase database, string sql) =>
        [.. (await database.QueryAsync(sql)).Select(r => Convert.ToString(r[0], CultureInfo.InvariantCulture))];

    [Fact]
    public async Task Equal_values_become_equal_ones_in_all_tables_and_no_old_one_is_left()
    {
        await using var database = await CreateAsync(Fill());
        await MaskAsync(database, personal: true, new MaskWish("odd \"orders.e mail", Meaning.Email));
        Assert.Equal(["0"], await ColumnAsync(database, "SELECT count(*) FROM customers WHERE email LIKE '%real.test' OR last_name LIKE 'Real%'"));
        Assert.Equal(["0"],
            await ColumnAsync(database,
            "SELECT count(*) FROM \"odd \"\"orders\" o JOIN customers c ON c.id = o.customer_id WHERE o.\"e mail\" <> c.email"));
        Assert.Equal(["400"], await ColumnAsync(database, "SELECT count(DISTINCT email) FROM customers"));
        Assert.Equal(["8", "8"], (await ColumnAsync(database, "SELECT count(*) FROM customers GROUP BY last_name ORDER BY 1 DESC")).Take(2));
        Assert.Equal(["300"], await ColumnAsync(database, "SELECT count(city) FROM customers WHERE city IN ('Oslo', 'Rome', 'Lyon')"));
    }

    [Fact]
    public async Task Null_stays_and_each_value_stands_as_often_as_before()
    {
        await using var database = await CreateAsync(Fill());
        var report = await MaskAsync(database, personal: false, new MaskWish("customers.CITY"));
        Assert.Equal(("city", MaskKind.Fresh, 3L, 300L),
            (report.Columns[0].Column, report.Columns[0].Kind, report.Columns[0].Values, report.Columns[0].Rows));
        Assert.Equal(["100", "100", "100", "100"], await ColumnAsync(database, "SELECT count(*) FROM customers GROUP BY city"));
        Assert.Equal(["0"], await ColumnAsync(database, "SELECT count(*) FROM customers WHERE city IN ('Oslo', 'Rome', 'Lyon')"));
    }

    [Fact]
    public async Task Numbers_become_others_of_the_same_range()
    {
        await using var database = await CreateAsync(Fill());
        var report = await MaskAsync(database, personal: false, new MaskWish("customers.points"));
        Assert.Equal(MaskKind.Nearby, report.Columns[0].Kind);
        var points = (await ColumnAsync(database, "SELECT points FROM customers ORDER BY id"))
            .ConvertAll(p => double.Parse(p!, CultureInfo.InvariantCulture));
        Assert.InRange(points.Where((p, i) => p == (i + 1) * 3).Count(), 0, 60);
        Assert.All(points.Index(), p => Assert.InRange(p.Item, (p.Index + 1) * 3 - 150, (p.Index + 1) * 3 + 150));
    }

    [Fact]
    public async Task What_has_no_room_for_other_values_is_refused_and_nothing_is_changed()
    {
        await using var database = await CreateAsync(Fill());
        var fault =
            await Assert.ThrowsAsync<PlanException>(() =>
            MaskAsync(database, personal: false, new MaskWish("customers.city"), new MaskWish("customers.code")));
        Assert.StartsWith("RS2017 ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["300"], await ColumnAsync(database, "SELECT count(*) FROM customers WHERE city IN ('Oslo', 'Rome', 'Lyon')"));
    }

    [Fact]
    public async Task All_columns_that_must_stay_are_told_at_once()
    {
        await using var database = await CreateAsync(Fill());
        var fault =
            await Assert.ThrowsAsync<UsageException>(() =>
            MaskAsync(database, personal: false, new MaskWish("customers.id"), new MaskWish("odd \"orders.customer_id"),
            new MaskWish("customers.nothing"), new MaskWish("email")));
        Assert.Equal($"""
            RS1230 customers.id: it is part of the primary key, and keys stay.
            odd "orders.customer_id: it is part of a foreign key, and keys stay.
            the table {Schema}.customers has no column 'nothing'; it has id, email, last_name, city, born, points, code.
            --column takes table.column, not 'email'. 'relseed inspect' lists the columns.
            """, fault.Message, ignoreLineEndingDifferences: true);
        Assert.Equal("RS1231", (await Assert.ThrowsAsync<UsageException>(() => MaskAsync(database, personal: false))).Id);
    }

    /// <summary>The default schema.</summary>
    protected abstract string Schema { get; }
}
