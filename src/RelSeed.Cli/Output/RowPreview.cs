using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Cli.Output;

/// <summary>The first rows of a table as they would be made.</summary>
static class RowPreview
{
    const int MostRows = 10;

    public static void Print(SeedGenerator rows, SeedPlan plan, TablePlan table, OutputFormat format)
    {
        var generator = rows[table.Table.Name];
        var batch = new RowBatch(generator);
        batch.Fill(generator.FirstNew, (int)Math.Min(MostRows, table.Rows));
        var columns = batch.Columns.Select(c => c.Name).ToList();
        var texts = Texts(batch);
        if (format == OutputFormat.Json) Terminal.Print(Json(plan.Schema.ShortName(table.Table.Name), columns, texts));
        else SampleTable.Print(Terminal.Out, columns, texts);
    }

    static List<IReadOnlyList<string?>> Texts(RowBatch batch)
    {
        var formatters = batch.Columns.Select(c => ValueFormatter.For(c.Type)).ToArray();
        return [.. Enumerable.Range(0, batch.RowCount)
            .Select(r => (IReadOnlyList<string?>)[.. batch.Columns.Select((c, i) => formatters[i].Format(c.Values, r))])];
    }

    static string Json(string table, List<string> columns, List<IReadOnlyList<string?>> rows) => JsonObject.Write(json =>
    {
        json.WriteString("table", table);
        json.WriteStrings("columns", columns);
        json.WriteStartArray("rows");
        foreach (var row in rows)
        {
            json.WriteStartArray();
            foreach (var value in row) json.WriteStringValue(value);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    });
}
