using Npgsql;
using RelSeed.PostgreSql.Loading.Copy;

namespace RelSeed.PostgreSql.Tests.Loading;

public class CopyStopTests(PostgreSqlFixture server)
{
    // Without a stop the trigger goes on for an hour.
    [Fact(Timeout = 120_000)]
    public async Task A_copy_that_a_trigger_holds_up_ends_when_it_is_cancelled()
    {
        await using var database = await server.CreateDatabaseAsync("""
            create table slow (id int);
            create function wait() returns trigger language plpgsql as $$ begin perform pg_sleep(3600); return new; end $$;
            create trigger wait before insert on slow for each row execute function wait();
            """);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var statement = await CopyStatement.BeginAsync(
            connection, "slow (id)", freeze: false, new BinaryRowEncoder([]), TestContext.Current.CancellationToken);
        await statement.WriteAsync(new byte[] { 0, 1, 0, 0, 0, 4, 0, 0, 0, 7 }, TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var fault = await Assert.ThrowsAsync<PostgresException>(() => statement.CompleteAsync(stop.Token));
        Assert.Equal(PostgresErrorCodes.QueryCanceled, fault.SqlState);
        await statement.AbandonAsync();
        await using var count = new NpgsqlCommand("select count(*) from slow", connection);
        Assert.Equal(0L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
