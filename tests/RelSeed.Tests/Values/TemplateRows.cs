using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Tests.Values;

static class TemplateRows
{
    /// <summary>A domain's first texts, in the order of the index.</summary>
    public static string[] Read(TextDomain domain, int count)
    {
        var type = TestTypes.Type("text");
        var frame =
            new RowFrame(new TableGenerator
            {
                Name = new TableName("", "t"),
                RowCount = count,
                Columns = [new GeneratedColumn("c", type)],
                Written = [0]
            });
        frame.Reset(0, count);
        var target = ColumnVector.Create(type);
        target.Reset(count);
        ValueGenerators.CreateDomain(domain, type, 1, new ValueContext(1, "t"))
            .Fill([.. Enumerable.Range(0, count).Select(i => (long)i)], frame, target);
        return [.. Enumerable.Range(0, count).Select(i => TestRows.Text(target, i, type)!)];
    }
}
