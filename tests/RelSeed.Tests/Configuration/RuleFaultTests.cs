using RelSeed.Configuration;
using RelSeed.Generation;
using RelSeed.Schema;
using RelSeed.Semantics;
using RelSeed.Tests.Planning;

namespace RelSeed.Tests.Configuration;

public sealed class RuleFaultTests
{
    static string Fault(Action<SeedRulesBuilder> rules, DatabaseSchema? schema = null) =>
        Assert.Throws<PlanException>(() => RuleTests.Plan(rules, schema)).Message;

    static string Fault(Action<TableRulesBuilder> rules) => Fault(r => rules(r.Table("orders")));

    [Fact]
    public void A_table_that_is_not_there_is_named_with_the_nearest() => Assert.Equal(
        "RS2401 There is no table order (named by a rule). The nearest names are: public.orders, public.customers. 'relseed inspect' lists all tables.",
        Fault(r => r.Table("order").Rows(5)));

    [Fact]
    public void A_column_that_is_not_there_is_named_with_the_nearest() => Assert.Equal(
        "RS2402 A rule names the column public.orders.state, which does not exist. The nearest names are: status, note, total. Mend the name, or leave the rule out.",
        Fault(t => t.Column("state").Constant("x")));

    [Fact]
    public void A_key_that_is_none_is_named_with_those_there_are() => Assert.Equal(
        "RS2403 A rule counts the rows of public.orders a parent by client_id, which is no foreign key of it. Its foreign keys are customer_id. Name one by its columns.",
        Fault(t => t.PerParent("client_id", 1)));

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var lines = Fault(r =>
        {
            r.Table("order").Rows(5);
            r.Table("orders").Column("state").Constant("x").Column("total").Between(-5, 5).Column("status").OneOf("far too long a status");
        }).Split(Environment.NewLine);
        Assert.Equal(["RS2401", "RS2402", "RS2404", "RS2405"], lines.Select(l => l[..6]));
    }

    [Fact]
    public void A_value_that_a_check_refuses_names_both() => Assert.Equal(
        "RS2404 The rule for public.orders.total, one of 2 values, names a value that the check orders_check1 (total > 0) does not allow. Change the rule or the constraint.",
        Fault(t => t.Column("total").OneOf(5, -5)));

    [Fact]
    public void A_bound_that_a_check_refuses_names_both() => Assert.Equal(
        "RS2404 The rule for public.orders.total, between -5 and 10, names a value that the check orders_check1 (total > 0) does not allow. Change the rule or the constraint.",
        Fault(t => t.Column("total").Between(-5, 10)));

    [Theory]
    [InlineData("total", "a word",
        "RS2405 The rule for public.orders.total, always the same value, names a value that it cannot hold: it is no numeric(10,2). Give values of the column's type.")]
    [InlineData("status", "12345678901",
        "RS2405 The rule for public.orders.status, always the same value, names a value that it cannot hold: it is longer than 10 characters. Give values of the column's type.")]
    [InlineData("id", 1.5,
        "RS2405 The rule for public.orders.id, always the same value, names a value that it cannot hold: it is no int. Give values of the column's type.")]
    [InlineData("customer_id", 1,
        "RS2406 public.orders.customer_id has a rule for its values, and orders_fk1 makes it refer to public.customers. Rule how many rows a parent has, the share without a parent, or the parent's own column.")]
    public void A_value_of_another_type_or_for_a_reference_is_a_fault(string column, object value, string text) =>
        Assert.Equal(text, Fault(t => t.Column(column).Constant(value)));

    [Fact]
    public void Nulls_where_none_may_be_name_what_forbids_them()
    {
        Assert.Equal(
            "RS2404 public.orders.status has a rule that makes 20 % of its rows NULL, and it is NOT NULL. Change the rule or the constraint.",
            Fault(t => t.Column("status").Null(.2)));
        Assert.Equal(
            "RS2404 public.orders.status has a rule that makes 100 % of some rows NULL, and it is NOT NULL. Change the rule or the constraint.",
            Fault(t => t.Where("total > 5", w => w.Column("status").Null())));
    }

    [Fact]
    public void Fewer_values_than_a_key_wants_are_a_fault() => Assert.Equal(
        "RS2404 The rule: one of 2 values of public.customers.email cannot be kept: the key customers_key1 wants another value in each of 200 rows. Change the rule or the constraint.",
        Fault(r => r.Table("customers").Column("email").OneOf("a@x.org", "b@x.org")));

    [Fact]
    public void A_meaning_that_does_not_suit_the_type_is_a_fault() => Assert.Equal(
        "RS2405 The rule for public.orders.total says Email, which are no values of its type numeric(10,2). Choose another meaning, or rule the values.",
        Fault(t => t.Column("total").As(Meaning.Email)));

    [Fact]
    public void An_interval_in_the_wrong_order_or_of_another_type_is_a_fault()
    {
        const string Text =
            "RS2405 The rule for public.orders.{0}, values between two, does not suit its type {1}: both must be numbers, dates or times of it, the least first. Mend the rule.";
        Assert.Equal(string.Format(null, Text, "total", "numeric(10,2)"), Fault(t => t.Column("total").Between(9, 5)));
        Assert.Equal(string.Format(null, Text, "approved", "bool"), Fault(t => t.Column("approved").Between(0, 1)));
        Assert.Equal(string.Format(null, Text, "shipped_at", "timestamp"), Fault(t => t.Column("shipped_at").Between("soon", "late")));
    }

    [Fact]
    public void A_condition_that_cannot_be_used_is_a_fault()
    {
        Assert.Equal(
            "RS2409 The condition of a rule for public.orders.note, state = 1, cannot be used: there is no column state in the table, which has id, customer_id, status, total, note, shipped_at, approved. "
            + "Write a condition on other columns of the row.", Fault(t => t.Column("note").Where("state = 1", c => c.Constant("x"))));
        Assert.Equal(
            "RS2409 The condition of a rule for public.orders.note, note is null, cannot be used: it reads the column itself. Write a condition on other columns of the row.",
            Fault(t => t.Column("note").Where("note is null", c => c.Constant("x"))));
    }

    [Fact]
    public void A_function_that_fails_is_told_without_running_on() => Assert.Equal(
        "RS2408 The rule for public.orders.note, a function of the row, failed with InvalidOperationException (no luck). Mend the function.",
        Fault(t => t.Column("note").Using(_ => throw new InvalidOperationException("no luck"))));

    [Fact]
    public void A_function_whose_value_does_not_fit_is_told()
    {
        Assert.Equal("RS2408 The rule for public.orders.status, a function of the row, gives NULL, which the column cannot be. Mend the function.",
            Fault(t => t.Column("status").Using(_ => null)));
        Assert.Equal("RS2408 The rule for public.orders.total, a function of the row, gives a value that is no numeric(10,2). Mend the function.",
            Fault(t => t.Column("total").Using(_ => "many")));
        Assert.Equal(
            "RS2408 The rule for public.orders.status, a function of the row, gives a text of more than 10 characters, for which the column has no room. Mend the function.",
            Fault(t => t.Column("status").Using(_ => "12345678901")));
    }

    [Fact]
    public void A_function_that_repeats_a_key_is_told() => Assert.Equal(
        "RS2411 The rule for public.customers.email repeats a value at row 101, and the key customers_key1 wants another in every row. Make it of the row's Index, or leave the rule out.",
        Fault(r => r.Table("customers").Column("email").Using(row => $"{row.Index % 100}@x.org")));

    [Fact]
    public void Functions_in_a_circle_are_told() => Assert.StartsWith(
        "RS2410 The rule for public.orders.note, a function of the row, reads status, which is made of note itself. Let one of the two go without the other.",
        Fault(t => t.Column("note").Using(row => row["status"]).Column("status").Using(row => row["note"])).Split(Environment.NewLine)
            .Order().First());

    [Fact]
    public void A_function_that_reads_no_column_is_told() => Assert.Equal(
        "RS2409 The rule for public.orders.note, a function of the row, reads the column statsu, which does not exist. The nearest names are: status, total, note. Mend the function.",
        Fault(t => t.Column("note").Using(row => row["statsu"])));

    [Fact]
    public void A_pool_of_which_nothing_fits_is_told() => Assert.Equal(
        "RS2404 public.orders.status takes none of the 10 values that its rule makes from a pool of Bogus: it is longer than 10 characters. Make values that fit, or leave the rule out.",
        Fault(t => t.Column("status").UseBogus(f => f.Random.AlphaNumeric(20), 10)));

    [Fact]
    public void Rules_that_no_row_can_keep_beside_a_check_of_several_columns_are_named_with_it()
    {
        var schema = TestSchemas.Database(TestSchemas.Table("t", ["id int!", "a int!", "b int!"], pk: ["id"], checks: ["a < b"]));
        var plan = RuleTests.Plan(r => r.Table("t").Rows(20).Column("a").Between(50, 60).Column("b").Between(1, 10), schema);
        Assert.Equal(
            "RS2020 No rows were found that meet this check: public.t t_check1 (20 of 20 rows, by the rules for a and b). 'relseed plan --explain TABLE.COLUMN' shows how a column is made. "
            + "Leave a table out with --exclude, or relax its check.",
            Assert.Throws<PlanException>(() => PlanProbe.Require(plan, SeedGenerator.Compile(plan))).Message);
    }

    [Fact]
    public void Rules_of_a_single_table_that_is_left_out_do_nothing() =>
        Assert.Null(RuleTests.Plan(r => r.Table("orders").Rows(5), options: o => o with { Exclude = ["orders"] }).Find(new("public", "orders")));
}
