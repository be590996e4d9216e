using System.Text;
using RelSeed.Sqlite.Loading.Encoding;

namespace RelSeed.Sqlite.Tests.Loading;

public class Int64FormatTests
{
    const long Day = 86_400_000_000;

    [Theory, InlineData(0, "1970-01-01"), InlineData(-1, "1969-12-31"), InlineData(19_782, "2024-02-29"), InlineData(2_932_896, "9999-12-31"),
        InlineData(-719_162, "0001-01-01")]
    public void A_date_is_spelt_as_year_month_day(long days, string text) => AssertFormat<DateFormat>(text, days);

    [Theory, InlineData(0, "00:00:00"), InlineData(Day - 1, "23:59:59.999999"), InlineData(3_600_500_000, "01:00:00.5")]
    public void A_time_has_a_fraction_only_when_it_needs_one(long micros, string text)
    {
        AssertFormat<TimeFormat>(text, micros);
        AssertFormat<WithUtcOffset<TimeFormat>>(text + "+00:00", micros);
    }

    [Theory, InlineData(0, "1970-01-01 00:00:00"), InlineData(-1, "1969-12-31 23:59:59.999999"),
        InlineData((19_782 * Day) + 1_250_000, "2024-02-29 00:00:01.25")]
    public void A_timestamp_is_a_date_and_a_time(long micros, string text)
    {
        AssertFormat<TimestampFormat>(text, micros);
        AssertFormat<WithUtcOffset<TimestampFormat>>(text + "+00:00", micros);
    }

    [Theory, InlineData(0, "00:00:00"), InlineData(Day + 7_384_000_000, "26:03:04"), InlineData(-1_500_000, "-00:00:01.5"),
        InlineData(long.MinValue, "-2562047788:00:54.775808")]
    public void An_interval_is_spelt_in_hours(long micros, string text) => AssertFormat<IntervalFormat>(text, micros);

    [Theory]
    [InlineData((32L << 32) | 0xC0A80001, "192.168.0.1", "192.168.0.1/32")]
    [InlineData((16L << 32) | 0x0A010000, "10.1.0.0/16", "10.1.0.0/16")]
    [InlineData(0xFFFFFFFFL, "255.255.255.255/0", "255.255.255.255/0")]
    public void A_network_shows_its_prefix(long value, string inet, string cidr)
    {
        AssertFormat<InetFormat>(inet, value);
        AssertFormat<CidrFormat>(cidr, value);
    }

    [Fact]
    public void A_hardware_address_is_spelt_in_pairs()
    {
        AssertFormat<MacAddressFormat>("08:00:2b:01:02:03", 0x08002B010203);
        AssertFormat<MacAddress8Format>("08:00:2b:ff:fe:01:02:03", 0x08002B010203);
    }

    static void AssertFormat<TFormat>(string expected, long value) where TFormat : struct, IInt64Format
    {
        // No more room than the format asks for.
        var bytes = new byte[TFormat.MaxBytes];
        Assert.Equal(expected, Encoding.UTF8.GetString(bytes, 0, TFormat.Format(value, bytes)));
    }
}
