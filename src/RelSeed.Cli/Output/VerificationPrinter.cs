using System.Text.Json;
using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.Cli.Output;

/// <summary>What a verification found, as sentences or JSON.</summary>
static class VerificationPrinter
{
    public static void Print(DatabaseSchema schema, VerificationReport report, TextWriter output)
    {
        foreach (var finding in report.Findings) output.WriteLine(Sentence(schema, finding));
        foreach (var reason in report.Unchecked) output.WriteLine($"not checked: {reason}");
        output.WriteLine(Verdict(report));
    }

    public static string Json(DatabaseSchema schema, VerificationReport report) => JsonObject.Write(json =>
    {
        json.WriteBoolean("verified", report.IsClean);
        json.WriteNumber("checked", report.Checked);
        json.WriteNumber("seconds", Math.Round(report.Seconds, 3));
        WriteFindings(json, schema, report);
    });

    public static void WriteFindings(Utf8JsonWriter json, DatabaseSchema schema, VerificationReport report)
    {
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            json.WriteStartObject();
            json.WriteString("table", schema.ShortName(finding.Table));
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(finding.Kind.ToString()));
            json.WriteString("constraint", finding.Constraint);
            json.WriteNumber("rows", finding.Rows);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStrings("unchecked", report.Unchecked);
    }

    static string Verdict(VerificationReport report) => report.IsClean
        ? $"Verified: {Count(report.Checked, "constraint")} hold, checked in {report.Seconds:0.0} s."
        : $"RS4001 {Count(report.Findings.Count, "constraint")} of {report.Checked:N0} broken, as listed above. Mend the rows or empty the tables, then run 'relseed verify' again.";

    static string Sentence(DatabaseSchema schema, VerificationFinding finding)
    {
        var table = schema.ShortName(finding.Table);
        return finding.Kind switch
        {
            VerificationKind.ForeignKey => $"{table}: {Count(finding.Rows, "row")} without a parent by foreign key {finding.Constraint}",
            VerificationKind.Unique => $"{table}: {Count(finding.Rows, "row")} repeated under unique key {finding.Constraint}",
            VerificationKind.NotNull => $"{table}: {Count(finding.Rows, "row")} with NULL in {finding.Constraint}",
            VerificationKind.Check => $"{table}: {Count(finding.Rows, "row")} against check {finding.Constraint}",
            VerificationKind.Exclusion => $"{table}: {Count(finding.Rows, "row")} against exclusion {finding.Constraint}",
            _ => $"{table}: {Count(finding.Rows, "row")} missing",
        };
    }

    static string Count(long number, string noun) => number == 1 ? $"1 {noun}" : $"{number:N0} {noun}s";
}
