using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Tests.Values;

namespace RelSeed.Tests.Planning;

/// <summary>The rows of a plan's table as text, to look at keys without the planner's own means.</summary>
sealed class KeyRows
{
    readonly Table _table;
    readonly List<string?[]> _rows = [];

    public KeyRows(SeedPlan plan, string table)
    {
        var generator = SeedGenerator.Compile(plan)[new TableName("public", table)];
        _table = plan.Find(generator.Name)!.Table;
        var frame = new RowFrame(generator);
        frame.Reset(0, (int)generator.RowCount);
        var columns = Enumerable.Range(0, _table.Columns.Count).Select(frame.Column).ToArray();
        for (var row = 0; row < frame.Count; row++) _rows.Add([.. columns.Select((c, i) => TestRows.Text(c, row, _table.Columns[i].Type))]);
    }

    public int Count => _rows.Count;

    public IEnumerable<string?> this[string column] => _rows.Select(r => r[_table.IndexOf(column)]);

    /// <summary>The combinations of some columns, rows with a null left out.</summary>
    public IEnumerable<string> Tuples(params string[] columns) => Where(_ => true, columns);

    /// <param name="takes">Told a row by its columns' names.</param>
    public IEnumerable<string> Where(Func<Func<string, string?>, bool> takes, params string[] columns) =>
        _rows.Where(r => takes(n => r[_table.IndexOf(n)])).Select(r => columns.Select(c => r[_table.IndexOf(c)]).ToArray())
            .Where(t => t.All(v => v is not null)).Select(t => string.Join('|', t));

    public static void AssertDistinct(IEnumerable<string?> values)
    {
        var all = values.ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
    }
}
