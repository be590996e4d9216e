using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Benchmarks;

/// <summary>The shop's plan without a server: its schema as <c>relseed inspect --format json</c> printed it.</summary>
static class ShopPlan
{
    public static SeedPlan Make(double scale)
    {
        using var stream = typeof(ShopPlan).Assembly.GetManifestResourceStream("shop.schema.json")!;
        using var reader = new StreamReader(stream);
        var schema = SchemaJson.Read(reader.ReadToEnd());
        return Planner.Plan(schema,
            new PlanOptions
            {
                RowsByTable = ShopSchema.Rows.ToDictionary(r => r.Key, r => Math.Max(1, (long)(r.Value * scale)),
            StringComparer.Ordinal)
            });
    }

    public static TableGenerator Table(string name, double scale = 1)
    {
        var plan = Make(scale);
        return SeedGenerator.Compile(plan)[plan.Tables.Single(t => t.Table.Name.Name == name).Table.Name];
    }
}
