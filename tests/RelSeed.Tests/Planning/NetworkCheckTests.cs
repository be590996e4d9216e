using RelSeed.Generation;
using RelSeed.Numerics;
using RelSeed.Planning;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

public class NetworkCheckTests
{
    [Theory]
    [InlineData("inet", "family(address) = 6", "fd00::/8")]
    [InlineData("cidr", "family(address::inet) = 6", "fd00::/8")]
    [InlineData("inet", "family(address) = 4", "10.0.0.0/8")]
    [InlineData("inet", "address << '192.168.0.0/16'::inet", "192.168.0.0/16")]
    [InlineData("inet", "(family(address) = 6) AND (address << 'ff04::/16'::inet)", "ff04::/16")]
    [InlineData("inet", "((family(address) = 4 AND address << '224.0.0.0/4'::inet) OR (family(address) = 6 AND address << 'ff00::/8'::inet)) AND NOT (address << '224.0.0.0/24'::inet)",
        "224.0.0.0/4")]
    public void Addresses_lie_where_the_check_wants_them(string type, string check, string network)
    {
        foreach (var isUnique in (bool[])[false, true])
        {
            var table = Table("hosts", ["id int!", $"address {type}!"], pk: ["id"], unique: isUnique ? [["address"]] : [], checks: [check]);
            var made = new KeyRows(FittedPlan.Make(Database(table), new PlanOptions { RowsPerTable = 500 }), "hosts")["address"].ToList();
            var wanted = NetworkValue.Parse(network)!.Value;
            Assert.Equal(500, made.Count);
            Assert.All(made, a => Assert.True(wanted.Covers(NetworkValue.Parse(a!)!.Value), a));
            Assert.True(made.Distinct().Count() > (isUnique ? 499 : 100));
        }
    }

    [Theory]
    [InlineData("macaddr", ":00:00:00")]
    [InlineData("macaddr8", ":00:00:00:00:00")]
    public void Hardware_addresses_are_the_vendors_part_where_the_check_wants_it(string type, string end)
    {
        var table = Table("vendors", [$"prefix {type}!", $"other {type}"], pk: ["prefix"], checks: ["prefix = trunc(prefix)"]);
        var made = new KeyRows(FittedPlan.Make(Database(table), new PlanOptions { RowsPerTable = 500 }), "vendors");
        Assert.Equal(500, made["prefix"].Distinct().Count());
        Assert.All(made["prefix"], p => Assert.EndsWith(end, p, StringComparison.Ordinal));
        Assert.Contains(made["other"], o => o?.EndsWith(end, StringComparison.Ordinal) == false);
    }
}
