using System.Data;
using System.Diagnostics;
using Npgsql;
using RelSeed.PostgreSql.Schema;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Tests.Schema;

public sealed class SchemaReaderTests(PostgreSqlFixture server)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sessions_settings_stand_again_after_reading()
    {
        await using var database = await server.CreateDatabaseAsync(ReadSchemas.Sql("shop"));
        await using var connection = await database.OpenAsync();
        await ExecuteAsync(connection, "set search_path = shop, public; set datestyle = 'German'");
        var schema = await PostgreSqlSchemaReader.ReadAsync(connection, new(), Cancellation);
        Assert.Equal("shop", schema.DefaultSchema);
        Assert.Equal("shop, public", await ScalarAsync(connection, "show search_path"));
        Assert.Equal("German, DMY", await ScalarAsync(connection, "show datestyle"));
    }

    [Fact]
    public async Task Settings_and_search_path_make_no_difference_to_what_is_read()
    {
        await using var database = await server.CreateDatabaseAsync(ReadSchemas.Sql("types"));
        await using var connection = await database.OpenAsync();
        var plain = await PostgreSqlSchemaReader.ReadAsync(connection, new(), Cancellation);
        await ExecuteAsync(
            connection,
            "set search_path = public, clinic; set datestyle = 'SQL, DMY'; set timezone = 'Asia/Tokyo'; set bytea_output = 'escape'; " +
            "set quote_all_identifiers = on; set intervalstyle = 'iso_8601'");
        Assert.Equal(plain, await PostgreSqlSchemaReader.ReadAsync(connection, new(), Cancellation));
    }

    [Fact]
    public async Task Inside_a_transaction_it_sees_what_that_sees_and_leaves_it_usable()
    {
        await using var database = await server.CreateDatabaseAsync();
        await using var connection = await database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await ExecuteAsync(connection, "set local search_path = public; create table fresh (id integer)");
        var schema = await PostgreSqlSchemaReader.ReadAsync(connection, new(), Cancellation);
        Assert.Equal("fresh", Assert.Single(schema.Tables).Name.Name);
        Assert.Equal("public", await ScalarAsync(connection, "show search_path"));
        await ExecuteAsync(connection, "insert into fresh values (1)");
        await transaction.CommitAsync(Cancellation);
    }

    [Fact]
    public async Task Only_the_schemas_asked_for_are_read()
    {
        await using var database =
            await server.CreateDatabaseAsync("create schema a; create table a.t (); create schema \"B\"; create table \"B\".t (); create table t ()");
        await using var connection = await database.OpenAsync();
        var schema = await PostgreSqlSchemaReader.ReadAsync(connection, new() { Schemas = ["B", "a"] }, Cancellation);
        Assert.Equal(["B.t", "a.t"], schema.Tables.Select(t => t.Name.ToString()));
    }

    [Fact]
    public async Task A_schema_that_is_not_there_is_an_error_that_names_those_that_are()
    {
        await using var database = await server.CreateDatabaseAsync("create schema shop");
        await using var connection = await database.OpenAsync();
        var fault = await Assert.ThrowsAsync<UsageException>(
            () => PostgreSqlSchemaReader.ReadAsync(connection, new() { Schemas = ["shop", "Shop"] }, Cancellation));
        Assert.Equal(
            "RS1102 Schema Shop is not in this database, or this user has no USAGE right on it. Schemas here: public, shop. " +
            "Name one of these with --schema, as the catalog spells it, or grant the right.",
            fault.Message);
        Assert.Equal(ConnectionState.Open, connection.State);
        Assert.Equal("1", await ScalarAsync(connection, "select 1::text"));
    }

    [Fact]
    public async Task A_user_sees_the_schemas_and_rights_that_were_granted()
    {
        await using var database = await server.CreateDatabaseAsync(
            """
            create schema seen; create schema unseen; create table unseen.t ();
            create table seen.owned (id integer); create table seen.granted (id integer); create table seen.bare (id integer);
            alter table seen.granted enable row level security;
            """);
        var role = $"{database.Name}_user";
        await database.ExecuteAsync(
            $"create role {role}; grant usage on schema seen to {role}; alter table seen.owned owner to {role}; grant select, insert on seen.granted to {role}");
        await using var connection = await database.OpenAsync();
        try
        {
            await ExecuteAsync(connection, $"set role {role}");
            var schema = await PostgreSqlSchemaReader.ReadAsync(connection, new(), Cancellation);
            Assert.False(schema.IsSuperuser);
            Assert.Equal(
                [
                    ("bare", TableRights.None, false),
                    ("granted", TableRights.Select | TableRights.Insert, true),
                    ("owned", TableRights.All, false),
                ],
                schema.Tables.Select(t => (t.Name.Name, t.Rights, t.RowSecurity)));
            Assert.Equal(schema, SchemaJson.Read(SchemaJson.Write(schema)));
        }
        finally
        {
            await ExecuteAsync(connection, $"reset role; drop owned by {role}; drop role {role}");
        }
    }

    [Fact]
    public async Task Estimates_are_unknown_until_the_table_is_analysed()
    {
        await using var database =
            await server.CreateDatabaseAsync("create table counted as select from generate_series(1, 1234); create table fresh (id integer)");
        await database.ExecuteAsync("analyze counted");
        await using var connection = await database.OpenAsync();
        var schema = await PostgreSqlSchemaReader.ReadAsync(connection, new(), Cancellation);
        Assert.Equal([1234, -1], schema.Tables.Select(t => t.EstimatedRows));
    }

    [Fact]
    public async Task An_empty_database_is_a_schema_without_tables()
    {
        await using var database = await server.CreateDatabaseAsync();
        await using var connection = await database.OpenAsync();
        Assert.Empty((await PostgreSqlSchemaReader.ReadAsync(connection, new(), Cancellation)).Tables);
    }

    [Fact]
    public async Task The_number_of_queries_does_not_depend_on_the_number_of_tables()
    {
        var few = await CountQueriesAsync(tables: 1);
        Assert.InRange(few, 1, 20);
        Assert.Equal(few, await CountQueriesAsync(tables: 500));
    }

    async Task<int> CountQueriesAsync(int tables)
    {
        await using var database = await server.CreateDatabaseAsync(
            $"""
            do $$ begin for n in 1..{tables} loop
              execute format('create table t%s (id serial primary key, parent int references t%s, code text unique check (code <> %L))', n, greatest(n - 1, 1), '');
            end loop; end $$
            """);
        await using var connection = await database.OpenAsync();
        var queries = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                // Other tests' commands end here too, on their own threads.
                if (activity.TagObjects.Any(tag => tag.Value is string text && text == database.Name)) Interlocked.Increment(ref queries);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var schema = await PostgreSqlSchemaReader.ReadAsync(connection, new(), Cancellation);
        Assert.Equal(tables, schema.Tables.Count);
        return queries;
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    static async Task<string?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (string?)await command.ExecuteScalarAsync(Cancellation);
    }
}
