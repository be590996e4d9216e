using Npgsql;

namespace RelSeed.Testing.Tests.PostgreSql;

public sealed class PostgreSqlRightsTests
{
    static readonly SchemaStep Schema =
        SchemaStep.Sql("create table a (id int primary key); create table b (id int primary key, a_id int references a (id))");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_right_to_create_databases_the_error_says_what_to_grant()
    {
        await using var role = await Role.CreateAsync("nocreatedb");
        var fault = await Assert.ThrowsAsync<TemplateException>(() => SeededDatabase.CreateAsync(role.Server, Schema, cancellationToken: Token));
        Assert.Equal($"RS3501 postgresql://{role.Name}@{role.Host}: this user may not create a database. "
            + "Grant it the right with ALTER ROLE … CREATEDB, or name a user that has it.", fault.Message);
    }

    [Fact]
    public async Task A_user_who_may_not_replicate_gets_fresh_copies_and_only_when_something_changed()
    {
        await using var role = await Role.CreateAsync("createdb");
        await using var seeded = await SeededDatabase.CreateAsync(role.Server, Schema, seed => seed.Rows(10), new() { Key = role.Name }, Token);
        await using var database = await seeded.CloneAsync(Token);
        Assert.Equal(ResetKind.Unchanged, (await database.ResetAsync(Token)).Kind);
        for (var round = 0; round < 2; round++)
        {
            await database.ExecuteAsync("delete from b");
            var report = await database.ResetAsync(Token);
            Assert.Equal((ResetKind.Clone, "this user may not set session_replication_role"), (report.Kind, report.Reason));
            Assert.Equal(10, await database.CountAsync("b"));
        }
        Assert.Equal(ResetKind.Unchanged, (await database.ResetAsync(Token)).Kind);
    }

    /// <summary>A role of the test's own; its disposal drops it with all its databases.</summary>
    sealed class Role : IAsyncDisposable
    {
        readonly NpgsqlDataSource _source;

        Role(string address, string name)
        {
            var builder = new NpgsqlConnectionStringBuilder(address);
            (Name, Host) = (name, $"{builder.Host}:{builder.Port}");
            _source = NpgsqlDataSource.Create(builder);
            builder.Username = name;
            builder.Password = "secret";
            Server = TestServer.PostgreSql(builder.ConnectionString);
        }

        public string Name { get; }
        public string Host { get; }
        public TestServer Server { get; }

        public static async Task<Role> CreateAsync(string right)
        {
            var role = new Role(await Servers.PostgreSql().GetAddressAsync(Token), $"relseed_user_{right}_{Guid.NewGuid():N}");
            await role.ExecuteAsync($"create role {role.Name} login password 'secret' {right}");
            return role;
        }

        public async ValueTask DisposeAsync()
        {
            await using (var databases = _source.CreateCommand($"select datname from pg_database where datdba = '{Name}'::regrole"))
            await using (var reader = await databases.ExecuteReaderAsync(CancellationToken.None))
            {
                while (await reader.ReadAsync(CancellationToken.None)) await ExecuteAsync($"drop database \"{reader.GetString(0)}\" with (force)");
            }
            await ExecuteAsync($"drop role {Name}");
            await _source.DisposeAsync();
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = _source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}
