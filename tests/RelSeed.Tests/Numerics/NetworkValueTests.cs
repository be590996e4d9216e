using RelSeed.Numerics;

namespace RelSeed.Tests.Numerics;

public class NetworkValueTests
{
    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("10.1.0.0/16")]
    [InlineData("0.0.0.0/0")]
    [InlineData("fd00:1:2::1")]
    [InlineData("fd12:3456:789a::/48")]
    [InlineData("ff00::/8")]
    [InlineData("::/0")]
    public void What_64_bits_hold_comes_back(string text) =>
        Assert.Equal(text, NetworkValue.Of(NetworkValue.Parse(text)!.Value.Pack()!.Value).Print(withPrefix: false));

    [Theory]
    [InlineData("2001:db8:1:2:3:4:5:6")]
    [InlineData("fd00::5/64")]
    public void An_address_with_more_than_its_first_48_bits_is_not_held(string text) => Assert.Null(NetworkValue.Parse(text)!.Value.Pack());

    [Theory]
    [InlineData("5")]
    [InlineData("10.1.2.3/33")]
    [InlineData("host")]
    public void What_is_no_address_is_not_read(string text) => Assert.Null(NetworkValue.Parse(text));

    [Fact]
    public void Networks_stand_as_the_server_orders_them()
    {
        string[] ordered = ["10.0.0.0/8", "10.0.0.0/16", "10.0.0.1", "10.1.0.0/16", "192.168.0.0/24", "::/0", "fd00::/8", "fd00:0:1::1", "ff00::/8"];
        Assert.Equal(ordered, ordered.Reverse().Select(t => NetworkValue.Parse(t)!.Value).Order(Comparer<NetworkValue>.Create(NetworkValue.Compare))
            .Select(n => n.Print(withPrefix: false)));
    }
}
