using RelSeed.Profiling;

namespace RelSeed.Cli.Output;

/// <summary>What was learned, and what is not told and why.</summary>
static class LearnSummary
{
    public static void Print(DataProfile profile, string file, TextWriter output)
    {
        foreach (var table in profile.Tables)
        {
            output.WriteLine(
                $"{table.Name.Name}: about {table.Rows:N0} rows, {table.Steps.Count} steps, {table.Columns.Count(c => c.Treatment == ColumnTreatment.Told)} columns told{HowTold(table)}");
            foreach (var column in table.Columns.Where(c => c.Treatment == ColumnTreatment.Fresh))
                output.WriteLine($"  {column.Name}: made anew, {column.Reason}");
        }
        if (profile.Tables.Where(t => t.IsToldWhole).Select(t => t.Name.Name).ToList() is { Count: > 0 } whole)
            output.WriteLine(
                $"Told whole, since small and about no person: {string.Join(", ", whole)}. --strict tells none so; --treat table.column=fresh makes a column anew.");
        if (profile.Tables.Where(t => t.IsToldByRow).Select(t => t.Name.Name).ToList() is { Count: > 0 } byRow)
            output.WriteLine(
                $"Told row by row, since others refer to what they list and it is about no person: {string.Join(", ", byRow)}. --strict tells none so; --exclude TABLE leaves one out.");
        output.WriteLine(profile.Origin.Loss is { } loss
            ? $"Wrote {file}. It is differentially private: epsilon {loss.Epsilon}, delta {loss.Delta}, of every entity; its ledger lists {loss.Ledger.Count:N0} measurements. 'relseed audit {file}' checks it."
            : $"Wrote {file}. It tells what at least {profile.Origin.K} entities share; it is not differentially private. 'relseed audit {file}' checks it.");
    }

    static string HowTold(TableProfile table) => table.IsToldWhole ? ", whole" : table.K > 0 ? $", of {table.K} rows or more" : "";

    public static string Json(DataProfile profile, string file) => JsonObject.Write(json =>
    {
        json.WriteString("file", file);
        json.WriteString("digest", ProfileFile.DigestOf(profile));
        json.WriteStartArray("tables");
        foreach (var table in profile.Tables)
        {
            json.WriteStartObject();
            json.WriteString("name", table.Name.ToString());
            json.WriteNumber("rows", table.Rows);
            if (table.K > 0) json.WriteNumber("k", table.K);
            if (table.IsToldWhole) json.WriteBoolean("isToldWhole", true);
            if (table.IsToldByRow) json.WriteBoolean("isToldByRow", true);
            json.WriteStartArray("columns");
            foreach (var column in table.Columns)
            {
                json.WriteStartObject();
                json.WriteString("name", column.Name);
                json.WriteString("treatment", column.Treatment.ToString().ToLowerInvariant());
                if (column.Reason is { } reason) json.WriteString("reason", reason);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });
}
