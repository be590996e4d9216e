using System.CommandLine;
using System.Globalization;
using RelSeed.Cli.Output;
using RelSeed.Learning;
using RelSeed.Learning.Auditing;
using RelSeed.Loading;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Cli.Commands;

/// <summary><c>relseed learn</c>: reads a database once and writes what may be told of it.</summary>
sealed class LearnCommand
{
    readonly DatabaseArguments _database = new();
    readonly Option<string> _output = new("--output", "-o") { Description = "The profile to write.", HelpName = "FILE", Required = true };
    readonly Option<int?> _sample =
        Options.Count("--sample", "Rows a table that trees are learned of, at most; whole families are kept together. Default 200000.");
    readonly Option<int?> _k = Options.Count("--k", "The fewest entities that must share what is told. Default 11.");
    readonly Option<bool> _strict = Options.Flag("--strict", "Larger leaves and no catalogues told whole, for data that outsiders will see.");
    readonly Option<double?> _epsilon =
        Options.Parsed<double?>("--epsilon", "E", "Differential privacy instead of --k: what any entity may lose; 1 is strict, 8 is loose.",
        $"a number above 0 and up to {LearnOptions.MostEpsilon}",
        text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var e)
            && e is > 0 and <= LearnOptions.MostEpsilon ? e : null);

    readonly Option<string[]> _exclude = Options.Repeated("--exclude", "TABLE", "Leave this table out; * stands for any letters; may be repeated.");
    readonly Option<int?> _maxRate = Options.Count("--max-rate", "Rows a second that are read, at most.");
    readonly FormatOption _format = new("text", "json");

    readonly Option<string[]> _treat =
        Options.Repeated("--treat", "table.column=HOW", "What a column is: told, fresh, or a meaning such as email; may be repeated.")
        .Checked(v => v.IndexOf('=') is > 0 and var at && v.AsSpan(0, at).Contains('.') ? null : $"--treat takes table.column=how, not '{v}'");

    public static Command Create() => new LearnCommand().Build();

    Command Build()
    {
        var command = new Command("learn",
            "Reads a database once and writes a profile: statistics and small trees from which rows like its own are drawn. Holds no row about persons.");
        _database.AddTo(command);
        foreach (var option in new Option[] { _output, _sample, _k, _strict, _epsilon, _exclude, _treat, _maxRate, _format })
            command.Options.Add(option);
        HelpExamples.AddTo(command,
            ("Learn a database", "relseed learn postgresql://app@localhost/shop -o shop.profile.json"),
            ("For a profile that outsiders will see", "relseed learn sqlite:shop.db -o shop.profile.json --strict"),
            ("With differential privacy", "relseed learn sqlite:shop.db -o shop.profile.json --epsilon 2"));
        command.Validators.Add(result =>
        {
            foreach (var option in new Option[] { _k, _strict, _sample })
                if (result.GetResult(_epsilon) is not null && result.GetResult(option) is not null)
                    result.AddError($"{option.Name} has no meaning with --epsilon");
        });
        command.SetAction(ExecuteAsync);
        return command;
    }

    async Task<int> ExecuteAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var file = parse.GetValue(_output)!;
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
            throw new UsageException("RS1313", $"The folder of {file} does not exist. Make it, or name another file with --output.");
        await using var target = await _database.OpenAsync(parse, cancellationToken);
        var schema = await _database.ReadSchemaAsync(target, parse, cancellationToken);
        var profile = await LearnAsync(target, schema, Read(parse), parse.GetValue(_maxRate) ?? 0, cancellationToken);
        ProfileGuard.Require(profile);
        await File.WriteAllTextAsync(file, ProfileFile.Write(profile), cancellationToken);
        if (_format.Read(parse) == OutputFormat.Json) Terminal.Print(LearnSummary.Json(profile, file));
        else LearnSummary.Print(profile, file, Console.Out);
        return (int)ExitCode.Done;
    }

    LearnOptions Read(ParseResult parse)
    {
        var defaults = new LearnOptions { Now = TimeProvider.System.GetUtcNow() };
        return defaults with
        {
            SampleRows = parse.GetValue(_sample) ?? defaults.SampleRows,
            K = parse.GetValue(_k) ?? defaults.K,
            IsStrict = parse.GetValue(_strict),
            Epsilon = parse.GetValue(_epsilon),
            Exclude = (parse.GetValue(_exclude) ?? []).ToEquatableArray(),
            Treatments = (parse.GetValue(_treat) ?? []).Select(t => t.Split('=', 2)).Select(t => new TreatmentWish(t[0], t[1])).ToEquatableArray(),
        };
    }

    static async Task<DataProfile> LearnAsync(SeedTarget target, DatabaseSchema schema, LearnOptions options, int rate,
        CancellationToken cancellationToken)
    {
        await using var reader = await target.OpenReaderAsync(new RowReaderOptions { MostRowsPerSecond = rate }, cancellationToken);
        return await Learner.LearnAsync(reader, schema, options, new LearnLines(), cancellationToken);
    }
}
