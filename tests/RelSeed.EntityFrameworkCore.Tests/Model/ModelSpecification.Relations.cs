using Microsoft.EntityFrameworkCore;
using RelSeed.EntityFrameworkCore.Tests.Models;

namespace RelSeed.EntityFrameworkCore.Tests.Model;

public abstract partial class ModelSpecification
{
    [Fact]
    public async Task Relations_of_every_kind_lead_somewhere()
    {
        await using var model = await SeedAsync(o => new SchoolContext(o));
        var students = await model.ReadAsync<Student>();
        Assert.Contains(students, s => s.Courses.Count > 1);
        Assert.Contains(students, s => s.Clubs.Count > 0);
        Assert.Contains(students, s => s.Mentor is not null && s.Mentor.Mentees.Contains(s));
        Assert.Contains(students, s => s.Mentor is null);
        Assert.Contains(students, s => s.Locker is not null);
        Assert.All(await model.ReadAsync<Lesson>(), l => Assert.True(l.Student.Number == l.StudentNumber && l.Course is not null));
        Assert.All(await model.ReadAsync<Locker>(), l => Assert.NotNull(l.Student));
        Assert.Contains(await model.ReadAsync<Key>(), k => k.Locker is not null);
        Assert.All(await model.ReadAsync<Enrolment>(), e => Assert.True(Enum.IsDefined(e.Grade)));
    }

    [Fact]
    public async Task Checks_computed_columns_and_filtered_indexes_hold_and_most_rows_pass_query_filters()
    {
        await using var model = await SeedAsync(o => new InvoiceContext(o), 300);
        var invoices = await model.ReadAsync<Invoice>();
        Assert.All(invoices, i => Assert.True(i.Gross == i.Net + i.Tax && i.Quantity is >= 1 and <= 40 && i.Number.Length <= 12));
        Assert.Equal(300, invoices.Select(i => i.Number).Distinct().Count());
        Assert.DoesNotContain(model.Plan.Tables, t => t.Table.Name.Name == "InvoiceTotals");
        await using var context = model.Open();
        Assert.InRange(await context.Set<Invoice>().CountAsync(Cancellation), 220, 295);
    }
}
