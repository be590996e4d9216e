using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Cli.Output;

/// <summary>A run as one JSON object.</summary>
static class RunJson
{
    public static string Write(SeedReport run) => JsonObject.Write(json =>
    {
        json.WriteNumber("rows", run.Load.Rows);
        json.WriteNumber("seconds", Math.Round(run.Load.Seconds, 3));
        json.WriteString("digest", run.Load.Digest);
        json.WriteBoolean("verified", run.Verification.IsClean);
        json.WriteStartArray("tables");
        foreach (var table in RunTable.Of(run))
        {
            json.WriteStartObject();
            json.WriteString("name", table.Name);
            json.WriteNumber("requested", table.Requested);
            json.WriteNumber("rows", table.Rows);
            json.WriteNumber("seconds", Math.Round(table.Seconds, 3));
            json.WriteString("digest", table.Digest);
            json.WriteString("reason", table.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("checked", run.Verification.Checked);
        VerificationPrinter.WriteFindings(json, run.Plan.Schema, run.Verification);
        json.WriteStrings("warnings", run.Plan.Warnings);
        json.WriteStrings("notes", run.Load.Notes);
    });
}

/// <summary>One table of a run, as it is told to people and scripts.</summary>
/// <param name="Reason">Why there are fewer rows than asked; else null.</param>
sealed record RunTable(string Name, long Requested, long Rows, double Seconds, string Digest, string? Reason)
{
    public static IEnumerable<RunTable> Of(SeedReport run)
    {
        var loads = run.Load.Tables.ToDictionary(t => t.Table);
        return run.Plan.Tables.Select(t => Of(run.Plan, t, loads.GetValueOrDefault(t.Table.Name)));
    }

    static RunTable Of(SeedPlan plan, TablePlan table, TableLoad? load)
    {
        var rows = load?.Rows ?? 0;
        return new(plan.Schema.ShortName(table.Table.Name), table.RequestedRows, rows, load?.Seconds ?? 0,
            load?.Digest ?? "", rows < table.RequestedRows ? table.RowsReason : null);
    }
}
