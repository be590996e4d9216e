using System.CommandLine;
using System.Globalization;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Cli.Commands;

/// <summary>The options that make rows of a profile other than learned.</summary>
sealed class ScenarioArguments
{
    readonly Option<string[]> _shares =
        Options.Repeated("--set-share", "COLUMN=[VALUE:]SHARE",
        "With --profile: the share of rows with a value, true by default, null for NULL; the rest of the row follows. May be repeated: orders.status=paid:0.7.")
        .Checked(v => Share(v) is null ? $"--set-share takes table.column=share or table.column=value:share, a share from 0 to 1, not '{v}'" : null);

    readonly Option<string[]> _tilts =
        Options.Repeated("--tilt", "COLUMN=FACTOR",
        "With --profile: how much more frequent the greatest values of a number or date become beside the least ones; below 1 rarer. May be repeated.")
        .Checked(v => Tilt(v) is null ? $"--tilt takes table.column=factor, a number above 0, not '{v}'" : null);

    readonly Option<string[]> _weights =
        Options.Repeated("--weight", "COLUMN",
        "A real or decimal column that is to hold what a row counts for in sums that take --set-share and --tilt out again. May be repeated.");

    public IEnumerable<Option> All => [_shares, _tilts, _weights];

    public Scenario Read(ParseResult parse) => new()
    {
        Shares = (parse.GetValue(_shares) ?? []).Select(v => Share(v)!).ToEquatableArray(),
        Tilts = (parse.GetValue(_tilts) ?? []).Select(v => Tilt(v)!).ToEquatableArray(),
        Weights = (parse.GetValue(_weights) ?? []).ToEquatableArray(),
    };

    static ShareWish? Share(string text)
    {
        if (text.IndexOf('=') is not (> 0 and var equals)) return null;
        var (column, rest) = (text[..equals], text[(equals + 1)..]);
        var colon = rest.LastIndexOf(':');
        if (Number(rest[(colon + 1)..]) is not (<= 1 and var share)) return null;
        var value = colon < 0 ? "true" : rest[..colon];
        return new(column, value.Equals("null", StringComparison.OrdinalIgnoreCase) ? null : value, share);
    }

    static TiltWish? Tilt(string text) =>
        text.IndexOf('=') is > 0 and var equals && Number(text[(equals + 1)..]) is > 0 and var factor ? new(text[..equals], factor) : null;

    static double? Number(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;
}
