using Spectre.Console;

namespace RelSeed.Cli.Output;

/// <summary>A run as a table for a person, its totals and what the verification says.</summary>
static class RunSummary
{
    public static void Print(SeedReport run)
    {
        Terminal.Out.Write(Tables(run));
        foreach (var table in RunTable.Of(run).Where(t => t.Reason is not null))
            Console.Out.WriteLine($"{table.Name}: {table.Rows:N0} of {table.Requested:N0} rows: {table.Reason}");
        foreach (var note in run.Load.Notes) Console.Out.WriteLine($"note: {note}");
        PrintTotals(run);
    }

    public static void PrintTotals(SeedReport run)
    {
        var rebuilt = run.Load.Rebuilt switch
        {
            0 => "",
            1 => ", 1 index or constraint rebuilt",
            var count => $", {count:N0} indexes and constraints rebuilt",
        };
        Console.Out.WriteLine(
            $"Loaded {run.Load.Rows:N0} rows in {run.Load.Seconds:0.0} s, {Rate(run.Load.Rows, run.Load.Seconds)} rows/s{rebuilt}. Digest {run.Load.Digest}.");
        VerificationPrinter.Print(run.Plan.Schema, run.Verification, Console.Out);
    }

    static Table Tables(SeedReport run)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("table");
        foreach (var name in new[] { "rows", "seconds", "rows/s" }) table.AddColumn(new TableColumn(name).RightAligned());
        table.AddColumn(new TableColumn("digest") { NoWrap = true });
        foreach (var row in RunTable.Of(run))
            table.AddRow(new Text(row.Name), new Text($"{row.Rows:N0}"), new Text($"{row.Seconds:0.00}"), new Text(Rate(row.Rows, row.Seconds)),
                new Text(row.Digest));
        return table;
    }

    static string Rate(long rows, double seconds) => seconds <= 0 ? "" : $"{rows / seconds:N0}";
}
