using Spectre.Console;

namespace RelSeed.Cli.Output;

/// <summary>Rows as a table for a person: long values cut, and columns that do not fit the width moved into a table below.</summary>
static class SampleTable
{
    const int WidestCell = 32;
    const int Frame = 3;

    public static void Print(IAnsiConsole console, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        var cells = rows.Select(r => r.Select(Cell).ToArray()).ToList();
        var widths = columns.Select((name, c) => Math.Max(name.Length, cells.Select(r => r[c].Length).DefaultIfEmpty().Max())).ToArray();
        for (var first = 0; first < columns.Count;)
        {
            var (end, width) = (first, 0);
            while (end < columns.Count && (end == first || width + widths[end] + Frame <= console.Profile.Width)) width += widths[end++] + Frame;
            var table = new Table { Border = TableBorder.Simple };
            for (var c = first; c < end; c++) table.AddColumn(new TableColumn(new Text(columns[c])) { NoWrap = true });
            foreach (var row in cells) table.AddRow(row[first..end].Select(v => new Text(v)));
            console.Write(table);
            first = end;
        }
    }

    static string Cell(string? value)
    {
        if (value is null) return "NULL";
        var line = value.ReplaceLineEndings(" ");
        return line.Length <= WidestCell ? line : line[..(WidestCell - 1)] + "…";
    }
}
