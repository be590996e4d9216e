using System.CommandLine;
using System.Globalization;
using RelSeed.Configuration;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Cli.Commands;

/// <summary>The options that shape a plan, common to <c>plan</c> and <c>run</c>.</summary>
sealed class PlanArguments
{
    readonly Option<string[]> _rows =
        Options.Repeated("--rows", "N|table=N", "Rows of every table, or of one; may be repeated. Without it, sizes follow from the graph.")
        .Checked(v => RowCount.Parse(v) is null ? $"--rows takes a whole number or table=number, not '{v}'" : null);

    readonly Option<double?> _scale = Options.Parsed<double?>("--scale", "X", "Multiplies the rows that no --rows table=N names.", "a number above 0",
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var x) && x > 0 && double.IsFinite(x) ? x : null);

    readonly Option<ulong?> _seed =
        Options.Parsed<ulong?>("--seed", "N", "Another seed gives other rows; the same one the same rows. Default 1.",
        "a whole number from 0 to 18446744073709551615",
        text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : null);

    readonly Option<DateTimeOffset?> _asOf =
        Options.Parsed<DateTimeOffset?>("--as-of", "DATE", "What \"now\" is for the rows. Default 2026-01-01, so that they are the same on any day.",
        "a date or time like 2026-01-31 or 2026-01-31T12:00:00Z",
        text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null);

    readonly Option<string?> _locale =
        new("--locale") { Description = "Language of names, places and text: en, de, pt_BR, … Default en.", HelpName = "NAME" };
    readonly Option<string[]> _include =
        Options.Repeated("--include", "TABLE", "Fill only this table and the parents it needs; * stands for any letters; may be repeated.");
    readonly Option<string[]> _exclude =
        Options.Repeated("--exclude", "TABLE", "Leave this table as it is; * stands for any letters; may be repeated.");

    readonly Option<string?> _profile =
        new("--profile") { Description = "A profile of relseed learn: rows, values and references as they were learned.", HelpName = "FILE" };
    readonly Option<string?> _rules =
        new("--rules") { Description = "A file of rules for rows, children a parent and columns' values: relseed.json.", HelpName = "FILE" };

    readonly ScenarioArguments _scenario = new();

    readonly Option<bool> _skipUnsolvable =
        Options.Flag("--skip-unsolvable", "Leave out tables whose constraints cannot be met, and what depends on them, instead of stopping.");

    readonly Option<bool> _createPartitions =
        Options.Flag("--create-partitions", "Make a partition, in the same transaction, for each partitioned table that has none.");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_rows, _scale, _seed, _asOf, _locale, _profile, .. _scenario.All, _rules, _include, _exclude,
            _skipUnsolvable, _createPartitions])
            command.Options.Add(option);
    }

    /// <summary>The partitions that the load is to make.</summary>
    public EquatableArray<NewPartition> PartitionsOf(DatabaseSchema schema, ParseResult parse) =>
        parse.GetValue(_createPartitions) ? NewPartition.For(schema) : [];

    /// <remarks>Tables are named as typed: the planner finds them, or tells the nearest.</remarks>
    public PlanOptions Read(ParseResult parse)
    {
        var counts = (parse.GetValue(_rows) ?? []).Select(v => RowCount.Parse(v)!.Value).ToList();
        var byTable = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var count in counts.Where(c => c.Table is not null)) byTable[count.Table!] = count.Rows;
        var defaults = new PlanOptions();
        return defaults with
        {
            Seed = parse.GetValue(_seed) ?? defaults.Seed,
            AsOf = parse.GetValue(_asOf) ?? defaults.AsOf,
            Locale = parse.GetValue(_locale) ?? defaults.Locale,
            Scale = parse.GetValue(_scale) ?? defaults.Scale,
            RowsPerTable = counts.Where(c => c.Table is null).Select(c => (long?)c.Rows).LastOrDefault(),
            RowsByTable = byTable,
            Profile = parse.GetValue(_profile) is { } profile ? ProfileFile.Load(profile) : null,
            Scenario = _scenario.Read(parse),
            Rules = parse.GetValue(_rules) is { } rules ? RulesFile.Read(rules) : SeedRules.None,
            Include = (parse.GetValue(_include) ?? []).ToEquatableArray(),
            SkipUnsolvable = parse.GetValue(_skipUnsolvable),
            Exclude = (parse.GetValue(_exclude) ?? []).ToEquatableArray(),
        };
    }
}
