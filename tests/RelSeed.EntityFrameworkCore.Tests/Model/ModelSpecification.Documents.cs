using RelSeed.EntityFrameworkCore.Tests.Models;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Tests.Model;

public abstract partial class ModelSpecification
{
    [Fact]
    public async Task Documents_read_back_as_the_model_wants_them()
    {
        await using var model = await SeedAsync(o => new ProductContext(o), 150);
        var products = await model.ReadAsync<Product>();
        Assert.All(products, p => Assert.NotEmpty(p.Sheet.Title));
        Assert.All(products, p => Assert.True(Enum.IsDefined(p.Sheet.Grade) && p.Sheet.Link.IsAbsoluteUri && p.Sheet.Seal.Length > 0));
        Assert.All(products, p => Assert.Equal(TimeSpan.Zero, p.Sheet.Instant.Offset));
        Assert.Equal(3, products.Select(p => p.Sheet.Grade).Distinct().Count());
        Assert.Contains(products, p => p.Sheet.Note is null);
        Assert.Contains(products, p => p.Sheet.Origin?.Spot is not null);
        Assert.Contains(products, p => p.Sheet.Origin is null);
        Assert.Contains(products, p => p.Sheet.Mascots.Count > 1);
        Assert.Contains(products, p => p.Sheet.Marks.Count > 1);
        Assert.Contains(products, p => p.Reviews.Exists(r => r.Proofs.Count > 0));
        Assert.All(products, p => Assert.NotEmpty(p.Box.Material));
        Assert.Contains(products, p => p.Spare is null);
        Assert.Contains(products, p => p.Spare is { Sides.Count: > 0 });
        Assert.Contains(products, p => p.Sides.Count > 1);
    }

    [Fact]
    public async Task Lists_of_simple_values_read_back()
    {
        await using var model = await SeedAsync(o => new ProductContext(o), 50);
        var products = await model.ReadAsync<Product>();
        Assert.Contains(products, p => p.Tags.Count > 1 && p.Sizes.Count > 0 && p.Codes.Count > 0 && p.Days.Length > 0);
        Assert.All(products.SelectMany(p => p.Grades), g => Assert.True(Enum.IsDefined(g)));
    }

    [Fact]
    public async Task What_the_model_says_is_kept_by_the_schemas_JSON()
    {
        await using var model = await SeedAsync(o => new ProductContext(o), 5);
        Assert.Equal(model.Schema, SchemaJson.Read(SchemaJson.Write(model.Schema)));
    }
}
