using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RelSeed.Schema;

namespace RelSeed.Planning.Printing;

/// <summary>A plan as one JSON object, for scripts: counts, references and generators with their reasons.</summary>
public static class PlanJson
{
    public static string Write(SeedPlan plan)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, plan);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Write(Utf8JsonWriter json, SeedPlan plan)
    {
        json.WriteStartObject();
        json.WriteString("provider", plan.Schema.Provider);
        json.WriteNumber("seed", plan.Seed);
        json.WriteString("asOf", plan.AsOf);
        json.WriteString("locale", plan.Locale);
        json.WriteNumber("generatorVersion", plan.GeneratorVersion);
        json.WriteNumber("rows", plan.Tables.Sum(t => t.Rows));
        json.WriteStartArray("tables");
        foreach (var table in plan.Tables) Write(json, plan.Schema, table);
        json.WriteEndArray();
        WriteList(json, "warnings", plan.Warnings);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, DatabaseSchema schema, TablePlan table)
    {
        json.WriteStartObject();
        json.WriteString("name", schema.ShortName(table.Table.Name));
        json.WriteNumber("requested", table.RequestedRows);
        json.WriteNumber("rows", table.Rows);
        json.WriteString("reason", table.RowsReason);
        json.WriteStartArray("columns");
        foreach (var column in table.Columns) Write(json, column);
        json.WriteEndArray();
        json.WriteStartArray("references");
        foreach (var reference in table.References) Write(json, schema, reference);
        json.WriteEndArray();
        WriteList(json, "backwardKeys", table.BackwardKeys);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, ColumnPlan column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Column.Name);
        json.WriteString("type", column.Column.Type.Name);
        json.WriteString("kind", Kind(column.Generator, "Spec"));
        json.WriteString("generator", column.Generator.Describe());
        json.WriteString("nulls", column.Nulls.Describe());
        json.WriteString("reason", column.Reason);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, DatabaseSchema schema, ReferencePlan reference)
    {
        json.WriteStartObject();
        json.WriteString("key", reference.Key.Name);
        WriteList(json, "columns", reference.Key.Columns);
        json.WriteString("principal", schema.ShortName(reference.Key.Principal));
        WriteList(json, "principalColumns", reference.Key.PrincipalColumns);
        json.WriteString("kind", Kind(reference.Mechanism, "Reference"));
        json.WriteString("mechanism", reference.Mechanism.Describe());
        json.WriteNumber("nullShare", reference.Mechanism.NullShare);
        json.WriteString("reason", reference.Reason);
        json.WriteEndObject();
    }

    // The record's name less its suffix: UniformSpec is "uniform", FanOutReference "fanOut".
    static string Kind(object record, string suffix)
    {
        var name = record.GetType().Name;
        if (name.EndsWith(suffix, StringComparison.Ordinal)) name = name[..^suffix.Length];
        return JsonNamingPolicy.CamelCase.ConvertName(name);
    }

    static void WriteList(Utf8JsonWriter json, string property, EquatableArray<string> values)
    {
        json.WriteStartArray(property);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
