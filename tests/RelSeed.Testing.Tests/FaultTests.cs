using System.Data.Common;

namespace RelSeed.Testing.Tests;

/// <summary>What bad input gets, word for word.</summary>
public sealed class FaultTests(Servers servers)
{
    static readonly SchemaStep Schema = SchemaStep.Sql("create table a (id integer primary key)");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Options_that_cannot_be_used_are_told_all_at_once()
    {
        var options = new SeededDatabaseOptions { KeepTemplates = 0, KeepUnused = TimeSpan.Zero, Wait = TimeSpan.FromSeconds(-1) };
        var fault =
            await Assert.ThrowsAsync<UsageException>(() =>
            SeededDatabase.CreateAsync(servers.Find("sqlite file"), Schema, options: options, cancellationToken: Token));
        Assert.Equal(
            "RS1601 The options of a seeded database cannot be used: KeepTemplates is 0 and must be at least 1; KeepUnused must be above zero; Wait must not be negative.", fault.Message);
    }

    [Fact]
    public async Task A_folder_without_binaries_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No private servers on Windows.");
        var server = TestServer.PrivatePostgreSql(binaries: "/nowhere");
        var fault = await Assert.ThrowsAsync<UsageException>(() => SeededDatabase.CreateAsync(server, Schema, cancellationToken: Token));
        Assert.Equal("RS1602 There are no initdb and postgres in /nowhere. Name the folder that holds both, or none, so that they are looked for.",
            fault.Message);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_told_without_its_password()
    {
        var server = TestServer.PostgreSql("Host=127.0.0.1;Port=1;Username=me;Password=secret;Database=shop");
        var fault = await Assert.ThrowsAsync<DatabaseException>(() => SeededDatabase.CreateAsync(server, Schema, cancellationToken: Token));
        Assert.Equal(
            "RS3001 postgresql://me@127.0.0.1:1/postgres cannot be reached: nothing listens there. Check that the server runs, and host and port.",
            fault.Message);
    }

    [Theory, MemberData(nameof(Servers.Kinds), MemberType = typeof(Servers))]
    public async Task A_schema_step_that_fails_is_told_and_leaves_nothing(string kind)
    {
        var step = SchemaStep.Sql($"create table a (id integer); select {Guid.NewGuid():N} from nowhere");
        var fault = await Assert.ThrowsAsync<TemplateException>(() => SeededDatabase.CreateAsync(servers.Find(kind), step, cancellationToken: Token));
        var error = kind == "postgresql" ? "PostgresException, SQLSTATE " + ((DbException)fault.InnerException!).SqlState : "SqliteException";
        Assert.Equal(
            $"RS3503 The schema step failed while a template was made ({error}); what it made was dropped. The inner exception tells where: mend the step.", fault.Message);
        // The second try runs into the same, not into what the first left.
        Assert.Equal(fault.Message,
            (await Assert.ThrowsAsync<TemplateException>(() =>
            SeededDatabase.CreateAsync(servers.Find(kind), step, cancellationToken: Token))).Message);
    }

    [Theory, MemberData(nameof(Servers.Kinds), MemberType = typeof(Servers))]
    public async Task A_schema_step_of_code_that_throws_is_told(string kind)
    {
        var step = SchemaStep.Run((_, _) => throw new InvalidOperationException("no"), Guid.NewGuid().ToString());
        var fault = await Assert.ThrowsAsync<TemplateException>(() => SeededDatabase.CreateAsync(servers.Find(kind), step, cancellationToken: Token));
        Assert.Equal(
            "RS3503 The schema step failed while a template was made (InvalidOperationException); what it made was dropped. The inner exception tells where: mend the step.", fault.Message);
        Assert.Equal("no", fault.InnerException!.Message);
    }

    [Theory, MemberData(nameof(Servers.Kinds), MemberType = typeof(Servers))]
    public async Task A_plan_that_cannot_be_met_is_the_seeder_s_error(string kind)
    {
        var key = Guid.NewGuid().ToString();
        var fault = await Assert.ThrowsAsync<PlanException>(() => SeededDatabase.CreateAsync(
            servers.Find(kind), SchemaStep.Sql($"-- {key}\ncreate view v as select 1 as one"), cancellationToken: Token));
        Assert.Equal("RS2001", fault.Id);
    }

    [Fact]
    public async Task A_template_that_breaks_its_constraints_is_told_and_not_kept()
    {
        var step =
            SchemaStep.Sql(
            "create table a (n int); insert into a values (-1); alter table a add constraint positive check (n > 0) not valid; create table b (id int primary key)");
        for (var tries = 0; tries < 2; tries++)
        {
            var fault =
                await Assert.ThrowsAsync<TemplateException>(() => SeededDatabase.CreateAsync(Servers.PostgreSql(), step, cancellationToken: Token));
            Assert.Equal(
                "RS4002 The seeded template breaks 1 of its constraints: public.a positive (1 rows). 'relseed verify' on a database seeded the same way tells more.", fault.Message);
        }
    }
}
