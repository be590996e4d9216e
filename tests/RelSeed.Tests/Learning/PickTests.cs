using System.Globalization;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Tests.Planning;
using static RelSeed.Tests.Learning.LearnedPlans;
using static RelSeed.Tests.Learning.LearnerTests;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>Which parents a row takes beside its own.</summary>
public sealed class PickTests
{
    static ReferenceProfile ReferenceOf(DataProfile profile, string table, string column) =>
        profile.Find(new("public", table))!.References.Single(r => r.Columns[0] == column);

    static Dictionary<string, string> Of(SeedPlan plan, string table, string key, string value) =>
        new KeyRows(plan, table).Tuples(key, value).Select(t => t.Split('|')).ToDictionary(t => t[0], t => t[1]);

    static IEnumerable<string[]> Pairs(SeedPlan plan, string table, params string[] columns) =>
        new KeyRows(plan, table).Tuples(columns).Select(t => t.Split('|'));

    static DatabaseSchema Shop() => Database(
        Table("customers", ["id int!", "last_name text!", "first_name text!"], pk: ["id"]),
        Table("addresses", ["id int!", "customer_id int!", "kind varchar(5)!"], pk: ["id"], fks: [(["customer_id"], "customers", ["id"])]),
        Table("orders", ["id int!", "customer_id int!", "address_id int"], pk: ["id"],
            fks: [(["customer_id"], "customers", ["id"]), (["address_id"], "addresses", ["id"])]));

    static Dictionary<string, List<string?[]>> ShopRows(DatabaseSchema schema, Func<int, int, int> address)
    {
        var rows = Empty(schema);
        for (var c = 0; c < 120; c++)
        {
            rows["customers"].Add([$"{c}", $"Fox{c}", "Ann"]);
            for (var a = 0; a < 3; a++) rows["addresses"].Add([$"{3 * c + a}", $"{c}", a == 0 ? "home" : "work"]);
            for (var o = 0; o < 5; o++) rows["orders"].Add([$"{5 * c + o}", $"{c}", o == 4 ? null : $"{address(c, o)}"]);
        }
        return rows;
    }

    [Fact]
    public async Task Orders_go_to_addresses_of_their_customer()
    {
        var schema = Shop();
        var (profile, plan) = await LearnedAsync(schema, ShopRows(schema, (c, o) => 3 * c + Below(1, 5 * c + o, 3)));
        Assert.Equal([-1, 1, 0], ReferenceOf(profile, "orders", "customer_id").Within);
        var owners = Of(plan, "addresses", "id", "customer_id");
        var orders = Pairs(plan, "orders", "customer_id", "address_id").ToList();
        Assert.InRange(orders.Count, 400, 560);
        Assert.All(orders, o => Assert.Equal(o[0], owners[o[1]]));
    }

    [Fact]
    public async Task Orders_that_go_to_others_addresses_too_make_no_rule()
    {
        var schema = Shop();
        var (profile, _) = await LearnedAsync(schema, ShopRows(schema, (c, o) => o == 0 ? Below(2, c, 360) : 3 * c + o % 3));
        Assert.Empty(ReferenceOf(profile, "orders", "customer_id").Within);
    }

    [Fact]
    public async Task A_sale_is_made_by_a_clerk_of_its_shop()
    {
        var schema = Database(
            Table("customers", ["id int!", "last_name text!", "first_name text!"], pk: ["id"]),
            Table("shops", ["id int!", "town varchar(9)!"], pk: ["id"]),
            Table("clerks", ["id int!", "shop_id int!"], pk: ["id"], fks: [(["shop_id"], "shops", ["id"])]),
            Table("sales", ["id int!", "customer_id int!", "shop_id int!", "clerk_id int!"], pk: ["id"],
                fks: [(["customer_id"], "customers", ["id"]), (["shop_id"], "shops", ["id"]), (["clerk_id"], "clerks", ["id"])]));
        var rows = Empty(schema);
        for (var s = 0; s < 4; s++)
        {
            rows["shops"].Add([$"{s}", $"Town{s}"]);
            for (var k = 0; k < 5; k++) rows["clerks"].Add([$"{5 * s + k}", $"{s}"]);
        }
        for (var c = 0; c < 200; c++)
        {
            rows["customers"].Add([$"{c}", $"Fox{c}", "Ann"]);
            for (var n = 0; n < 3; n++) rows["sales"].Add([$"{3 * c + n}", $"{c}", $"{(c + n) % 4}", $"{5 * ((c + n) % 4) + Below(1, 3 * c + n, 5)}"]);
        }
        var (profile, plan) = await LearnedAsync(schema, rows);
        Assert.Equal(2, ReferenceOf(profile, "sales", "clerk_id").Within.Count);
        var shops = Of(plan, "clerks", "id", "shop_id");
        Assert.All(Pairs(plan, "sales", "shop_id", "clerk_id"), s => Assert.Equal(s[0], shops[s[1]]));
    }

    [Fact]
    public async Task Marks_are_of_tests_of_the_students_course_and_differ_where_the_key_holds_part_of_a_reference()
    {
        var schema = Database(
            Table("courses", ["id int!", "title varchar(9)!"], pk: ["id"]),
            Table("tests", ["id int!", "course_id int!", "weight int!"], pk: ["id"], fks: [(["course_id"], "courses", ["id"])]),
            Table("students", ["course_id int!", "number int!", "first_name text!", "last_name text!"], pk: ["course_id", "number"],
                fks: [(["course_id"], "courses", ["id"])]),
            Table("marks", ["test_id int!", "course_id int!", "number int!", "mark int!"], pk: ["test_id", "number"],
                fks: [(["test_id"], "tests", ["id"]), (["course_id", "number"], "students", ["course_id", "number"])]));
        var rows = Empty(schema);
        for (var c = 0; c < 6; c++)
        {
            rows["courses"].Add([$"{c}", $"Course{c}"]);
            for (var t = 0; t < 5; t++) rows["tests"].Add([$"{5 * c + t}", $"{c}", $"{10 * (t + 1)}"]);
            for (var s = 0; s < 60; s++)
            {
                var number = 60 * c + s;
                rows["students"].Add([$"{c}", $"{number}", "Ann", $"Fox{number}"]);
                for (var t = 0; t < 1 + Below(1, number, 4); t++) rows["marks"].Add([$"{5 * c + t}", $"{c}", $"{number}", $"{Below(2, 5 * number + t, 50)}"]);
            }
        }
        var (profile, plan) = await LearnedAsync(schema, rows);
        Assert.Equal(3, ReferenceOf(profile, "marks", "test_id").Within.Count);
        var courses = Of(plan, "tests", "id", "course_id");
        var marks = Pairs(plan, "marks", "test_id", "course_id", "number").ToList();
        Assert.InRange(marks.Count, rows["marks"].Count * 0.8, rows["marks"].Count * 1.2);
        Assert.Equal(marks.Count, marks.Select(m => (m[0], m[2])).Distinct().Count());
        Assert.InRange(marks.Count(m => courses[m[0]] == m[1]), marks.Count * 0.9, marks.Count);
    }

    [Fact]
    public async Task Nothing_is_ordered_before_it_is_sold()
    {
        var schema = Database(
            Table("customers", ["id int!", "last_name text!", "first_name text!"], pk: ["id"]),
            Table("products", ["id int!", "name varchar(9)!", "launched date!"], pk: ["id"]),
            Table("orders", ["id int!", "customer_id int!", "placed date!"], pk: ["id"], fks: [(["customer_id"], "customers", ["id"])]),
            Table("lines", ["order_id int!", "number int!", "product_id int!", "amount int!"], pk: ["order_id", "number"],
                fks: [(["order_id"], "orders", ["id"]), (["product_id"], "products", ["id"])]));
        var rows = Empty(schema);
        for (var p = 0; p < 4; p++) rows["products"].Add([$"{p}", $"Toy{p}", Day(250 * p - 40)]);
        for (var o = 0; o < 1_500; o++)
        {
            if (o % 5 == 0) rows["customers"].Add([$"{o / 5}", $"Fox{o}", "Ann"]);
            var day = 10 + Below(1, o, 990);
            rows["orders"].Add([$"{o}", $"{o / 5}", Day(day)]);
            for (var l = 1; l <= 1 + o % 2; l++) rows["lines"].Add([$"{o}", $"{l}", $"{Below(2, 2 * o + l, 1 + (day + 40) / 250)}", $"{l}"]);
        }
        var (profile, plan) = await LearnedAsync(schema, rows);
        Assert.Contains(ReferenceOf(profile, "lines", "product_id").Bounds, b => b.IsLeast);
        var (launched, placed) = (Of(plan, "products", "id", "launched"), Of(plan, "orders", "id", "placed"));
        Assert.All(Pairs(plan, "lines", "order_id", "product_id"), l =>
            Assert.True(string.CompareOrdinal(launched[l[1]], placed[l[0]]) <= 0, $"{launched[l[1]]} {placed[l[0]]}"));
    }

    [Fact]
    public async Task A_price_is_near_that_of_the_product_that_is_taken()
    {
        var schema = Database(
            Table("customers", ["id int!", "last_name text!", "first_name text!"], pk: ["id"]),
            Table("products", ["id int!", "list_price numeric(10,2)!", "size varchar(5)!"], pk: ["id"]),
            Table("orders", ["id int!", "customer_id int!"], pk: ["id"], fks: [(["customer_id"], "customers", ["id"])]),
            Table("lines", ["order_id int!", "number int!", "product_id int!", "price numeric(10,2)!"], pk: ["order_id", "number"],
                fks: [(["order_id"], "orders", ["id"]), (["product_id"], "products", ["id"])]));
        var rows = Empty(schema);
        for (var p = 0; p < 100; p++) rows["products"].Add([$"{p}", $"{10 + Below(1, p, 200)}.50", p % 2 == 0 ? "small" : "large"]);
        for (var o = 0; o < 400; o++)
        {
            if (o % 8 == 0) rows["customers"].Add([$"{o / 8}", $"Fox{o}", "Ann"]);
            rows["orders"].Add([$"{o}", $"{o / 8}"]);
            for (var l = 1; l <= 3; l++)
            {
                var product = Below(2, 3 * o + l, 100);
                var price = decimal.Parse(rows["products"][product][1]!, CultureInfo.InvariantCulture) - Below(3, 3 * o + l, 6);
                rows["lines"].Add([$"{o}", $"{l}", $"{product}", price.ToString(CultureInfo.InvariantCulture)]);
            }
        }
        var (_, plan) = await LearnedAsync(schema, rows);
        var prices = Of(plan, "products", "id", "list_price").ToDictionary(p => p.Key, p => Number(p.Value));
        var lines = Pairs(plan, "lines", "product_id", "price").ToList();
        Assert.InRange(lines.Count(l => prices[l[0]] - Number(l[1]) is >= -1 and <= 7), lines.Count * 0.95, lines.Count);

        static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_price_is_that_of_the_product_or_a_fifth_less()
    {
        var schema = Database(
            Table("customers", ["id int!", "last_name text!", "first_name text!"], pk: ["id"]),
            Table("products", ["id int!", "list_price numeric(10,2)!", "size varchar(5)!"], pk: ["id"]),
            Table("orders", ["id int!", "customer_id int!"], pk: ["id"], fks: [(["customer_id"], "customers", ["id"])]),
            Table("lines", ["order_id int!", "number int!", "product_id int!", "price numeric(10,2)!"], pk: ["order_id", "number"],
                fks: [(["order_id"], "orders", ["id"]), (["product_id"], "products", ["id"])]));
        var rows = Empty(schema);
        for (var p = 0; p < 100; p++) rows["products"].Add([$"{p}", $"{(p % 10 == 0 ? 500 : 5) * (2 + Below(1, p, 20))}", p % 2 == 0 ? "small" : "large"]);
        for (var o = 0; o < 600; o++)
        {
            if (o % 8 == 0) rows["customers"].Add([$"{o / 8}", $"Fox{o}", "Ann"]);
            rows["orders"].Add([$"{o}", $"{o / 8}"]);
            for (var l = 1; l <= 3; l++)
            {
                var product = Below(2, 3 * o + l, 100);
                var price = int.Parse(rows["products"][product][1]!, CultureInfo.InvariantCulture);
                rows["lines"].Add([$"{o}", $"{l}", $"{product}", $"{(o % 3 == 0 ? price * 4 / 5 : price)}"]);
            }
        }
        var (_, plan) = await LearnedAsync(schema, rows);
        var prices = Of(plan, "products", "id", "list_price").ToDictionary(p => p.Key, p => Number(p.Value));
        var lines = Pairs(plan, "lines", "product_id", "price").ToList();
        Assert.InRange(lines.Count(l => Number(l[1]) == prices[l[0]]), lines.Count * 0.55, lines.Count * 0.75);
        Assert.InRange(lines.Count(l => Number(l[1]) == prices[l[0]] * 0.8m), lines.Count * 0.25, lines.Count * 0.42);

        static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_room_is_of_the_department_of_the_doctor_who_is_picked()
    {
        var schema = Database(
            Table("patients", ["id int!", "last_name text!", "first_name text!"], pk: ["id"]),
            Table("departments", ["id int!", "title varchar(9)!"], pk: ["id"]),
            Table("doctors", ["id int!", "department_id int!", "last_name text!", "first_name text!"], pk: ["id"], fks: [(["department_id"], "departments", ["id"])]),
            Table("rooms", ["id int!", "department_id int!"], pk: ["id"], fks: [(["department_id"], "departments", ["id"])]),
            Table("visits", ["id int!", "patient_id int!", "doctor_id int!", "room_id int!"], pk: ["id"],
                fks: [(["patient_id"], "patients", ["id"]), (["doctor_id"], "doctors", ["id"]), (["room_id"], "rooms", ["id"])]));
        var rows = Empty(schema);
        for (var d = 0; d < 5; d++)
        {
            rows["departments"].Add([$"{d}", $"Ward{d}"]);
            for (var n = 0; n < 4; n++)
            {
                rows["doctors"].Add([$"{4 * d + n}", $"{d}", $"Elk{d}{n}", "Bob"]);
                rows["rooms"].Add([$"{4 * d + n}", $"{d}"]);
            }
        }
        for (var v = 0; v < 900; v++)
        {
            if (v % 3 == 0) rows["patients"].Add([$"{v / 3}", $"Fox{v}", "Ann"]);
            var doctor = Below(1, v, 20);
            rows["visits"].Add([$"{v}", $"{v / 3}", $"{doctor}", $"{doctor / 4 * 4 + Below(2, v, 4)}"]);
        }
        var (profile, plan) = await LearnedAsync(schema, rows);
        Assert.Equal([0, 1, 0], ReferenceOf(profile, "visits", "room_id").Within);
        var (doctors, rooms) = (Of(plan, "doctors", "id", "department_id"), Of(plan, "rooms", "id", "department_id"));
        var visits = Pairs(plan, "visits", "doctor_id", "room_id").ToList();
        var open = rooms.Values.ToHashSet();
        Assert.All(visits.Where(v => open.Contains(doctors[v[0]])), v => Assert.Equal(doctors[v[0]], rooms[v[1]]));
        Assert.InRange(visits.Count(v => doctors[v[0]] == rooms[v[1]]), visits.Count * 0.7, visits.Count);
    }

    [Fact]
    public async Task What_is_sold_no_more_was_last_received_after_that()
    {
        var schema = Database(
            Table("products", ["id int!", "kind varchar(5)!", "sold_until date"], pk: ["id"]),
            Table("suppliers", ["id int!", "product_id int!", "received date!"], pk: ["id"], fks: [(["product_id"], "products", ["id"])]));
        var rows = Empty(schema);
        for (var p = 0; p < 500; p++)
        {
            var isOver = p % 10 == 0;
            rows["products"].Add([$"{p}", p % 2 == 0 ? "wheel" : "frame", isOver ? Day(300 + 10 * (p % 3)) : null]);
            rows["suppliers"].Add([$"{p}", $"{p}", Day(isOver ? 330 + Below(1, p, 200) : Below(1, p, 600))]);
        }
        var (_, plan) = await LearnedAsync(schema, rows);
        var until = Of(plan, "products", "id", "sold_until");
        Assert.InRange(until.Count, 30, 70);
        Assert.All(Pairs(plan, "suppliers", "product_id", "received").Where(s => until.ContainsKey(s[0])), s =>
            Assert.True(string.CompareOrdinal(until[s[0]], s[1]) <= 0, $"{until[s[0]]} {s[1]}"));
    }

    [Fact]
    public async Task What_another_parent_came_before_says_nothing_of_who_else_is_picked()
    {
        var schema = Database(
            Table("users", ["id int!", "joined date!"], pk: ["id"]),
            Table("posts", ["id int!", "user_id int!", "created date!"], pk: ["id"], fks: [(["user_id"], "users", ["id"])]),
            Table("edits", ["id int!", "post_id int!", "user_id int", "edited date!"], pk: ["id"],
                fks: [(["post_id"], "posts", ["id"]), (["user_id"], "users", ["id"])]));
        var rows = Empty(schema);
        for (var u = 0; u < 200; u++) rows["users"].Add([$"{u}", Day(3 * u)]);
        for (var p = 0; p < 400; p++)
        {
            var day = 100 + Below(1, p, 900);
            rows["posts"].Add([$"{p}", $"{Below(2, p, Math.Min(200, day / 3))}", Day(day)]);
            for (var e = 0; e < 2; e++) rows["edits"].Add([$"{2 * p + e}", $"{p}", $"{Below(3, 2 * p + e, Math.Min(200, day / 3))}", Day(day + 1 + 5 * e)]);
        }
        var (_, plan) = await LearnedAsync(schema, rows);
        var joined = Of(plan, "users", "id", "joined");
        Assert.All(Pairs(plan, "edits", "user_id", "edited"), e =>
            Assert.True(string.CompareOrdinal(joined[e[0]], e[1]) <= 0, $"{joined[e[0]]} {e[1]}"));
    }
}
