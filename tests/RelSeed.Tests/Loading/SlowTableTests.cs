using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.Tests.Loading;

public class SlowTableTests
{
    [Theory]
    [InlineData(2_000, 0.04, "visits takes long: by the rows tried, some 80 seconds in its triggers for 2,000 rows.")]
    [InlineData(20_000, 0.0301, "visits takes long: by the rows tried, some 10 minutes in its triggers for 20,000 rows.")]
    public void What_it_will_take_is_told(long rows, double seconds, string expected) =>
        Assert.Equal(expected, new SlowTable(new("public", "visits"), rows, seconds).Describe(
            new DatabaseSchema { Provider = "postgresql", DefaultSchema = "public", Tables = [] }));
}
