using System.Globalization;

namespace RelSeed.Cli.Commands;

/// <summary>A value of <c>--rows</c>.</summary>
/// <param name="Table">As typed; null for every table.</param>
readonly record struct RowCount(string? Table, long Rows)
{
    /// <summary>Null when the text is neither a number nor table=number.</summary>
    public static RowCount? Parse(string text)
    {
        // The last one: a table's name may hold the sign too.
        var equals = text.LastIndexOf('=');
        if (equals == 0 || !long.TryParse(text.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var rows)) return null;
        return new(equals < 0 ? null : text[..equals], rows);
    }
}
