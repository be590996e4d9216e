using RelSeed.Configuration;
using RelSeed.Evaluation.Drift;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Learning;
using static RelSeed.Tests.Learning.LearnTables;

namespace RelSeed.Tests.Evaluation;

public sealed class DriftTests
{
    const int Customers = 1200;

    static readonly Lazy<Task<DataProfile>> Learned = new(() =>
    {
        var (schema, rows) = LearnerTests.Shop(Customers);
        return LearnerTests.LearnAsync(schema, rows);
    });

    static async Task<DriftReport> CompareAsync(DatabaseSchema schema, Dictionary<string, List<string?[]>> rows, DriftOptions? options = null) =>
        await DriftDetector.CompareAsync(await Learned.Value, new MemoryRows(rows), schema, options ?? new(), progress: null,
            TestContext.Current.CancellationToken);

    static IEnumerable<string> Moved(DriftReport report) =>
        report.Columns.Where(c => c.HasDrifted).Select(c => $"{c.Table.Name}.{c.Column}")
            .Concat(report.Children.Where(c => c.HasDrifted).Select(c => $"{c.Dependent.Name} of {c.Principal.Name}"));

    [Fact]
    public async Task The_rows_that_were_learned_have_not_moved()
    {
        var (schema, rows) = LearnerTests.Shop(Customers);
        var report = await CompareAsync(schema, rows);
        Assert.Empty(Moved(report));
        Assert.Empty(report.Schema);
        Assert.False(report.HasDrifted);
        Assert.Contains(report.Columns, c => c is { Column: "age", Ks: < 0.06, LearnedNulls: > 0.15 and < 0.25, Nulls: 0.2 });
        Assert.Contains(report.Tables, t => t.Table == new TableName("main", "customers") && t is { Learned: 1200, Rows: 1200 });
    }

    [Fact]
    public async Task What_has_moved_is_told_and_nothing_else()
    {
        var (schema, rows) = LearnerTests.Shop(Customers);
        foreach (var row in rows["customers"])
        {
            if (row[3] is { } age) row[3] = $"{int.Parse(age, System.Globalization.CultureInfo.InvariantCulture) + 15}";
            if (row[0]!.EndsWith('1')) row[1] = null;
        }
        // Every customer's second and later orders go to the first one.
        foreach (var (row, i) in rows["orders"].Select((r, i) => (r, i)))
            if (i > 0 && rows["orders"][i - 1][1] == row[1]) row[1] = "0";
        var report = await CompareAsync(schema, rows);
        Assert.Equal(["customers.email", "customers.age", "orders of customers"], Moved(report));
    }

    [Fact]
    public async Task What_was_renamed_by_rule_has_not_moved()
    {
        var (schema, rows) = LearnerTests.Shop(Customers);
        var tables = schema.Tables.Select(t => t.Name.Name == "customers"
            ? t with { Name = new("main", "clients"), Columns = [.. t.Columns.Select(c => c.Name == "age" ? c with { Name = "years" } : c)] }
            : t with { ForeignKeys = [.. t.ForeignKeys.Select(k => k.Principal.Name == "customers" ? k with { Principal = new("main", "clients") } : k)] });
        schema = schema with { Tables = [.. tables.OrderBy(t => t.Name)] };
        rows["clients"] = rows["customers"];
        Assert.True((await CompareAsync(schema, rows)).HasDrifted);
        var rules = new SeedRulesBuilder();
        rules.Table("clients").Was("customers").Column("years").Was("age");
        var report = await CompareAsync(schema, rows, new() { Rules = rules.Build() });
        Assert.Empty(report.Schema);
        Assert.Empty(Moved(report));
        Assert.Contains(report.Columns, c => c.Column == "years");
    }

    [Fact]
    public async Task A_value_that_is_new_and_common_is_a_shift()
    {
        var (schema, rows) = LearnerTests.Shop(Customers);
        foreach (var row in rows["customers"].Where((_, i) => i % 3 == 0)) row[2] = "Brazil";
        Assert.Equal(["customers.country"], Moved(await CompareAsync(schema, rows)));
    }

    [Fact]
    public async Task Thresholds_decide()
    {
        var (schema, rows) = LearnerTests.Shop(Customers);
        foreach (var row in rows["customers"].Where(r => r[3] is not null))
            row[3] = $"{int.Parse(row[3]!, System.Globalization.CultureInfo.InvariantCulture) + 4}";
        Assert.Empty(Moved(await CompareAsync(schema, rows)));
        Assert.Equal(["customers.age"], Moved(await CompareAsync(schema, rows, new() { MostKs = 0.05 })));
        Assert.Equal(["customers.age"], Moved(await CompareAsync(schema, rows, new() { MostPsi = 0.05 })));
    }

    [Fact]
    public async Task A_changed_schema_is_drift()
    {
        var (schema, rows) = LearnerTests.Shop(Customers);
        var customers =
            schema.Tables[0] with { Columns = [.. schema.Tables[0].Columns.Select(c => c.Name == "age" ? c with { Name = "years" } : c)] };
        var report = await CompareAsync(schema with { Tables = [customers, schema.Tables[1], schema.Tables[2]] }, rows);
        Assert.True(report.HasDrifted);
        Assert.Equal(
            ["The profile speaks of a column that this database does not have: main.customers.age.",
                "The profile does not speak of a column, filled as without it: main.customers.years."], report.Schema);
    }

    [Fact]
    public async Task An_empty_database_is_compared_with_nothing()
    {
        var (schema, rows) = LearnerTests.Shop(0);
        var report = await CompareAsync(schema, rows);
        Assert.Empty(report.Columns);
        Assert.False(report.HasDrifted);
    }
}
