using System.Globalization;
using RelSeed.Evaluation.Drift;
using RelSeed.Schema;

namespace RelSeed.Cli.Output;

/// <summary>How far a database has moved, as lines or JSON.</summary>
static class DriftPrinter
{
    public static void Print(DatabaseSchema schema, DriftReport report, TextWriter output)
    {
        foreach (var change in report.Schema) output.WriteLine(change);
        foreach (var table in report.Tables)
        {
            output.WriteLine(Text($"{schema.ShortName(table.Table)}: {table.Rows:N0} rows, about {table.Learned:N0} learned"));
            foreach (var column in report.Columns.Where(c => c.Table == table.Table)) output.WriteLine(Line(column));
            foreach (var children in report.Children.Where(c => c.Dependent == table.Table)) output.WriteLine(Line(schema, children));
        }
        output.WriteLine(Verdict(report));
    }

    static string Line(ColumnDrift column) => Text($"{Mark(column.HasDrifted)}{column.Column,-32} PSI {column.Psi,7:F3}")
        + (column.Ks is { } ks ? Text($"  KS {ks:F3}") : "          ")
        + (column.LearnedNulls > 0 || column.Nulls > 0 ? Text($"  null {column.Nulls:P1}, learned {column.LearnedNulls:P1}") : "");

    static string Line(DatabaseSchema schema, ChildrenDrift children) => Text(
        $"{Mark(children.HasDrifted)}{$"for each of {schema.ShortName(children.Principal)}",-32}              KS {children.Ks:F3}  {children.Mean:F2} rows, learned {children.LearnedMean:F2}");

    static string Mark(bool hasDrifted) => hasDrifted ? "! " : "  ";

    static string Verdict(DriftReport report)
    {
        if (!report.HasDrifted) return "The rows are as those of the profile.";
        var moved = report.Columns.Count(c => c.HasDrifted) + report.Children.Count(c => c.HasDrifted);
        return moved == 0 ? "The schema has changed since: learn again."
            : Text($"{moved:N0} distributions have moved past a threshold, marked with !: learn again.");
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static string Json(DatabaseSchema schema, DriftReport report) => JsonObject.Write(json =>
    {
        json.WriteBoolean("drifted", report.HasDrifted);
        json.WriteStrings("schema", report.Schema);
        json.WriteStartArray("tables");
        foreach (var table in report.Tables)
        {
            json.WriteStartObject();
            json.WriteString("name", schema.ShortName(table.Table));
            json.WriteNumber("rows", table.Rows);
            json.WriteNumber("learned", table.Learned);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("columns");
        foreach (var column in report.Columns)
        {
            json.WriteStartObject();
            json.WriteString("table", schema.ShortName(column.Table));
            json.WriteString("column", column.Column);
            json.WriteNumber("psi", Math.Round(column.Psi, 4));
            if (column.Ks is { } ks) json.WriteNumber("ks", Math.Round(ks, 4));
            json.WriteNumber("nulls", Math.Round(column.Nulls, 4));
            json.WriteNumber("learnedNulls", Math.Round(column.LearnedNulls, 4));
            json.WriteBoolean("drifted", column.HasDrifted);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("children");
        foreach (var children in report.Children)
        {
            json.WriteStartObject();
            json.WriteString("table", schema.ShortName(children.Dependent));
            json.WriteStrings("columns", children.Columns);
            json.WriteString("principal", schema.ShortName(children.Principal));
            json.WriteNumber("ks", Math.Round(children.Ks, 4));
            json.WriteNumber("mean", Math.Round(children.Mean, 4));
            json.WriteNumber("learnedMean", Math.Round(children.LearnedMean, 4));
            json.WriteBoolean("drifted", children.HasDrifted);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });
}
