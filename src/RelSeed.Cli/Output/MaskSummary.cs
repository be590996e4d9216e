using System.Globalization;
using RelSeed.Masking;

namespace RelSeed.Cli.Output;

/// <summary>What a masking did, or would do.</summary>
static class MaskSummary
{
    public static void Print(IReadOnlyList<MaskGroup> groups, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            Terminal.Print(JsonObject.Write(json => json.WriteStrings("columns", groups.SelectMany(g => g.Columns).Select(c => c.ToString()))));
            return;
        }
        foreach (var group in groups) Terminal.Print($"{string.Join(", ", group.Columns)}: {Describe(group.Kind)}");
    }

    public static void Print(MaskReport report, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            Terminal.Print(Json(report));
            return;
        }
        foreach (var column in report.Columns)
            Terminal.Print(string.Create(CultureInfo.InvariantCulture,
                $"{column.Table}.{column.Column}: {column.Values:N0} values in {column.Rows:N0} rows, {Describe(column.Kind)}"));
        Terminal.Print(VerificationSummary(report));
    }

    static string VerificationSummary(MaskReport report) => report.Verification.IsClean
        ? $"Verified: {report.Verification.Checked} constraints hold."
        : $"{report.Verification.Findings.Count} constraints are broken; 'relseed verify' lists them.";

    static string Describe(MaskKind kind) => kind == MaskKind.Fresh ? "made anew" : "others of the same range";

    static string Json(MaskReport report) => JsonObject.Write(json =>
    {
        json.WriteStartArray("columns");
        foreach (var column in report.Columns)
        {
            json.WriteStartObject();
            json.WriteString("table", column.Table.ToString());
            json.WriteString("column", column.Column);
            json.WriteString("kind", column.Kind.ToString());
            json.WriteNumber("values", column.Values);
            json.WriteNumber("rows", column.Rows);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("checked", report.Verification.Checked);
        json.WriteNumber("broken", report.Verification.Findings.Count);
    });
}
