using System.ComponentModel.DataAnnotations;
using RelSeed.EntityFrameworkCore.Model;
using RelSeed.EntityFrameworkCore.Tests.Models;

namespace RelSeed.EntityFrameworkCore.Tests.Model;

public abstract partial class ModelSpecification
{
    [Fact]
    public async Task Enums_converted_values_and_simple_types_read_back()
    {
        await using var model = await SeedAsync(o => new ParcelContext(o), 200);
        var parcels = await model.ReadAsync<Parcel>();
        Assert.Equal(200, parcels.Count);
        Assert.Equal([Grade.Low, Grade.Middle, Grade.High], parcels.Select(p => p.Grade).Distinct().Order());
        Assert.Equal([Grade.Low, Grade.Middle, Grade.High], parcels.Select(p => p.Spelt).Distinct().Order());
        Assert.All(parcels, p => Assert.True(p.Fallback is null || Enum.IsDefined(p.Fallback.Value)));
        Assert.All(parcels, p => Assert.InRange((int)p.Rights, 0, 7));
        Assert.Equal(2, parcels.Select(p => p.IsOpen).Distinct().Count());
        Assert.All(parcels, p => Assert.True(p.Home.IsAbsoluteUri && p.Price.Amount > 0 && p.Price.Currency.Length > 0 && p.Words.Count > 0));
        Assert.All(parcels, p => Assert.True(p.PreviousId is null == p.Previous is null));
        Assert.Contains(parcels, p => p.Previous is not null);
    }

    [Fact]
    public async Task Rows_are_found_by_keys_and_values_as_the_program_spells_them()
    {
        await using var model = await SeedAsync(o => new ParcelContext(o));
        var parcels = await model.ReadAsync<Parcel>();
        await using var context = model.Open();
        foreach (var parcel in parcels)
            Assert.NotNull(Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.AsNoTracking(context.Set<Parcel>())
                .SingleOrDefault(p => p.Id == parcel.Id && p.Code == parcel.Code && p.At == parcel.At && p.Day == parcel.Day
                && p.Hour == parcel.Hour));
    }

    [Fact]
    public async Task What_annotations_ask_for_holds()
    {
        await using var model = await SeedAsync(o => new AccountContext(o), 300);
        foreach (var account in await model.ReadAsync<Account>())
        {
            var faults = new List<ValidationResult>();
            Assert.True(Validator.TryValidateObject(account, new(account), faults, validateAllProperties: true),
                string.Join(" ", faults.Select(f => f.ErrorMessage)));
        }
    }

    [Fact]
    public async Task A_converter_that_throws_is_told_with_its_property()
    {
        await using var store = await CreateStoreAsync();
        await using var context = new BrokenContext(store.Options);
        await context.Database.EnsureCreatedAsync(Cancellation);
        await using var target = store.Open();
        var fault = await Assert.ThrowsAsync<PlanException>(() => ModelSchema.ReadAsync(context, target, new(), Cancellation));
        Assert.Equal(
            "RS2036 The converter of the property Ticket.Code takes none of 200 values of type String (FormatException). "
            + "Correct the converter, rule what values the property takes, or leave its table out with --exclude.", fault.Message);
    }
}
