using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RelSeed.Schema;

namespace RelSeed.Profiling.Files;

/// <summary>Writes a profile as JSON in which a tree's node is a line, so that differences read well.</summary>
sealed class ProfileWriter : IDisposable
{
    readonly ArrayBufferWriter<byte> _buffer = new();
    readonly Utf8JsonWriter _json;

    ProfileWriter() =>
        _json = new Utf8JsonWriter(_buffer,
            new() { Indented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" });

    public void Dispose() => _json.Dispose();

    /// <param name="digest">Null leaves it out.</param>
    public static ReadOnlyMemory<byte> Write(DataProfile profile, string? digest)
    {
        using var writer = new ProfileWriter();
        writer.Document(profile, digest);
        writer._json.Flush();
        return writer._buffer.WrittenMemory;
    }

    /// <summary>Bytes that a table takes.</summary>
    public static int Measure(TableProfile table)
    {
        using var writer = new ProfileWriter();
        writer.Table(table);
        writer._json.Flush();
        return writer._buffer.WrittenCount;
    }

    void Document(DataProfile profile, string? digest)
    {
        _json.WriteStartObject();
        _json.WriteNumber("format", profile.Format);
        if (digest is not null) _json.WriteString("digest", digest);
        Origin(profile.Origin);
        Array("tables", profile.Tables, Table);
        _json.WriteEndObject();
    }

    void Origin(ProfileOrigin origin)
    {
        _json.WriteStartObject("origin");
        _json.WriteString("version", origin.Version);
        _json.WriteString("provider", origin.Provider);
        _json.WriteString("schemaDigest", origin.SchemaDigest);
        _json.WriteString("learnedAt", origin.LearnedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture));
        _json.WriteNumber("k", origin.K);
        _json.WriteNumber("leafRows", origin.LeafRows);
        _json.WriteNumber("leafEntities", origin.LeafEntities);
        _json.WriteNumber("sampleRows", origin.SampleRows);
        if (origin.Loss is { } loss) Loss(loss);
        _json.WriteEndObject();
    }

    void Loss(PrivacyLoss loss)
    {
        _json.WriteStartObject("loss");
        _json.WriteNumber("epsilon", loss.Epsilon);
        _json.WriteNumber("delta", loss.Delta);
        Array("ledger", loss.Ledger, charge =>
        {
            _json.WriteStartObject();
            Name("family", charge.Family);
            Name("table", charge.Table);
            _json.WriteString("what", charge.What);
            _json.WriteNumber("rho", charge.Rho);
            _json.WriteEndObject();
        });
        _json.WriteEndObject();
    }

    void Table(TableProfile table)
    {
        _json.WriteStartObject();
        Name("name", table.Name);
        _json.WriteNumber("rows", table.Rows);
        if (table.LeafRows > 0) _json.WriteNumber("leafRows", table.LeafRows);
        if (table.K > 0) _json.WriteNumber("k", table.K);
        if (table.IsToldWhole) _json.WriteBoolean("isToldWhole", true);
        Array("columns", table.Columns, Column);
        if (!table.References.IsEmpty) Array("references", table.References, Reference);
        if (table.Driving >= 0) _json.WriteNumber("driving", table.Driving);
        if (!table.Steps.IsEmpty) Array("steps", table.Steps, Step);
        if (!table.Rules.IsEmpty) Array("rules", table.Rules, Rule);
        _json.WriteEndObject();
    }

    void Column(ColumnProfile column)
    {
        _json.WriteStartObject();
        _json.WriteString("name", column.Name);
        _json.WriteString("kind", Word(column.Kind.ToString()));
        if (column.NullShare != 0) _json.WriteNumber("nullShare", column.NullShare);
        _json.WriteString("treatment", Word(column.Treatment.ToString()));
        if (column.Reason is not null) _json.WriteString("reason", column.Reason);
        if (column.IsDistinct) _json.WriteBoolean("isDistinct", true);
        if (column.Latest is { } latest) _json.WriteNumber("latest", latest);
        if (column.Form is not null) _json.WriteString("form", column.Form);
        if (column.Codes != Codebook.Fresh) Codes("codes", column.Codes);
        if (!column.Lengths.IsEmpty) Raw("lengths", $"[{string.Join(",", column.Lengths)}]");
        if (!column.Shapes.IsEmpty) Raw("shapes", $"[{string.Join(",", column.Shapes.Select(s => $"[{Quoted(s.Form)},{Number(s.Share)}]"))}]");
        _json.WriteEndObject();
    }

    void Codes(string name, Codebook book)
    {
        _json.WriteStartObject(name);
        if (book.IsOrdinal) _json.WriteNumber("unit", book.Unit);
        Raw(book.IsOrdinal ? "ordinal" : "names", $"[{string.Join(",", book.Codes.Select(Text))}]");
        if (!book.Weekdays.IsEmpty) Raw("weekdays", $"[{string.Join(",", book.Weekdays.Select(Number))}]");
        if (!book.Hours.IsEmpty) Raw("hours", $"[{string.Join(",", book.Hours.Select(Number))}]");
        _json.WriteEndObject();
    }

    static string Text(Code code) => code switch
    {
        ValueCode v => Quoted(v.Value),
        NumberCode n => Number(n.Value),
        RangeCode { Tail: 0 } r => $"[{Number(r.Low)},{Number(r.High)}]",
        RangeCode r => $"[{Number(r.Low)},{Number(r.High)},{r.Tail}]",
        OtherCode o => $"{{\"other\":{o.Distinct}}}",
        _ => throw new InvalidOperationException(),
    };

    void Reference(ReferenceProfile reference)
    {
        _json.WriteStartObject();
        Raw("columns", $"[{string.Join(",", reference.Columns.Select(Quoted))}]");
        Name("principal", reference.Principal);
        if (reference.NullShare != 0) _json.WriteNumber("nullShare", reference.NullShare);
        if (!reference.Attributes.IsEmpty) Raw("attributes", $"[{string.Join(",", reference.Attributes)}]");
        if (!reference.Follows.IsEmpty) Raw("follows", $"[{string.Join(",", reference.Follows)}]");
        if (!reference.Within.IsEmpty) Raw("within", $"[{string.Join(",", reference.Within)}]");
        if (!reference.Bounds.IsEmpty)
            Raw("bounds", $"[{string.Join(",", reference.Bounds.Select(b => $"[{b.Step},{b.Driving},\"{(b.IsLeast ? "least" : "most")}\"]"))}]");
        if (!reference.Parents.IsEmpty) Raw("parents", $"[{string.Join(",", reference.Parents)}]");
        if (reference.Children is { } children)
        {
            _json.WriteStartObject("children");
            Codes("codes", children.Codes);
            if (children.None is { } none) Tree("none", none);
            Tree("tree", children.Tree);
            if (children.Map is { } map) Map(map);
            if (!children.Told.IsEmpty) Raw("told", $"[{string.Join(",", children.Told)}]");
            _json.WriteEndObject();
        }
        _json.WriteEndObject();
    }

    void Step(StepProfile step)
    {
        _json.WriteStartObject();
        _json.WriteString("kind", Word(step.Kind.ToString()));
        if (step.Target >= 0) _json.WriteNumber("target", step.Target);
        if (step.Reference >= 0) _json.WriteNumber("reference", step.Reference);
        if (step.Kinds > 0) _json.WriteNumber("kinds", step.Kinds);
        Model("first", step.First);
        if (step.Next is { } next) Model("next", next);
        if (!step.Agreements.IsEmpty) Array("agreements", step.Agreements, Agreement);
        if (!step.Bounds.IsEmpty)
            Raw("bounds", $"[{string.Join(",", step.Bounds.Select(b => $"[{Text(b.Feature)},{(b.IsLeast ? "\"least\"" : "\"most\"")}]"))}]");
        if (!step.Told.IsEmpty) Raw("told", $"[{string.Join(",", step.Told.Select(v => double.IsNaN(v) ? "null" : Number(v)))}]");
        _json.WriteEndObject();
    }

    void Agreement(Agreement agreement)
    {
        _json.WriteStartObject();
        Raw("feature", Text(agreement.Feature));
        Raw("codes", $"[{string.Join(",", agreement.Codes.Select(c => $"[{string.Join(",", c)}]"))}]");
        if (!agreement.Free.IsEmpty) Raw("free", $"[{string.Join(",", agreement.Free.Select(Number))}]");
        _json.WriteEndObject();
    }

    void Model(string name, ValueModel model)
    {
        _json.WriteStartObject(name);
        if (model.Base != BaseKind.None) _json.WriteString("base", Word(model.Base.ToString()));
        if (model.BaseStep >= 0) _json.WriteNumber("baseStep", model.BaseStep);
        if (model.IsFactor) _json.WriteBoolean("factor", true);
        if (model.Since is { } since) Raw("since", Number(since));
        if (model.Stride > 0) Raw("stride", Number(model.Stride));
        if (!model.Terms.IsEmpty) Raw("terms", $"[{string.Join(",", model.Terms.Select(Text))}]");
        if (model.Differences is { } differences) Codes("differences", differences);
        if (!model.Fallback.IsEmpty) Raw("fallback", $"[{string.Join(",", model.Fallback.Select(Number))}]");
        if (model.Otherwise is { } otherwise) Model("otherwise", otherwise);
        if (model.HasSame) _json.WriteBoolean("hasSame", true);
        if (model.SameWithin >= 0) _json.WriteNumber("sameWithin", model.SameWithin);
        if (model.IsSpread) _json.WriteBoolean("spread", true);
        if (model.Map is { } map) Map(map);
        if (model.Nulls is { } nulls) Tree("nulls", nulls);
        if (model.Values is { } values) Tree("values", values);
        _json.WriteEndObject();
    }

    void Map(CodeMap map)
    {
        _json.WriteStartObject("map");
        _json.WriteNumber("step", map.Step);
        Raw("codes", $"[{string.Join(",", map.Codes)}]");
        _json.WriteEndObject();
    }

    void Tree(string name, TreeModel tree)
    {
        _json.WriteStartObject(name);
        if (!tree.Features.IsEmpty) Raw("features", $"[{string.Join(",", tree.Features.Select(Text))}]");
        _json.WriteStartArray("nodes");
        foreach (var node in tree.Nodes) _json.WriteRawValue(Text(node), skipInputValidation: true);
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    static string Text(BaseTerm term) => term.Times < 0 ? $"[{term.Step},{Number(term.Weight)}]" : $"[{term.Step},{Number(term.Weight)},{term.Times}]";

    static string Text(Feature feature)
    {
        var text = new StringBuilder($"[\"{Word(feature.Kind.ToString())}\"");
        if (feature.Reference >= 0) text.Append(CultureInfo.InvariantCulture, $",{feature.Reference}");
        if (feature.Step >= 0) text.Append(CultureInfo.InvariantCulture, $",{feature.Step}");
        if (feature.Table is { } table) text.Append(CultureInfo.InvariantCulture, $",{Quoted(table.Schema)},{Quoted(table.Name)}");
        return text.Append(']').ToString();
    }

    static string Text(TreeNode node)
    {
        var shares = string.Join(",",
            node.Shares.Select(s => s.First == s.Last ? $"{s.First},{Number(s.Weight)}" : $"[{s.First},{s.Last}],{Number(s.Weight)}"));
        var tail = node.Rest > 0 ? $"[{shares}],{Number(node.Rest)}]" : $"[{shares}]]";
        if (node.Feature < 0) return $"[{tail}";
        var question = node.Below > 0 ? Number(node.Below) : $"[{string.Join(",", node.LeftCodes)}]";
        return $"[{node.Feature},{question},{node.Left},{node.Right},{tail}";
    }

    void Rule(RuleProfile rule)
    {
        _json.WriteStartObject();
        _json.WriteString("kind", Word(rule.Kind.ToString()));
        _json.WriteNumber("column", rule.Column);
        if (rule.Left is not null) _json.WriteString("left", rule.Left);
        if (rule.Right is not null) _json.WriteString("right", rule.Right);
        if (rule.Reference >= 0) _json.WriteNumber("reference", rule.Reference);
        if (rule.ChildTable is { } child) Name("childTable", child);
        if (rule.Factor != 0) Raw("factor", Number(rule.Factor));
        if (rule.Digits != 0) _json.WriteNumber("digits", rule.Digits);
        _json.WriteEndObject();
    }

    void Name(string property, TableName name) => Raw(property, $"[{Quoted(name.Schema)},{Quoted(name.Name)}]");

    void Raw(string property, string json)
    {
        _json.WritePropertyName(property);
        _json.WriteRawValue(json, skipInputValidation: true);
    }

    void Array<T>(string property, EquatableArray<T> items, Action<T> write)
    {
        _json.WriteStartArray(property);
        foreach (var item in items) write(item);
        _json.WriteEndArray();
    }

    static string Quoted(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    internal static string Word(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
