using System.CommandLine;
using RelSeed.Cli.Output;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Planning.Printing;
using RelSeed.Schema;

namespace RelSeed.Cli.Commands;

/// <summary><c>relseed plan</c>: what would be made, in words, without writing anything.</summary>
sealed class PlanCommand
{
    readonly DatabaseArguments _database = new();
    readonly PlanArguments _plan = new();
    readonly FormatOption _format = new("text", "json", "mermaid");
    readonly Option<string?> _explain = new("--explain") { Description = "Tell everything known on one column.", HelpName = "table.column" };
    readonly Option<bool> _rehearse =
        Options.Flag("--rehearse", "Try a few rows of every table in the database first, as 'run' does, and take them back.");
    readonly Option<string?> _preview =
        new("--preview") { Description = "Show the first rows of one table as they would be made.", HelpName = "table" };

    public static Command Create() => new PlanCommand().Build();

    Command Build()
    {
        var command = new Command("plan", "Prints the plan: order, counts, a generator and a reason a column. Writes nothing that stays.");
        _database.AddTo(command);
        _plan.AddTo(command);
        foreach (var option in new Option[] { _explain, _preview, _rehearse, _format }) command.Options.Add(option);
        HelpExamples.AddTo(command,
            ("The plan in words", "relseed plan postgresql://app@localhost/shop --rows orders=100000"),
            ("Why a column gets what it gets", "relseed plan sqlite:shop.db --explain orders.status"),
            ("Rows before any is written", "relseed plan sqlite:shop.db --preview customers"));
        command.SetAction(ExecuteAsync);
        return command;
    }

    async Task<int> ExecuteAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        await using var target = await _database.OpenAsync(parse, cancellationToken);
        var schema = await _database.ReadSchemaAsync(target, parse, cancellationToken);
        var partitions = _plan.PartitionsOf(schema, parse);
        schema = NewPartition.AddTo(schema, partitions);
        // As for empty tables; rows count only where a table that is left out is referred to.
        var prepared = await SeedSteps.PrepareAsync(target, schema, _plan.Read(parse), append: false, truncate: true, cancellationToken);
        var (plan, _, existing) = prepared;
        if (parse.GetValue(_rehearse))
            (plan, _, _) = await SeedSteps.SettleAsync(target, prepared, new LoadOptions { Truncate = true, Partitions = partitions }, rehearse: true,
                cancellationToken);
        if (parse.GetValue(_explain) is { } column) Terminal.Print(Explain(plan, column));
        else if (parse.GetValue(_preview) is { } table)
            RowPreview.Print(SeedGenerator.Compile(plan, existing), plan, FindTable(plan, "--preview", table), _format.Read(parse));
        else Print(plan, _format.Read(parse));
        return (int)ExitCode.Done;
    }

    public static void Print(SeedPlan plan, OutputFormat format) => Terminal.Print(format switch
    {
        OutputFormat.Json => PlanJson.Write(plan),
        OutputFormat.Mermaid => PlanMermaid.Write(plan),
        _ => PlanText.Write(plan),
    });

    static string Explain(SeedPlan plan, string name)
    {
        var dot = name.LastIndexOf('.');
        if (dot < 0) throw new UsageException("RS1011", $"--explain takes table.column, not '{name}'. 'relseed inspect' lists the columns.");
        var table = FindTable(plan, "--explain", name[..dot]);
        for (var c = 0; c < table.Columns.Count; c++)
            if (table.Columns[c].Column.Name.Equals(name[(dot + 1)..], StringComparison.OrdinalIgnoreCase))
                return ColumnExplanation.Write(plan, table, c);
        throw new UsageException("RS1011",
            $"--explain: the table {table.Table.Name} has no column '{name[(dot + 1)..]}'; it has {string.Join(", ", table.Columns.Select(c => c.Column.Name))}.");
    }

    static TablePlan FindTable(SeedPlan plan, string option, string name)
    {
        var table = TableSelection.Find(plan.Schema, [.. plan.Schema.Tables], name, option);
        return plan.Find(table.Name) ?? throw new UsageException("RS1012",
            $"{option}: the table {table.Name} is not in the plan. Leave out the --include or --exclude that keeps it out, or name the table it is a partition of.");
    }
}
