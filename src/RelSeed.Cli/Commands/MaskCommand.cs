using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using RelSeed.Cli.Output;
using RelSeed.Learning;
using RelSeed.Loading;
using RelSeed.Masking;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Cli.Commands;

/// <summary><c>relseed mask</c>: replaces the values of chosen columns in place.</summary>
sealed class MaskCommand
{
    // Of each table, to recognise what is personal and to learn ranges.
    const int SampleRows = 50_000;

    readonly DatabaseArguments _database = new();
    readonly Option<bool> _personal = Options.Flag("--personal", "Mask every column that 'relseed learn' recognises as personal.");
    readonly Option<ulong?> _seed =
        Options.Parsed<ulong?>("--seed", "N", "Gives the same new values again; keep it secret. By default chosen anew and told to nobody.",
        "a whole number from 0 to 18446744073709551615",
        text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : null);

    readonly Option<string?> _locale =
        new("--locale") { Description = "Language of names, places and text: en, de, pt_BR, … Default en.", HelpName = "NAME" };
    readonly Option<bool> _dryRun = Options.Flag("--dry-run", "Print what would be masked and write nothing.");
    readonly Option<bool> _yes = Options.Flag("--yes", "Do not ask before values are replaced.");
    readonly FormatOption _format = new("text", "json");

    readonly Option<string[]> _columns =
        Options.Repeated("--column", "table.column[=MEANING]",
        "A column to mask, and what its new values are, such as email or lastName; may be repeated.")
        .Checked(v => Wish(v) is null
        ? $"--column takes table.column or table.column=meaning, not '{v}'. The meanings are email, firstName, lastName, fullName, phone, city and the others of the rules file" : null);

    public static Command Create() => new MaskCommand().Build();

    Command Build()
    {
        var command =
            new Command("mask",
            "Replaces the values of chosen columns in place, equal ones by equal ones in all tables; keys and how often each value stands stay. All or nothing.");
        _database.AddTo(command);
        foreach (var option in new Option[] { _columns, _personal, _seed, _locale, _dryRun, _yes, _format }) command.Options.Add(option);
        HelpExamples.AddTo(command,
            ("Mask two columns of a copy", "relseed mask postgresql://app@localhost/copy --column customers.email --column customers.birth_date"),
            ("Mask all that is personal", "relseed mask sqlite:copy.db --personal --yes"));
        command.SetAction(ExecuteAsync);
        return command;
    }

    async Task<int> ExecuteAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        await using var target = await _database.OpenAsync(parse, cancellationToken);
        var schema = await _database.ReadSchemaAsync(target, parse, cancellationToken);
        List<MaskWish> wishes = [.. (parse.GetValue(_columns) ?? []).Select(c => Wish(c)!)];
        var groups = MaskPlanner.Plan(schema, await LearnAsync(target, schema, MaskPlanner.Treatments(wishes), cancellationToken), wishes,
            parse.GetValue(_personal));
        var format = _format.Read(parse);
        if (parse.GetValue(_dryRun))
        {
            MaskSummary.Print(groups, format);
            return (int)ExitCode.Done;
        }
        if (!parse.GetValue(_yes)) Consent.RequireToReplace(target, groups.Sum(g => g.Columns.Count));
        var masker = new Masker(target, schema, parse.GetValue(_seed) ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)),
            parse.GetValue(_locale) ?? "en");
        var report = await masker.MaskAsync(groups, cancellationToken);
        MaskSummary.Print(report, format);
        return (int)(report.Verification.IsClean ? ExitCode.Done : ExitCode.GateFailed);
    }

    static async Task<DataProfile> LearnAsync(SeedTarget target, DatabaseSchema schema, EquatableArray<TreatmentWish> treatments,
        CancellationToken cancellationToken)
    {
        await using var reader = await target.OpenReaderAsync(new RowReaderOptions(), cancellationToken);
        var options = new LearnOptions { Now = TimeProvider.System.GetUtcNow(), SampleRows = SampleRows, Treatments = treatments };
        return await Learner.LearnAsync(reader, schema, options, new LearnLines(), cancellationToken);
    }

    static MaskWish? Wish(string text)
    {
        var equals = text.LastIndexOf('=');
        if (equals == 0) return null;
        if (equals < 0) return new(text);
        return Enum.TryParse<Meaning>(text[(equals + 1)..], ignoreCase: true, out var meaning) && Enum.IsDefined(meaning)
            && !char.IsAsciiDigit(text[equals + 1]) ? new(text[..equals], meaning) : null;
    }
}
