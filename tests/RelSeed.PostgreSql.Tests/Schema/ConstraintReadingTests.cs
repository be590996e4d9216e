using RelSeed.Schema;

namespace RelSeed.PostgreSql.Tests.Schema;

public sealed class ConstraintReadingTests(ReadSchemas schemas) : IClassFixture<ReadSchemas>
{
    [Fact]
    public async Task Unique_constraints_leave_included_columns_out()
    {
        var customer = await TableAsync("customer");
        Assert.Equal(
            new UniqueKey { Name = "customer_pkey", Parts = [new("id")], IsPrimary = true, IsConstraint = true },
            customer.PrimaryKey);
        Assert.Equal(
            new UniqueKey { Name = "customer_tenant_key", Parts = [new("tenant"), new("id")], IsConstraint = true },
            KeyOf(customer, "customer_tenant_key"));
    }

    [Fact]
    public async Task Unique_indexes_carry_predicate_expressions_and_collations()
    {
        var customer = await TableAsync("customer");
        Assert.Equal(
            new UniqueKey { Name = "customer_email", Parts = [new("email", IsCaseInsensitive: true)], Predicate = "NOT gone" },
            KeyOf(customer, "customer_email"));
        Assert.Equal(
            new UniqueKey
            {
                Name = "customer_name",
                Parts =
                [
                    new(null, "lower(nickname)", "shop.accents_too", IsCaseInsensitive: true),
                    new(null, "COALESCE(note, '(none)'::text) || plain", "shop.any_case", IsCaseInsensitive: true),
                    new("tenant"),
                ],
            },
            KeyOf(customer, "customer_name"));
        Assert.Equal(3, customer.UniqueKeys.Count);
    }

    [Fact]
    public async Task Nondeterministic_collations_that_ignore_case_make_columns_case_insensitive()
    {
        var customer = await TableAsync("customer");
        Assert.Equal(["email", "nickname"], customer.Columns.Where(c => c.IsCaseInsensitive).Select(c => c.Name));
        Assert.Equal("shop.exact", customer["plain"].Collation);
    }

    [Fact]
    public async Task A_deferrable_key_is_told() => Assert.True(KeyOf(await TableAsync("item"), "item_ticket_once").IsDeferrable);

    [Fact]
    public async Task Foreign_keys_carry_match_type_deferrability_and_validity()
    {
        var customer = new TableName("shop", "customer");
        Assert.Equal(
            [
                new ForeignKey
                {
                    Name = "purchase_customer",
                    Columns = ["tenant", "customer_id"],
                    Principal = customer,
                    PrincipalColumns = ["tenant", "id"],
                    IsMatchFull = true,
                    IsDeferrable = true,
                    IsInitiallyDeferred = true,
                },
                new ForeignKey
                {
                    Name = "purchase_item_id_fkey",
                    Columns = ["item_id"],
                    Principal = new("shop", "item"),
                    PrincipalColumns = ["id"],
                    IsDeferrable = true,
                },
                new ForeignKey
                {
                    Name = "purchase_parent",
                    Columns = ["parent_tenant", "parent_id"],
                    Principal = customer,
                    PrincipalColumns = ["tenant", "id"],
                    IsValidated = false,
                },
            ],
            (await TableAsync("purchase")).ForeignKeys.ToArray());
    }

    [Fact]
    public async Task Checks_are_the_bare_condition()
    {
        Assert.Equal(
            [
                new("item_late", "price <> (13)::numeric", IsValidated: false),
                new("item_price_positive", "(price > (0)::numeric) AND (price < (1000)::numeric)"),
            ],
            (await TableAsync("item")).Checks.ToArray());
    }

    [Fact]
    public async Task Exclusions_carry_part_and_operator()
    {
        Assert.Equal(
            [
                new(
                    "item_pick_once", [new("pick", null, "="), new(null, "abs(ticket)", "=")], null,
                    "EXCLUDE USING btree (pick WITH =, abs(ticket) WITH =)"),
                new(
                    "item_slot", [new("during", null, "&&")], "price > (5)::numeric",
                    "EXCLUDE USING gist (during WITH &&) WHERE ((price > (5)::numeric))"),
            ],
            (await TableAsync("item")).Exclusions.ToArray());
    }

    [Fact]
    public async Task Triggers_carry_timing_events_function_and_state()
    {
        var row = Assert.Single((await TableAsync("customer")).Triggers);
        Assert.Equal(
            new Trigger(
                "a_touch", TriggerTiming.Before, TriggerEvents.Insert | TriggerEvents.Update, "shop.touch",
                "CREATE TRIGGER a_touch BEFORE INSERT OR UPDATE OF note ON shop.customer FOR EACH ROW WHEN ((new.note <> ''::text)) EXECUTE FUNCTION shop.touch()",
                IsRow: true, IsDeferrable: false, Enabled: true),
            row with { Body = "" });
        Assert.Contains("return new", row.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            [
                ("b_off", TriggerTiming.After, TriggerEvents.Delete | TriggerEvents.Truncate, false, false, false),
                ("c_late", TriggerTiming.After, TriggerEvents.Insert, true, true, true),
            ],
            (await TableAsync("item")).Triggers.Select(t => (t.Name, t.Timing, t.Events, t.IsRow, t.IsDeferrable, t.Enabled)));
    }

    [Fact]
    public async Task Rules_in_force_are_read_by_event()
    {
        Assert.Equal(
            [
                new("also_scratch", "DELETE", IsInstead: false, "CREATE RULE also_scratch AS\n    ON DELETE TO shop.scratch DO\n NOTIFY scratch;"),
                new(
                    "no_scratch", "INSERT", IsInstead: true,
                    "CREATE RULE no_scratch AS\n    ON INSERT TO shop.scratch\n   WHERE (new.n < 0) DO INSTEAD NOTHING;"),
            ],
            (await TableAsync("scratch")).Rules.ToArray());
    }

    [Fact]
    public async Task Keys_without_overlaps_are_unique_and_exclude_and_what_is_not_enforced_is_left_out()
    {
        var table = await schemas.TableAsync("postgresql18", "public", "newest");
        Assert.Equal(["id", "valid"], table.PrimaryKey!.ColumnNames);
        Assert.Equal([new("id", null, "="), new("valid", null, "&&")], Assert.Single(table.Exclusions).Elements.ToArray());
        Assert.Equal((GeneratedKind.Virtual, "price * 2"), (table["doubled"].Generated, table["doubled"].GeneratedExpression));
        Assert.Empty(table.Checks);
        Assert.True(Assert.Single((await schemas.TableAsync("postgresql18", "public", "newest_part")).ForeignKeys).IsPeriod);
    }

    Task<Table> TableAsync(string name) => schemas.TableAsync("shop", "shop", name);

    static UniqueKey KeyOf(Table table, string name) => Assert.Single(table.UniqueKeys, k => k.Name == name);
}
