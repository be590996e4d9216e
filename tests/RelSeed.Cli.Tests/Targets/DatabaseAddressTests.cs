using System.Data.Common;
using FsCheck;
using FsCheck.Fluent;
using RelSeed.Cli.Targets;

namespace RelSeed.Cli.Tests.Targets;

public sealed class DatabaseAddressTests
{
    [Theory]
    [InlineData("postgresql://app@db.example:6432/shop", "username=app;port=6432;host=db.example;database=shop")]
    [InlineData("postgres://localhost/shop", "host=localhost;database=shop")]
    [InlineData("postgresql:///shop?host=/var/run/postgresql&user=app", "database=shop;host=/var/run/postgresql;username=app")]
    [InlineData("postgresql://a%40b:p%3As@[::1]:5432/my%20shop", "username=a@b;password=p:s;port=5432;host=::1;database=\"my shop\"")]
    [InlineData("postgresql://app@h/d?sslmode=verify-full&application_name=seed", "username=app;host=h;database=d;ssl mode=verifyfull;application name=seed")]
    [InlineData("postgresql://", "host=localhost")]
    public void A_PostgreSQL_URL_reads_as_libpq_reads_it(string url, string connection) =>
        Assert.Equal(connection, DatabaseAddress.Of(url, null, null).ConnectionString, ignoreCase: true);

    [Theory]
    [InlineData("sqlite:shop.db", "shop.db")]
    [InlineData("sqlite:/tmp/a b.db", "/tmp/a b.db")]
    [InlineData("sqlite:///tmp/shop.db", "/tmp/shop.db")]
    [InlineData("sqlite:a;b=c.db", "a;b=c.db")]
    public void An_SQLite_URL_names_a_file(string url, string file)
    {
        var address = DatabaseAddress.Of(url, null, null);
        Assert.Equal("sqlite", address.Provider);
        Assert.Equal(file, new DbConnectionStringBuilder { ConnectionString = address.ConnectionString }["Data Source"]);
    }

    [Fact]
    public void Any_user_and_password_survive_the_URL() => Prop.ForAll<NonEmptyString, NonEmptyString>((user, password) =>
    {
        // A lone surrogate is no text that a URL could carry.
        if (!IsText(user.Get) || !IsText(password.Get) || password.Get.StartsWith("env:", StringComparison.Ordinal)) return true;
        var url = $"postgresql://{Uri.EscapeDataString(user.Get)}:{Uri.EscapeDataString(password.Get)}@h/d";
        var read = new DbConnectionStringBuilder { ConnectionString = PostgreSqlUrl.ToConnectionString(url) };
        return (string)read["Username"] == user.Get && (string)read["Password"] == password.Get;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_password_in_a_URL_is_masked() => Prop.ForAll<NonEmptyString>(password =>
    {
        if (!IsText(password.Get)) return true;
        var escaped = Uri.EscapeDataString(password.Get);
        return Secrets.Mask($"cannot reach postgresql://app:{escaped}@h/d today") == "cannot reach postgresql://app:***@h/d today";
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("Host=h;Password=secret;Database=d", "Host=h;Password=***;Database=d")]
    [InlineData("Host=h;pwd = 'se;cret'", "Host=h;pwd=***")]
    public void A_password_in_a_connection_string_is_masked(string text, string masked) => Assert.Equal(masked, Secrets.Mask(text));

    [Fact]
    public void Secrets_may_come_from_the_environment()
    {
        Environment.SetEnvironmentVariable("RELSEED_TEST_URL", "postgresql://app:env:RELSEED_TEST_SECRET@h/d");
        Environment.SetEnvironmentVariable("RELSEED_TEST_SECRET", "s3cret");
        Assert.Contains("password=s3cret", DatabaseAddress.Of("env:RELSEED_TEST_URL", null, null).ConnectionString, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("password=s3cret", DatabaseAddress.Of(null, "npgsql", "Host=h;Password=env:RELSEED_TEST_SECRET").ConnectionString, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_address_does_not_print_its_secret() =>
        Assert.Equal("postgresql", DatabaseAddress.Of("postgresql://app:s3cret@h/d", null, null).ToString());

    static bool IsText(string text) => !text.Any(char.IsSurrogate) && !text.Contains('\0');
}
