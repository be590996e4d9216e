using System.CommandLine;
using System.Globalization;
using RelSeed.Cli.Output;
using RelSeed.Configuration;
using RelSeed.Evaluation.Drift;
using RelSeed.Loading;
using RelSeed.Profiling;

namespace RelSeed.Cli.Commands;

/// <summary><c>relseed drift</c>: how far a database has moved from a profile.</summary>
sealed class DriftCommand
{
    readonly DatabaseArguments _database = new();
    readonly Option<string> _profile = new("--profile") { Description = "The profile to compare with.", HelpName = "FILE", Required = true };
    readonly Option<string?> _rules =
        new("--rules") { Description = "A file of rules that says what tables and columns were called: \"was\".", HelpName = "FILE" };
    readonly Option<double?> _psi = Threshold("--max-psi", "The largest population stability index of a column that is no drift. Default 0.25.");
    readonly Option<double?> _ks =
        Threshold("--max-ks", "The largest Kolmogorov-Smirnov distance that is no drift, of numbers, dates and numbers of children. Default 0.2.");
    readonly Option<int?> _sample =
        Options.Count("--sample", "Rows a table that are compared, at most; whole families are kept together. Default 200000.");
    readonly FormatOption _format = new("text", "json");

    static Option<double?> Threshold(string name, string description) => Options.Parsed<double?>(name, "X", description, "a number of at least 0",
        text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var x) ? x : null);

    public static Command Create() => new DriftCommand().Build();

    Command Build()
    {
        var command =
            new Command("drift",
            "Tells how far a database's rows have moved from those a profile was learned of, by column and by numbers of children. Exit code 1 past a threshold, or when tables or columns have changed: learn again.");
        _database.AddTo(command);
        foreach (var option in new Option[] { _profile, _rules, _psi, _ks, _sample, _format }) command.Options.Add(option);
        HelpExamples.AddTo(command,
            ("Whether to learn again", "relseed drift postgresql://app@localhost/shop --profile shop.profile.json"),
            ("A stricter gate for a build", "relseed drift sqlite:shop.db --profile shop.profile.json --max-psi 0.1 --format json"));
        command.SetAction(ExecuteAsync);
        return command;
    }

    async Task<int> ExecuteAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var profile = ProfileFile.Load(parse.GetValue(_profile)!);
        await using var target = await _database.OpenAsync(parse, cancellationToken);
        var schema = await _database.ReadSchemaAsync(target, parse, cancellationToken);
        await using var reader = await target.OpenReaderAsync(new RowReaderOptions(), cancellationToken);
        var report = await DriftDetector.CompareAsync(profile, reader, schema, Read(parse), new LearnLines(), cancellationToken);
        if (_format.Read(parse) == OutputFormat.Json) Terminal.Print(DriftPrinter.Json(schema, report));
        else DriftPrinter.Print(schema, report, Console.Out);
        return (int)(report.HasDrifted ? ExitCode.GateFailed : ExitCode.Done);
    }

    DriftOptions Read(ParseResult parse)
    {
        var defaults = new DriftOptions();
        return new DriftOptions
        {
            MostPsi = parse.GetValue(_psi) ?? defaults.MostPsi,
            MostKs = parse.GetValue(_ks) ?? defaults.MostKs,
            SampleRows = parse.GetValue(_sample) ?? defaults.SampleRows,
            Rules = parse.GetValue(_rules) is { } rules ? RulesFile.Read(rules) : SeedRules.None,
        };
    }
}
