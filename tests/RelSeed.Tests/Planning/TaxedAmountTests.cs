using System.Globalization;
using RelSeed.Generation;
using RelSeed.Planning;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Planning;

public class TaxedAmountTests
{
    [Theory]
    [InlineData("subTotal", "subTotalWithTax", "int")]
    [InlineData("unit_price_excl_tax", "unit_price_incl_tax", "numeric(12,2)")]
    [InlineData("fee", "fee_including_vat", "numeric(12,2)")]
    public void An_amount_with_tax_is_no_less_than_the_one_without(string net, string gross, string type)
    {
        var table = Table("sales", ["id int!", $"{gross} {type}!", $"{net} {type}!"], pk: ["id"]);
        var rows = new KeyRows(FittedPlan.Make(Database(table), new PlanOptions { RowsPerTable = 200 }), "sales");
        var pairs = rows[net].Zip(rows[gross]).Select(p => (Net: Number(p.First), Gross: Number(p.Second))).ToList();
        Assert.All(pairs, p => Assert.InRange(p.Gross, p.Net, (p.Net * 1.3m) + 1));
        Assert.Contains(pairs, p => p.Gross > p.Net);
    }

    static decimal Number(string? text) => decimal.Parse(text!, CultureInfo.InvariantCulture);
}
