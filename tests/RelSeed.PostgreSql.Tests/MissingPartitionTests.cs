using RelSeed.Schema;

namespace RelSeed.PostgreSql.Tests;

/// <summary>Partitioned tables without a partition, for which the run makes one.</summary>
public class MissingPartitionTests(PostgreSqlFixture server)
{
    const string Schema = """
        create table by_range (id bigint not null, at timestamptz not null, primary key (id, at)) partition by range (at);
        create table by_list (id integer not null, region text not null check (region in ('eu', 'us'))) partition by list (region);
        create table by_hash (id integer primary key) partition by hash (id);
        create table nested (id integer not null, at date not null) partition by range (at);
        create table nested_2025 partition of nested for values from ('2025-01-01') to ('2026-01-01') partition by list (id);
        create table notes (id integer primary key, range_id bigint not null, range_at timestamptz not null, foreign key (range_id, range_at) references by_range);
        """;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_gets_one_that_takes_every_row()
    {
        await using var database = await server.CreateDatabaseAsync(Schema);
        await using var target = PostgreSqlTarget.Open(database.ConnectionString);
        var report = await Seeder.For(target).Rows(60).CreatePartitions().RunAsync(Cancellation);
        Assert.True(report.Verification.IsClean);
        Assert.All(report.Plan.Tables, t => Assert.Equal((t.Table.Name, 60L), (t.Table.Name, t.Rows)));
        Assert.Equal(
            ["by_hash_default FOR VALUES WITH (modulus 1, remainder 0)", "by_list_default DEFAULT", "by_range_default DEFAULT",
                "nested_2025_default DEFAULT"],
            (await database.QueryAsync(
                "select relname || ' ' || pg_get_expr(relpartbound, oid) from pg_class where relispartition and relkind = 'r' order by 1"))
                .Select(r => (string)r[0]!));
        Assert.Contains("public.by_hash_default was made as the partition of public.by_hash that takes every row.", report.Load.Notes);
    }

    [Fact]
    public async Task None_stays_when_the_load_is_refused()
    {
        await using var database = await server.CreateDatabaseAsync(Schema + """
            create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
            create constraint trigger refuse after insert on notes deferrable initially deferred for each row execute function refuse();
            """);
        await using var target = PostgreSqlTarget.Open(database.ConnectionString);
        await Assert.ThrowsAnyAsync<RelSeedException>(() => Seeder.For(target).Rows(60).CreatePartitions().WithoutRehearsal().RunAsync(Cancellation));
        Assert.Equal(1L, (await database.QueryAsync("select count(*) from pg_class where relispartition"))[0][0]);
    }

    [Fact]
    public async Task Without_the_option_the_plan_says_how_to_get_one()
    {
        await using var database = await server.CreateDatabaseAsync(Schema);
        await using var target = PostgreSqlTarget.Open(database.ConnectionString);
        var plan = await Seeder.For(target).Rows(60).PlanAsync(Cancellation);
        Assert.All(
            new[] { "by_range", "by_list", "by_hash", "nested" },
            name => Assert.Equal((0L, "it is partitioned and has no partition yet; --create-partitions makes one"),
                (plan.Find(new("public", name))!.Rows, plan.Find(new("public", name))!.RowsReason)));
    }

    [Fact]
    public void A_name_that_is_taken_or_too_long_gives_way()
    {
        var root = new Table
        {
            Name = new("public", new string('x', 60)),
            Columns = [],
            Partitioning = new(PartitionStrategy.List, ["id"], "LIST (id)", []),
        };
        var taken = root with { Name = new("public", new string('x', 55) + "_default"), Partitioning = null };
        var made = NewPartition.For(new DatabaseSchema { Provider = "postgresql", DefaultSchema = "public", Tables = [root, taken] });
        Assert.Equal([new NewPartition(new("public", new string('x', 54) + "_default2"), root.Name, "DEFAULT")], made);
    }
}
