using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnedPlans;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>What rows owe to those they refer to.</summary>
public sealed class RelationTests
{
    [Fact]
    public async Task Rows_numbered_within_a_parent_are_that_parents_though_persons_are_in_them()
    {
        var schema = Database(
            Table("players", ["id int!", "first_name text!", "last_name text!"], pk: ["id"]),
            Table("cups", ["id int!", "size int!"], pk: ["id"]),
            Table("matches", ["cup_id int!", "number int!", "player_id int!"], pk: ["cup_id", "number"],
                fks: [(["cup_id"], "cups", ["id"]), (["player_id"], "players", ["id"])]));
        var rows = Empty(schema);
        for (var p = 0; p < 80; p++) rows["players"].Add([$"{p}", "Ann", $"Fox{p}"]);
        for (var c = 0; c < 40; c++)
        {
            rows["cups"].Add([$"{c}", $"{(c % 2 == 0 ? 8 : 31)}"]);
            for (var m = 0; m < (c % 2 == 0 ? 8 : 31); m++) rows["matches"].Add([$"{c}", $"{m + 1}", $"{Below(1, 31 * c + m, 80)}"]);
        }
        var (profile, plan) = await LearnedAsync(schema, rows);
        Assert.Equal(["cup_id"], profile.Find(new("public", "matches"))!.References[profile.Find(new("public", "matches"))!.Driving].Columns);
        var sizes = new KeyRows(plan, "cups").Tuples("id", "size").Select(t => t.Split('|')).ToDictionary(t => t[0], t => int.Parse(t[1], null));
        Assert.All(new KeyRows(plan, "matches")["cup_id"].CountBy(c => c!), c => Assert.Equal(sizes[c.Key], c.Value));
    }

    [Fact]
    public async Task Rows_that_refer_only_to_parents_without_a_value_ask_for_such()
    {
        var schema = Database(
            Table("people", ["id int!", "first_name text!", "last_name text!"], pk: ["id"]),
            Table("authors", ["id int!", "first_name text!", "last_name text!"], pk: ["id"]),
            Table("templates", ["id int!", "author_id int!", "retired text"], pk: ["id"], fks: [(["author_id"], "authors", ["id"])]),
            Table("messages", ["id int!", "person_id int!", "template_id int!"], pk: ["id"],
                fks: [(["person_id"], "people", ["id"]), (["template_id"], "templates", ["id"])]));
        var rows = Empty(schema);
        for (var p = 0; p < 400; p++)
        {
            rows["people"].Add([$"{p}", "Ann", $"Fox{p}"]);
            rows["authors"].Add([$"{p}", "Bob", $"Elk{p}"]);
            rows["templates"].Add([$"{p}", $"{p}", p % 3 == 0 ? (p % 2 == 0 ? "old" : "lost") : null]);
        }
        for (var m = 0; m < 3_000; m++) rows["messages"].Add([$"{m}", $"{Below(1, m, 400)}", $"{3 * Below(2, m, 133) + 1 + m % 2}"]);
        var (_, plan) = await LearnedAsync(schema, rows);
        var retired = new KeyRows(plan, "templates").Tuples("id", "retired").Select(t => t.Split('|')).Where(t => t[1] is "old" or "lost")
            .Select(t => t[0]).ToHashSet();
        Assert.InRange(retired.Count, 50, 250);
        Assert.DoesNotContain(new KeyRows(plan, "messages")["template_id"], t => retired.Contains(t!));
    }

    [Fact]
    public async Task Rows_ask_for_the_kinds_of_parents_that_they_refer_to_where_others_are_never_referred_to()
    {
        var schema = Database(
            Table("people", ["id int!", "first_name text!", "last_name text!"], pk: ["id"]),
            Table("authors", ["id int!", "first_name text!", "last_name text!"], pk: ["id"]),
            Table("templates", ["id int!", "author_id int!", "enabled boolean!"], pk: ["id"], fks: [(["author_id"], "authors", ["id"])]),
            Table("messages", ["id int!", "person_id int!", "template_id int!"], pk: ["id"],
                fks: [(["person_id"], "people", ["id"]), (["template_id"], "templates", ["id"])]));
        var rows = Empty(schema);
        for (var a = 0; a < 300; a++) rows["authors"].Add([$"{a}", "Tom", $"Lee{a}"]);
        for (var t = 0; t < 300; t++) rows["templates"].Add([$"{t}", $"{t}", t % 10 == 0 ? "true" : "false"]);
        for (var p = 0; p < 300; p++)
        {
            rows["people"].Add([$"{p}", "Ann", $"Fox{p}"]);
            for (var m = 0; m < p % 3; m++) rows["messages"].Add([$"{rows["messages"].Count}", $"{p}", $"{10 * Below(3, 3 * p + m, 30)}"]);
        }
        var (profile, _) = await LearnedAsync(schema, rows);
        var messages = profile.Find(new("public", "messages"))!;
        Assert.Equal(["person_id"], messages.References[messages.Driving].Columns);
        Assert.Equal("enabled", Asked(messages));

        string Asked(TableProfile of)
        {
            var templates = profile.Find(new("public", "templates"))!;
            return string.Join(',', of.References.Single(r => r.Columns[0] == "template_id").Attributes
                .Select(step => templates.Columns[templates.Steps[step].Target].Name));
        }
    }

    [Fact]
    public async Task A_payments_customer_is_that_of_its_order()
    {
        var schema = Database(
            Table("customers", ["id int!", "last_name text!", "first_name text!"], pk: ["id"]),
            Table("orders", ["id int!", "customer_id int!", "amount int!"], pk: ["id"], fks: [(["customer_id"], "customers", ["id"])]),
            Table("payments", ["id int!", "customer_id int!", "order_id int", "paid int!"], pk: ["id"],
                fks: [(["customer_id"], "customers", ["id"]), (["order_id"], "orders", ["id"])]));
        var rows = Empty(schema);
        for (var c = 0; c < 100; c++) rows["customers"].Add([$"{c}", $"Fox{c}", "Ann"]);
        for (var o = 0; o < 500; o++)
        {
            var customer = $"{Below(1, o, 100)}";
            rows["orders"].Add([$"{o}", customer, $"{Below(2, o, 50)}"]);
            rows["payments"].Add([$"{o}", customer, $"{o}", $"{Below(3, o, 50)}"]);
        }
        var (profile, plan) = await LearnedAsync(schema, rows);
        Assert.Equal([1, 0], profile.Find(new("public", "payments"))!.References[0].Follows);
        var customers = new KeyRows(plan, "orders").Tuples("id", "customer_id").Select(t => t.Split('|')).ToDictionary(t => t[0], t => t[1]);
        Assert.All(new KeyRows(plan, "payments").Tuples("order_id", "customer_id").Select(t => t.Split('|')),
            t => Assert.Equal(customers[t[0]], t[1]));
    }

    [Fact]
    public async Task Where_fewer_have_children_than_may_be_told_of_few_have_them()
    {
        var schema = Database(
            Table("employees", ["id int!", "first_name text!", "last_name text!"], pk: ["id"]),
            Table("purchases", ["id int!", "employee_id int!"], pk: ["id"], fks: [(["employee_id"], "employees", ["id"])]));
        var rows = Empty(schema);
        for (var e = 0; e < 300; e++) rows["employees"].Add([$"{e}", "Ann", $"Fox{e}"]);
        for (var p = 0; p < 600; p++) rows["purchases"].Add([$"{p}", $"{40 * Below(1, p, 7)}"]);
        var (_, plan) = await LearnedAsync(schema, rows);
        var buyers = new KeyRows(plan, "purchases")["employee_id"].CountBy(e => e!).ToList();
        Assert.InRange(buyers.Count, 2, 14);
        Assert.Equal(600, buyers.Sum(b => b.Value));
    }

    [Fact]
    public async Task Of_two_columns_that_may_each_be_computed_of_the_other_one_is_drawn()
    {
        var schema = Database(
            Table("treatments", ["id int!", "cost int!"], pk: ["id"]),
            Table("bills", ["id int!", "treatment_id int!", "amount int!"], pk: ["id"], fks: [(["treatment_id"], "treatments", ["id"])]));
        var rows = Empty(schema);
        for (var t = 0; t < 300; t++)
        {
            var cost = $"{100 + Below(1, t, 900)}";
            rows["treatments"].Add([$"{t}", cost]);
            rows["bills"].Add([$"{t}", $"{t}", cost]);
        }
        var (profile, plan) = await LearnedAsync(schema, rows);
        Assert.Empty(profile.Find(new("public", "treatments"))!.Rules);
        Assert.Equal(RuleKind.ParentColumn, Assert.Single(profile.Find(new("public", "bills"))!.Rules).Kind);
        var costs = new KeyRows(plan, "treatments").Tuples("id", "cost").Select(t => t.Split('|')).ToDictionary(t => t[0], t => t[1]);
        Assert.All(new KeyRows(plan, "bills").Tuples("treatment_id", "amount").Select(t => t.Split('|')), b => Assert.Equal(costs[b[0]], b[1]));
    }

    [Fact]
    public async Task A_single_payment_by_another_makes_it_no_rule()
    {
        var schema = Database(
            Table("customers", ["id int!", "last_name text!", "first_name text!"], pk: ["id"]),
            Table("orders", ["id int!", "customer_id int!"], pk: ["id"], fks: [(["customer_id"], "customers", ["id"])]),
            Table("payments", ["id int!", "customer_id int!", "order_id int!"], pk: ["id"],
                fks: [(["customer_id"], "customers", ["id"]), (["order_id"], "orders", ["id"])]));
        var rows = Empty(schema);
        for (var c = 0; c < 100; c++) rows["customers"].Add([$"{c}", $"Fox{c}", "Ann"]);
        for (var o = 0; o < 500; o++)
        {
            rows["orders"].Add([$"{o}", $"{o % 100}"]);
            rows["payments"].Add([$"{o}", $"{(o == 7 ? 8 : o % 100)}", $"{o}"]);
        }
        Assert.All((await LearnedAsync(schema, rows)).Profile.Find(new("public", "payments"))!.References, r => Assert.Empty(r.Follows));
    }

    [Fact]
    public async Task A_moment_stays_between_those_of_its_parent()
    {
        var schema = Database(
            Table("cups", ["id int!", "opens_on date!", "closes_on date!"], pk: ["id"]),
            Table("grounds", ["id int!", "seats int!"], pk: ["id"]),
            Table("games", ["id int!", "ground_id int!", "cup_id int!", "played_on date!"], pk: ["id"],
                fks: [(["ground_id"], "grounds", ["id"]), (["cup_id"], "cups", ["id"])]));
        var rows = Empty(schema);
        for (var g = 0; g < 50; g++) rows["grounds"].Add([$"{g}", $"{1000 * (1 + g % 9)}"]);
        for (var c = 0; c < 30; c++)
        {
            rows["cups"].Add([$"{c}", Day(200 * c), Day(200 * c + 30 + c % 5)]);
            for (var g = 0; g < 20; g++) rows["games"].Add([$"{20 * c + g}", $"{Below(1, 20 * c + g, 50)}", $"{c}", Day(200 * c + Below(2, 20 * c + g, 30))]);
        }
        var (profile, plan) = await LearnedAsync(schema, rows);
        var bounds = profile.Find(new("public", "games"))!.Steps.Single(s => s.Kind == StepKind.Column && s.Target == 3).Bounds;
        Assert.Equal([true, false], bounds.Select(b => b.IsLeast));
        var cups = new KeyRows(plan, "cups").Tuples("id", "opens_on", "closes_on").Select(t => t.Split('|')).ToDictionary(t => t[0]);
        Assert.All(cups.Values, c => Assert.True(string.CompareOrdinal(c[1], c[2]) < 0));
        Assert.All(new KeyRows(plan, "games").Tuples("cup_id", "played_on").Select(t => t.Split('|')),
            t => Assert.True(string.CompareOrdinal(cups[t[0]][1], t[1]) <= 0 && string.CompareOrdinal(t[1], cups[t[0]][2]) <= 0));
    }

    [Fact]
    public async Task What_was_not_there_yet_is_not_taken_and_the_moment_stays()
    {
        var schema = Database(
            Table("users", ["id int!", "first_name text!", "last_name text!"], pk: ["id"]),
            Table("films", ["id int!", "released_on date!"], pk: ["id"]),
            Table("ratings", ["user_id int!", "film_id int!", "rated_on date!"], pk: ["user_id", "film_id"],
                fks: [(["user_id"], "users", ["id"]), (["film_id"], "films", ["id"])]));
        var rows = Empty(schema);
        for (var f = 0; f < 200; f++) rows["films"].Add([$"{f}", Day(5 * f)]);
        for (var u = 0; u < 150; u++)
        {
            rows["users"].Add([$"{u}", "Ann", $"Fox{u}"]);
            var first = 100 + Below(1, u, 800);
            // No film twice, each long out.
            for (var r = 0; r < 12; r++) rows["ratings"].Add([$"{u}", $"{(first / 5 - 1 - r) % 200}", Day(first + r)]);
        }
        var plan = (await LearnedAsync(schema, rows)).Plan;
        var released = new KeyRows(plan, "films").Tuples("id", "released_on").Select(t => t.Split('|')).ToDictionary(t => t[0], t => t[1]);
        var made = new KeyRows(plan, "ratings").Tuples("film_id", "rated_on").Select(t => t.Split('|')).ToList();
        Assert.All(made, t => Assert.True(string.CompareOrdinal(released[t[0]], t[1]) <= 0));
        var real = rows["ratings"].Average(r => DateOnly.Parse(r[2]!, null).DayNumber);
        Assert.InRange(made.Average(t => DateOnly.Parse(t[1], null).DayNumber), real - 60, real + 60);
    }

    [Fact]
    public async Task Hits_are_no_more_than_shots()
    {
        var schema = Database(Table("players", ["id int!", "last_name text!", "shots int!", "hits int!"], pk: ["id"]));
        var rows = Empty(schema);
        for (var p = 0; p < 3000; p++)
        {
            var shots = Below(1, p, 60);
            rows["players"].Add([$"{p}", $"Fox{p}", $"{shots}", $"{Below(2, p, shots + 1)}"]);
        }
        Assert.All(new KeyRows((await LearnedAsync(schema, rows)).Plan, "players").Tuples("shots", "hits").Select(t => t.Split('|')),
            t => Assert.True(int.Parse(t[1], null) <= int.Parse(t[0], null)));
    }

    [Fact]
    public async Task Where_a_named_parent_lies_its_children_lie()
    {
        var schema = Database(
            Table("countries", ["id int!", "name text!"], pk: ["id"]),
            Table("stations", ["id int!", "country_id int!", "kind text!", "longitude numeric(10,2)!"], pk: ["id"],
                fks: [(["country_id"], "countries", ["id"])]));
        var rows = Empty(schema);
        for (var c = 0; c < 40; c++)
        {
            rows["countries"].Add([$"{c}", $"Land {c}"]);
            for (var s = 0; s < 60; s++) rows["stations"].Add([$"{60 * c + s}", $"{c}", s % 3 == 0 ? "port" : "field", $"{8 * (c * 17 % 40) + Below(1, 60 * c + s, 800) / 100.0}"]);
        }
        var (profile, plan) = await LearnedAsync(schema, rows);
        // Steps to and fro are not added up.
        Assert.All(profile.Find(new("public", "stations"))!.Steps, s => Assert.NotEqual(BaseKind.Previous, s.Next?.Base ?? BaseKind.None));
        var names = new KeyRows(plan, "countries").Tuples("id", "name").Select(t => t.Split('|'))
            .ToDictionary(t => t[0], t => int.Parse(t[1][5..], null));
        var made = new KeyRows(plan, "stations").Tuples("country_id", "longitude").Select(t => t.Split('|')).ToList();
        var near =
            made.Count(t => double.Parse(t[1], System.Globalization.CultureInfo.InvariantCulture) - 8 * (names[t[0]] * 17 % 40) is > -4 and < 12);
        Assert.InRange(near / (double)made.Count, 0.8, 1);
    }

    [Fact]
    public async Task Numbers_that_stand_for_something_go_with_what_they_stand_for()
    {
        var schema = Database(Table("candidates", ["id int!", "last_name text!", "year int!", "ballots int!"], pk: ["id"]));
        var rows = Empty(schema);
        for (var c = 0; c < 3000; c++)
        {
            var year = Below(1, c, 40);
            rows["candidates"].Add([$"{c}", $"Fox{c}", $"{1950 + year}", $"{300 + year * 37 % 97 + 200 * Below(2, c, 2)}"]);
        }
        var real = rows["candidates"].Select(r => $"{r[2]}|{r[3]}").ToHashSet();
        Assert.All(new KeyRows((await LearnedAsync(schema, rows)).Plan, "candidates").Tuples("year", "ballots"), t => Assert.Contains(t, real));
    }

    [Fact]
    public async Task Of_few_parents_each_number_of_children_stands_as_often_as_it_did()
    {
        var schema = Database(
            Table("shelves", ["id int!", "floor int!"], pk: ["id"]),
            Table("parts", ["id int!", "shelf_id int!", "grade text!"], pk: ["id"], fks: [(["shelf_id"], "shelves", ["id"])]));
        var rows = Empty(schema);
        for (var s = 0; s < 19; s++)
        {
            rows["shelves"].Add([$"{s}", "1"]);
            for (var p = 0; p < 5 + s * s; p++) rows["parts"].Add([$"{rows["parts"].Count}", $"{s}", $"grade {p % 6}"]);
        }
        var made = new KeyRows((await LearnedAsync(schema, rows)).Plan, "parts")["shelf_id"].CountBy(s => s!).Select(s => s.Value).Order();
        Assert.Equal(rows["parts"].CountBy(r => r[1]!).Select(s => s.Value).Order(), made);
    }

    [Fact]
    public async Task A_value_that_looks_personal_is_left_out_and_the_profile_is_written()
    {
        var schema = Database(Table("parts", ["id int!", "models text!"], pk: ["id"]));
        var rows = Empty(schema);
        for (var p = 0; p < 600; p++) rows["parts"].Add([$"{p}", p % 3 == 0 ? "319 320 321" : $"model {p % 5}"]);
        var models = (await LearnedAsync(schema, rows)).Profile.Tables[0].Columns[1];
        Assert.Equal(ColumnTreatment.Told, models.Treatment);
        Assert.DoesNotContain(models.Codes.Codes, c => c is ValueCode { Value: "319 320 321" });
    }
}
