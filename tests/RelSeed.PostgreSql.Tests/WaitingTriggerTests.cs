using RelSeed.Specification.Tests;

namespace RelSeed.PostgreSql.Tests;

/// <summary>Constraint triggers that wait for the commit: which rows they refuse is found out by letting them fire with each row.</summary>
public class WaitingTriggerTests(PostgreSqlFixture server)
{
    const string Ledger = """
        create table accounts (id int primary key, name text not null);
        create table journals (id int primary key, booked date not null);
        create table postings (id int primary key, journal_id int not null references journals, account_id int not null references accounts,
            amount numeric(12, 2) not null check (amount <> 0));
        """;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static string Waiting(string trigger, string table, string body) => $"""
        create function {trigger}() returns trigger language plpgsql as $$ begin {body} return null; end $$;
        create constraint trigger {trigger} after insert on {table} deferrable initially deferred for each row execute function {trigger}();
        """;

    async Task<(SeedReport Report, Func<string, Task<long>> Count)> FillAsync(string sql)
    {
        var database = await server.CreateDatabaseAsync(sql);
        await using var target = PostgreSqlTarget.Open(database.ConnectionString);
        var report = await Seeder.For(target).Rows(50).RunAsync(Cancellation);
        Assert.Equal([], report.Verification.Findings);
        return (report, async from => (long)(await database.QueryAsync($"select count(*) from {from}"))[0][0]!);
    }

    [Fact]
    public async Task Details_of_two_kinds_go_to_rows_of_their_kind_each()
    {
        // The functions read the table by EXECUTE, so only what the server says is known.
        var (report, count) = await FillAsync("""
            create table steps (id int primary key, kind text not null check (kind in ('wait', 'weigh', 'wash')));
            create table weighings (step_id int primary key references steps, grams int not null);
            create table washings (step_id int primary key references steps, litres int not null);
            """
            + Waiting("is_weigh", "weighings", "if (select kind from steps where id = new.step_id) <> 'weigh' then begin raise exception 'kind'; end; end if;")
            + Waiting("is_wash", "washings", "if (select kind from steps where id = new.step_id) <> 'wash' then begin raise exception 'kind'; end; end if;")
            + Waiting("detailed", "steps", """
            if new.kind = 'weigh' and (select count(*) from weighings where step_id = new.id) <> 1
                or new.kind = 'wash' and (select count(*) from washings where step_id = new.id) <> 1 then begin raise exception 'detail'; end; end if;
            """));
        Assert.Equal(await count("steps where kind = 'weigh'"), await count("weighings"));
        Assert.Equal(await count("steps where kind = 'wash'"), await count("washings"));
        Assert.InRange(await count("weighings"), 50, 200);
        Assert.InRange(await count("washings"), 50, 200);
        Assert.NotEqual(0, await count("steps where kind = 'wait'"));
        Assert.Equal(
            ["Rows of washings take only parents with \"kind\" = 'wash' by washings_step_id_fkey (rehearsal: trigger is_wash).",
                "Rows of weighings take only parents with \"kind\" = 'weigh' by weighings_step_id_fkey (rehearsal: trigger is_weigh)."],
            report.Plan.Warnings.Order());
    }

    [Fact]
    public async Task A_value_that_is_refused_at_the_commit_is_not_made()
    {
        var (report, count) = await FillAsync("create table visits (id int primary key, kind text not null check (kind in ('audit', 'tour', 'raid')));"
            + Waiting("no_raid", "visits", "begin if new.kind = 'raid' then raise exception 'raid'; end if; end;"));
        Assert.Equal(50, await count("visits where kind <> 'raid'"));
        Assert.Equal(["Rows of visits are made with \"kind\" <> 'raid' (rehearsal: trigger no_raid)."], report.Plan.Warnings);
    }

    [Fact]
    public async Task A_table_whose_rows_no_choice_makes_right_stays_empty_and_the_others_are_filled()
    {
        var (report, count) = await FillAsync(Ledger + Waiting("balanced", "postings",
            "if (select max(amount) - min(amount) from postings where journal_id = new.journal_id) <> 12345.67 then raise exception 'not so far apart'; end if;"));
        Assert.Equal((50L, 50L, 0L), (await count("accounts"), await count("journals"), await count("postings")));
        Assert.Equal("its trigger balanced refuses rows once all are there", report.Plan.Find(new("public", "postings"))!.RowsReason);
    }

    [Fact]
    public async Task Amounts_that_must_cancel_out_once_all_are_there_stand_in_pairs()
    {
        var (report, count) = await FillAsync(Ledger + Waiting("balanced", "postings",
            "if (select sum(amount) from postings where journal_id = new.journal_id) <> 0 then raise exception 'not balanced'; end if;"));
        Assert.Equal(50, await count("postings"));
        Assert.Equal(0, await count("(select journal_id from postings group by 1 having sum(amount) <> 0) s"));
        Assert.Equal(25, await count("postings where amount > 0"));
        Assert.Equal("in pairs, grouped by parent", report.Plan.Find(new("public", "postings"))!.References.Single(r => r.Key.Columns is ["journal_id"]).Mechanism.Describe());
    }
}
