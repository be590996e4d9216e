using System.CommandLine;
using RelSeed.Cli.Output;
using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.Cli.Commands;

/// <summary><c>relseed run</c>: plan, rehearse, load, verify.</summary>
sealed class RunCommand
{
    readonly DatabaseArguments _database = new();
    readonly PlanArguments _plan = new();
    readonly FormatOption _format = new("text", "json");
    readonly Option<bool> _append = Options.Flag("--append", "Tables may hold rows already: keep them and add to them.");
    readonly Option<bool> _truncate = Options.Flag("--truncate", "Empty the tables first, in the same transaction.");
    readonly Option<string?> _provenance = new("--provenance")
    {
        Description = "Mark the rows that are made in this table: table, key, seed and time; made where it is missing, never filled itself.",
        HelpName = "TABLE",
    };

    readonly Option<bool> _keepConstraints = Options.Flag("--keep-constraints", "Never drop and rebuild constraints; slower for large loads.");
    readonly Option<bool> _noRehearsal = Options.Flag("--no-rehearsal", "Do not try a few rows of every table before the load.");
    readonly Option<bool> _dryRun = Options.Flag("--dry-run", "Print the plan and write nothing.");
    readonly Option<bool> _yes = Options.Flag("--yes", "Do not ask before writing to a database on another machine.");
    readonly Option<int?> _threads = Options.Count("--threads", "Threads that make rows. Any number gives the same rows.");
    readonly Option<int?> _batchRows = Options.Count("--batch-rows", "Rows a batch. Any number gives the same rows.");

    readonly Option<string[]> _settings = Options.Repeated("--set", "name=value", "A session setting made before the load; may be repeated.")
        .Checked(v => v.IndexOf('=') > 0 ? null : $"--set takes name=value, not '{v}'");

    public static Command Create() => new RunCommand().Build();

    Command Build()
    {
        var command =
            new Command("run", "Plans, rehearses, loads and verifies. All or nothing: when it fails or is stopped, the database is as it was.");
        _threads.Aliases.Add("--parallel");
        _database.AddTo(command);
        _plan.AddTo(command);
        foreach (var option in new Option[] { _append, _truncate, _provenance, _keepConstraints,
            _threads, _batchRows, _settings, _noRehearsal, _dryRun,
            _yes, _format })
            command.Options.Add(option);
        _truncate.Validators.Add(result =>
        {
            if (!result.Implicit && result.GetResult(_append) is { Implicit: false }) result.AddError("--append and --truncate exclude each other");
        });
        HelpExamples.AddTo(command,
            ("1,000 rows in every table, 100,000 in one", "relseed run postgresql://app@localhost/shop --rows 1000 --rows orders=100000"),
            ("Beside real rows, the made ones marked", "relseed run sqlite:copy.db --append --profile shop.profile.json --provenance relseed_provenance"),
            ("Again, over what is there", "relseed run sqlite:shop.db --truncate --seed 7"),
            ("For a script", "relseed run env:DATABASE_URL --yes --format json"));
        command.SetAction(ExecuteAsync);
        return command;
    }

    async Task<int> ExecuteAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        await using var target = await _database.OpenAsync(parse, cancellationToken);
        var schema = await _database.ReadSchemaAsync(target, parse, cancellationToken);
        var partitions = _plan.PartitionsOf(schema, parse);
        schema = NewPartition.AddTo(schema, partitions);
        var (append, truncate) = (parse.GetValue(_append), parse.GetValue(_truncate));
        var prepared = await SeedSteps.PrepareAsync(target, schema, _plan.Read(parse), append, truncate, cancellationToken);
        var format = _format.Read(parse);
        if (parse.GetValue(_dryRun))
        {
            PlanCommand.Print(prepared.Plan, format);
            return (int)ExitCode.Done;
        }
        if (!parse.GetValue(_yes)) Consent.Require(target, prepared.Plan);
        var load = ReadLoadOptions(parse) with { Partitions = partitions };
        var settled = await SeedSteps.SettleAsync(target, prepared, load, !parse.GetValue(_noRehearsal), cancellationToken);
        Terminal.Warn(settled.Plan.Warnings);
        Terminal.Warn(settled.Slow.Select(s => s.Describe(schema)));
        var run = await SeedRun.ExecuteAsync(target, settled, cancellationToken);
        Terminal.Warn(run.Plan.Warnings.Except(settled.Plan.Warnings));
        if (format == OutputFormat.Json) Terminal.Print(RunJson.Write(run));
        else RunSummary.Print(run);
        return (int)(run.Verification.IsClean ? ExitCode.Done : ExitCode.GateFailed);
    }

    LoadOptions ReadLoadOptions(ParseResult parse)
    {
        var defaults = new LoadOptions();
        return defaults with
        {
            Threads = parse.GetValue(_threads) ?? defaults.Threads,
            BatchRows = parse.GetValue(_batchRows) ?? defaults.BatchRows,
            KeepConstraints = parse.GetValue(_keepConstraints),
            Truncate = parse.GetValue(_truncate),
            Provenance = parse.GetValue(_provenance),
            Settings = (parse.GetValue(_settings) ?? []).Select(s => s.Split('=', 2)).DistinctBy(p => p[0]).ToDictionary(p => p[0], p => p[1]),
        };
    }
}
