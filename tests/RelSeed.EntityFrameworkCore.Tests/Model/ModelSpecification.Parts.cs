using Microsoft.EntityFrameworkCore;
using RelSeed.EntityFrameworkCore.Tests.Models;

namespace RelSeed.EntityFrameworkCore.Tests.Model;

public abstract partial class ModelSpecification
{
    [Fact]
    public async Task Parts_of_a_row_are_there_as_a_whole_or_not_at_all()
    {
        await using var model = await SeedAsync(o => new PeopleContext(o), 120);
        var people = await model.ReadAsync<Person>();
        Assert.All(people, p => Assert.NotNull(p.Work));
        Assert.Contains(people, p => p.Home is null);
        Assert.Contains(people, p => p.Home?.Floor is null && p.Home is not null);
        Assert.All(people.Where(p => p.Home is not null), p => Assert.NotEmpty(p.Home!.Street));
        Assert.Contains(people, p => p.Contact is null);
        Assert.All(people.Where(p => p.Contact is not null), p => Assert.NotEmpty(p.Contact!.Mail));
        Assert.Contains(people, p => p.Passport is not null);
        Assert.Contains(people, p => p.Pets.Count > 0);
    }

    [Fact]
    public async Task An_entity_in_two_tables_has_a_row_in_each()
    {
        await using var model = await SeedAsync(o => new AuthorContext(o), 70);
        var authors = await model.ReadAsync<Author>();
        Assert.Equal(70, authors.Count);
        Assert.All(authors, a => Assert.NotEmpty(a.Biography));
    }

    [Fact]
    public async Task No_column_of_a_part_that_is_absent_holds_a_value()
    {
        await using var model = await SeedAsync(o => new PeopleContext(o), 120);
        var diets = await model.ReadAsync<Diet>();
        await using var context = model.Open();
        var stray = await context.Database.SqlQueryRaw<int>(
            "select count(*) as \"Value\" from \"People\" where \"Food\" is null and \"Portions\" is not null or \"Home_Street\" is null and (\"Home_Floor\" is not null or \"Home_Spot_Latitude\" is not null) or (\"Home_Spot_Latitude\" is null) <> (\"Home_Spot_Longitude\" is null)")
            .SingleAsync(Cancellation);
        Assert.Equal(0, stray);
        Assert.InRange(diets.Count, 60, 119);
        Assert.All(diets, d => Assert.NotNull(d.Person));
    }
}
