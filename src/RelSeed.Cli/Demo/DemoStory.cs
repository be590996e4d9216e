using RelSeed.Cli.Commands;
using RelSeed.Cli.Output;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Planning.Printing;
using RelSeed.Schema;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace RelSeed.Cli.Demo;

/// <summary>Tells what the demo does while it does it.</summary>
sealed class DemoStory(string file)
{
    const int SampleRows = 4;
    const int ReasonedColumns = 2;

    public void TellPlan(SeedPlan plan)
    {
        var schema = plan.Schema;
        Head("1. Read", $"{file}: {schema.Tables.Count} tables, {schema.Tables.Sum(t => t.Columns.Count)} columns, " +
            $"{schema.Tables.Sum(t => t.ForeignKeys.Count)} foreign keys, {schema.Tables.Sum(t => t.AllKeys.Count())} keys, {schema.Tables.Sum(t => t.Checks.Count)} checks");
        Head("2. Plan",
            $"{plan.Tables.Sum(t => t.Rows):N0} rows, every one a function of seed, table, column and row number; parents first where the graph allows");
        var references = new Table { Border = TableBorder.Simple };
        foreach (var name in new[] { "table", "rows", "foreign key", "how a row finds its parent" }) references.AddColumn(name);
        references.Columns[1].RightAligned();
        foreach (var table in plan.Tables) AddReferences(references, table);
        Terminal.Out.Write(references);
        Console.Out.WriteLine("   Some columns, and why:");
        foreach (var name in DemoShop.Shown) TellColumns(plan.Tables.First(t => t.Table.Name.Name == name));
        Console.Out.WriteLine();
    }

    static void AddReferences(Table rows, TablePlan table)
    {
        if (table.References.IsEmpty) rows.AddRow(new Text(table.Table.Name.Name), new Text($"{table.Rows:N0}"), Text.Empty, Text.Empty);
        for (var r = 0; r < table.References.Count; r++)
        {
            var (reference, isFirst) = (table.References[r], r == 0);
            rows.AddRow(new Text(isFirst ? table.Table.Name.Name : ""), new Text(isFirst ? $"{table.Rows:N0}" : ""),
                new Text($"{string.Join(", ", reference.Key.Columns)} -> {reference.Key.Principal.Name}"), new Text(reference.Mechanism.Describe()));
        }
    }

    static void TellColumns(TablePlan table)
    {
        var keys = table.Table.ForeignKeys.SelectMany(k => k.Columns).ToHashSet();
        foreach (var column in table.Columns.Where(c => !keys.Contains(c.Column.Name)).Skip(1).Take(ReasonedColumns))
            Console.Out.WriteLine($"   {table.Table.Name.Name}.{column.Column.Name}: {PlanText.Describe(column)} ({column.Reason})");
    }

    public async Task TellRunAsync(SeedTarget target, SeedReport run, CancellationToken cancellationToken)
    {
        Head("3. Load and verify", "all or nothing, then every constraint checked by the database itself");
        RunSummary.Print(run);
        Head("\n4. Look", "the first rows of some tables");
        foreach (var name in DemoShop.Shown)
        {
            var table = run.Plan.Schema.Tables.First(t => t.Name.Name == name);
            Console.Out.WriteLine($"\n   {name}");
            SampleTable.Print(Terminal.Out, [.. table.Columns.Select(c => c.Name)],
                await target.ReadSampleAsync(table, SampleRows, cancellationToken));
        }
        Head("\n5. Go on", $"the database stays in {file}");
        Advise($"relseed plan sqlite:{file} --explain orders.status", "why a column holds what it holds");
        Advise($"relseed run sqlite:{file} --truncate --seed 2", "other rows of the same shape");
        Advise("relseed run postgresql://user@localhost/db --rows 1000", "a database of your own");
    }

    static void Advise(string command, string purpose) => Console.Out.WriteLine($"   {command}\n      {purpose}");

    static void Head(string title, string text) => Console.Out.WriteLine($"{title}: {text}.");
}
