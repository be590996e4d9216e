using System.CommandLine;
using RelSeed.Cli.Demo;
using RelSeed.Cli.Output;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Cli.Commands;

/// <summary><c>relseed demo</c>: the whole story on SQLite, nothing installed.</summary>
sealed class DemoCommand
{
    const string DefaultFile = "relseed-demo.db";
    readonly Option<string> _output =
        new("--output", "-o") { Description = "The file to make; it is kept.", HelpName = "FILE", DefaultValueFactory = _ => DefaultFile };
    readonly Option<bool> _force = Options.Flag("--force", "Replace the file when it exists.");
    readonly FormatOption _format = new("text", "json");

    public static Command Create() => new DemoCommand().Build();

    Command Build()
    {
        var command = new Command("demo", "Makes a small web shop in SQLite, fills it with some 100,000 rows, verifies it and shows some.");
        foreach (var option in new Option[] { _output, _force, _format }) command.Options.Add(option);
        HelpExamples.AddTo(command, ("The whole story", "relseed demo"), ("Into a file of your own", "relseed demo --output /tmp/shop.db --force"));
        command.SetAction(ExecuteAsync);
        return command;
    }

    async Task<int> ExecuteAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var file = parse.GetValue(_output)!;
        MakeRoom(file, parse.GetValue(_force));
        try
        {
            var run = await RunAsync(file, _format.Read(parse), cancellationToken);
            return (int)(run.Verification.IsClean ? ExitCode.Done : ExitCode.GateFailed);
        }
        catch
        {
            // What is not filled is no demo, and would be in the way of the next try.
            Delete(file);
            throw;
        }
    }

    static async Task<SeedReport> RunAsync(string file, OutputFormat format, CancellationToken cancellationToken)
    {
        await using var target = await DemoShop.CreateAsync(file, cancellationToken);
        var schema = await target.ReadSchemaAsync(new(), cancellationToken);
        var plan = FittedPlan.Make(schema, DemoShop.Options);
        var story = format == OutputFormat.Json ? null : new DemoStory(file);
        story?.TellPlan(plan);
        var prepared = new PreparedSeed(plan, DemoShop.Options, new Dictionary<TableName, ExistingRows>());
        (plan, var rows, _) = await SeedSteps.SettleAsync(target, prepared, new LoadOptions(), rehearse: true, cancellationToken);
        var run = await SeedRun.ExecuteAsync(target, new(plan, rows, new LoadOptions()), cancellationToken);
        if (story is null) Terminal.Print(RunJson.Write(run));
        else await story.TellRunAsync(target, run, cancellationToken);
        return run;
    }

    /// <exception cref="UsageException">RS1030: the file exists; RS1031: its folder does not.</exception>
    static void MakeRoom(string file, bool force)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
            throw new UsageException("RS1031", $"The folder of {file} does not exist. Make it, or name another file with --output.");
        if (!File.Exists(file)) return;
        if (!force) throw new UsageException("RS1030", $"The file {file} exists already. Add --force to replace it, or name another with --output.");
        Delete(file);
    }

    static void Delete(string file)
    {
        foreach (var name in new[] { file, file + "-wal", file + "-shm", file + "-journal" }) File.Delete(name);
    }
}
