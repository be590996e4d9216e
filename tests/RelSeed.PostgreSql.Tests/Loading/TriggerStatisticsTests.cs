namespace RelSeed.PostgreSql.Tests.Loading;

/// <summary>Triggers that look up what is loaded find the server knowing its size.</summary>
public sealed class TriggerStatisticsTests(PostgreSqlFixture server)
{
    const string Tables = """
        create table parents (id int primary key, note text);
        create table children (id int primary key, parent_id int not null references parents, known real);
        """;

    [Theory]
    [InlineData(800, "new.known := (select reltuples from pg_class where oid = 'parents'::regclass);", true)]
    [InlineData(20, "new.known := (select reltuples from pg_class where oid = 'parents'::regclass);", false)]
    [InlineData(800, "new.known := -1;", false)]
    public async Task A_table_is_counted_before_triggers_look_into_it(int rows, string body, bool isCounted)
    {
        await using var database = await server.CreateDatabaseAsync($"""
            {Tables}
            create function known() returns trigger language plpgsql as $$ begin {body} return new; end $$;
            create trigger known before insert on children for each row execute function known();
            """);
        await using var target = PostgreSqlTarget.Open(database.Url);
        await (await HandMade.ReadAsync(target))
            .Add("parents", rows, ("id", r => r + 1), ("note", r => "x"))
            .Add("children", rows, ("id", r => r + 1), ("parent_id", r => r + 1))
            .LoadAsync();
        var known = await database.QueryAsync("select distinct known from children");
        Assert.Equal(isCounted ? (float)rows : -1f, Assert.Single(known)[0]);
    }
}
