using RelSeed.Generation;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnedPlans;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>What siblings repeat, where the first of them begin, and where all of them end.</summary>
public sealed class RepeatTests
{
    const int Accounts = 400, Days = 400;

    static readonly string[] s_banks = ["AB", "CD", "EF", "GH", "IJ", "KL", "MN", "OP"];

    static DatabaseSchema Bank() => Database(
        Table("accounts", ["id int!", "first_name text!", "last_name text!", "opened date!"], pk: ["id"]),
        Table("payments", ["id int!", "account_id int!", "day date!", "kind varchar(6)!", "bank varchar(2)"], pk: ["id"],
            fks: [(["account_id"], "accounts", ["id"])]));

    // Each account pays its rent to one bank and gets its wages from another, between payments in cash; the first one opens it.
    static Dictionary<string, List<string?[]>> Rows()
    {
        var rows = Empty(Bank());
        for (var (a, id) = (0, 0); a < Accounts; a++)
        {
            var opened = Below(1, a, Days - 30);
            rows["accounts"].Add([$"{a}", "Ann", $"Fox{a}", Day(opened)]);
            for (var day = opened; day < Days; day += 5 + Below(3, 100 * a + day, 8), id++)
            {
                var kind = day == opened ? "cash" : new[] { "rent", "wages", "cash", "cash" }[Below(4, 100 * a + day, 4)];
                rows["payments"].Add([$"{id}", $"{a}", Day(day), kind, kind == "cash" ? null : s_banks[Below(kind == "rent" ? 5UL : 6UL, a, s_banks.Length)]]);
            }
        }
        return rows;
    }

    static IEnumerable<string[]> Tuples(RelSeed.Planning.SeedPlan plan, string table, params string[] columns) =>
        new KeyRows(plan, table).Tuples(columns).Select(t => t.Split('|'));

    [Fact]
    public async Task Payments_of_one_kind_go_to_the_bank_that_they_went_to_before()
    {
        var (profile, plan) = await LearnedAsync(Bank(), Rows());
        var payments = profile.Find(new("public", "payments"))!;
        var bank = payments.Steps.Single(s => payments.Columns[s.Target].Name == "bank").Next!;
        Assert.True(bank.HasSame);
        Assert.Equal("kind", payments.Columns[payments.Steps[bank.SameWithin].Target].Name);
        var banks = Tuples(plan, "payments", "account_id", "kind", "bank").GroupBy(p => (p[0], p[1]), p => p[2]).Where(g => g.Count() > 2).ToList();
        Assert.True(banks.Count > Accounts);
        Assert.InRange(banks.Average(b => b.Distinct().Count()), 1, 1.6);
    }

    [Fact]
    public async Task The_first_payment_is_that_of_the_day_on_which_the_account_was_opened()
    {
        var (_, plan) = await LearnedAsync(Bank(), Rows());
        var opened = Tuples(plan, "accounts", "id", "opened").ToDictionary(a => a[0], a => a[1]);
        var firsts = Tuples(plan, "payments", "account_id", "day").GroupBy(p => p[0], p => p[1]).ToDictionary(g => g.Key, g => g.Min());
        Assert.InRange(firsts.Count(f => f.Value == opened[f.Key]) / (double)firsts.Count, 0.97, 1);
    }

    [Fact]
    public async Task No_account_is_opened_after_the_last_payment_of_all()
    {
        var rows = Rows();
        // Few of the last accounts are known, so that where they end is guessed.
        rows["accounts"].RemoveAll(a => string.CompareOrdinal(a[3], Day(Days - 60)) > 0 && Below(9, int.Parse(a[0]!, null), 3) > 0);
        var known = rows["accounts"].Select(a => a[0]).ToHashSet();
        rows["payments"].RemoveAll(p => !known.Contains(p[1]));
        var (profile, plan) = await LearnedAsync(Bank(), rows);
        var accounts = profile.Find(new("public", "accounts"))!;
        var end = Assert.IsType<RangeCode>(accounts.Columns[3].Codes.Codes[^1]).High;
        Assert.InRange(end, 0, Weekdays.DayOf(DateTimeOffset.Parse(Day(Days), System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds()));
        Assert.All(new KeyRows(plan, "accounts")["opened"], day => Assert.InRange(string.CompareOrdinal(day, Day(Days)), int.MinValue, 0));
    }

    [Fact]
    public async Task Only_an_earlier_step_of_names_tells_which_siblings_are_alike()
    {
        var profile = await LearnAsync(Bank(), Rows());
        var payments = profile.Find(new("public", "payments"))!;
        var at = payments.Steps.ToList().FindIndex(s => s.Next?.HasSame == true);
        var damaged = profile with
        {
            Tables = profile.Tables.Select(t => t != payments ? t : t with
            {
                Steps = t.Steps.Select((s, i) => i == at ? s with { Next = s.Next! with { SameWithin = at } } : s).ToEquatableArray(),
            }).ToEquatableArray(),
        };
        var fault = Assert.Throws<UsageException>(() => ProfileFile.Read(System.Text.Encoding.UTF8.GetBytes(ProfileFile.Write(damaged))));
        Assert.Equal($"RS1312 The profile cannot be used: at $.tables[{profile.Tables.ToList().IndexOf(payments)}].steps[{at}].next.sameWithin, only what is the same among siblings has one, an earlier step of names. Learn it anew with 'relseed learn', or take back what was changed in the file.", fault.Message);
    }
}
