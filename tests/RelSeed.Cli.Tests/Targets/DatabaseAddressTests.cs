using System.Data.Common;
using FsCheck;
using FsCheck.Fluent;
using RelSeed.Cli.Targets;

namespace RelSeed.Cli.Tests.Targets;

public sealed class DatabaseAddressTests
{
    [Theory]
    [InlineData("postgresql://app:p%3As@db.example:6432/shop?sslmode=require")]
    [InlineData("postgres://localhost/shop")]
    public void A_PostgreSQL_URL_is_the_providers_to_read(string url)
    {
        var address = DatabaseAddress.Of(url, null, null);
        Assert.Equal("postgresql", address.Provider);
        Assert.Equal(url, address.Connection);
    }

    [Theory]
    [InlineData("sqlite:shop.db", "shop.db")]
    [InlineData("sqlite:/tmp/a b.db", "/tmp/a b.db")]
    [InlineData("sqlite:///tmp/shop.db", "/tmp/shop.db")]
    [InlineData("sqlite:a;b=c.db", "a;b=c.db")]
    public void An_SQLite_URL_names_a_file(string url, string file)
    {
        var address = DatabaseAddress.Of(url, null, null);
        Assert.Equal("sqlite", address.Provider);
        Assert.Equal(file, new DbConnectionStringBuilder { ConnectionString = address.Connection }["Data Source"]);
    }

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
        Environment.SetEnvironmentVariable("RELSEED_TEST_SECRET", "s3 cret");
        Assert.Equal("postgresql://app:s3%20cret@h/d", DatabaseAddress.Of("env:RELSEED_TEST_URL", null, null).Connection);
        Assert.Contains("password=\"s3 cret\"", DatabaseAddress.Of(null, "npgsql", "Host=h;Password=env:RELSEED_TEST_SECRET").Connection,
            StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_address_does_not_print_its_secret() =>
        Assert.Equal("postgresql", DatabaseAddress.Of("postgresql://app:s3cret@h/d", null, null).ToString());

    static bool IsText(string text) => !text.Any(char.IsSurrogate) && !text.Contains('\0');
}
