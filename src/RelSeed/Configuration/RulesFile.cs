using System.Globalization;
using System.Text.Json;
using RelSeed.Semantics;

namespace RelSeed.Configuration;

/// <summary>Rules as a JSON file, <c>relseed.json</c>; comments and trailing commas are allowed, unknown members are not.</summary>
/// <example><code>
/// { "tables": { "orders": {
///     "was": "purchases",                              // in the profile
///     "rows": 1000,                                    // or by parent:
///     "perParent": { "customer_id": "0..20" },         // or 3, or { "min": 0, "max": 20, "mean": 4 }
///     "columns": {
///       "status": { "oneOf": { "paid": 0.7, "open": 0.3 } },
///       "note": { "meaning": "Comment", "null": 0.8 },
///       "shipped_at": { "null": 1, "where": [{ "when": "status = 'paid'", "between": ["2026-01-01", "2026-05-31"] }] } } } } }
/// </code></example>
public static class RulesFile
{
    static readonly JsonDocumentOptions Options =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <exception cref="UsageException">RS1210: the file cannot be read, or is no JSON; RS1211: all that is wrong in it, each with its
    /// place.</exception>
    public static SeedRules Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException("RS1210",
                $"The rules file {path} cannot be read: {fault.Message.TrimEnd('.')}. Name an existing file with --rules.");
        }
    }

    /// <param name="name">The file's name, for faults.</param>
    public static SeedRules Parse(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            var reader = new RulesReader(name);
            return reader.Read(document.RootElement);
        }
        catch (JsonException fault)
        {
            var place = fault.LineNumber is { } line ? $" in line {line + 1}, byte {fault.BytePositionInLine + 1}" : "";
            throw new UsageException("RS1210", $"The rules file {name} is no JSON{place}. Mend it there.");
        }
    }
}

/// <summary>Reads the document of a rules file and gathers its faults.</summary>
sealed class RulesReader(string name)
{
    readonly SeedRulesBuilder _rules = new();
    readonly List<string> _faults = [];

    public SeedRules Read(JsonElement root)
    {
        Members(root, "", (member, value, place) =>
        {
            if (member == "tables") Each(value, place, (table, rules, at) => Table(_rules.Table(table), rules, at));
            else Unknown(place, "tables");
        });
        if (_faults.Count == 0) return _rules.Build();
        throw new UsageException("RS1211",
            $"The rules file {name} has {(_faults.Count == 1 ? "a fault" : $"{_faults.Count} faults")}: {string.Join("; ", _faults)}. Mend {(_faults.Count == 1 ? "it" : "them")} there.");
    }

    void Table(TableRulesBuilder table, JsonElement rules, string place) => Members(rules, place, (member, value, at) =>
    {
        switch (member)
        {
            case "rows" when value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var rows) && rows >= 0: table.Rows(rows); break;
            case "rows": Fault(at, "wants a whole number from 0 on"); break;
            case "was" when IsName(value): table.Was(value.GetString()!); break;
            case "was": Fault(at, "wants the name that the profile knows"); break;
            case "perParent": Each(value, at, (key, count, where) => PerParent(table, key, count, where)); break;
            case "columns": Each(value, at, (column, of, where) => Column(table.Column(column), of, where)); break;
            default: Unknown(at, "rows, was, perParent, columns"); break;
        }
    });

    void PerParent(TableRulesBuilder table, string key, JsonElement count, string place)
    {
        if (count.ValueKind == JsonValueKind.Number && count.TryGetInt32(out var exact) && exact >= 0) table.PerParent(key, exact);
        else if (count.ValueKind == JsonValueKind.String && RangeOf(count.GetString()!) is { } range) table.PerParent(key, range);
        else if (count.ValueKind == JsonValueKind.Object && Whole(count, "min") is { } min && Whole(count, "max") is { } max && min <= max
            && count.EnumerateObject().All(m => m.Name is "min" or "max" or "mean"))
        {
            var mean = count.TryGetProperty("mean", out var given) && given.ValueKind == JsonValueKind.Number ? given.GetDouble() : (double?)null;
            if (mean is { } m && !(m >= min && m <= max)) Fault(place, "has a mean outside its range");
            else table.PerParent(key, min..max, mean);
        }
        else Fault(place, "wants a number, a range like \"0..20\", or an object of min, max and mean");
    }

    static int? Whole(JsonElement of, string member) => of.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out var number) && number >= 0 ? number : null;

    static Range? RangeOf(string text) =>
        text.Split("..") is [var min, var max] && int.TryParse(min, NumberStyles.None, CultureInfo.InvariantCulture, out var low)
        && int.TryParse(max, NumberStyles.None, CultureInfo.InvariantCulture, out var high) && low <= high ? low..high : null;

    void Column(ColumnRulesBuilder column, JsonElement rules, string place) => Members(rules, place, (member, value, at) =>
    {
        if (member == "was" && IsName(value)) column.Was(value.GetString()!);
        else if (member == "was") Fault(at, "wants the name that the profile knows");
        else if (member != "where") Value(column, member, value, at);
        else if (value.ValueKind != JsonValueKind.Array) Fault(at, "wants a list of objects with \"when\"");
        else
            for (var i = 0; i < value.GetArrayLength(); i++) Case(column, value[i], $"{at}[{i}]");
    });

    void Case(ColumnRulesBuilder column, JsonElement rules, string place)
    {
        if (rules.ValueKind != JsonValueKind.Object || !rules.TryGetProperty("when", out var when) || when.ValueKind != JsonValueKind.String)
            Fault(place, "wants an object with a condition as \"when\"");
        else
            column.Where(when.GetString()!, made => Members(rules, place, (member, value, at) =>
            {
                if (member != "when") Value(made, member, value, at);
            }));
    }

    void Value<T>(ValueRulesBuilder<T> rules, string member, JsonElement value, string place) where T : ValueRulesBuilder<T>
    {
        switch (member)
        {
            case "oneOf" when value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(IsScalar):
                rules.OneOf([.. value.EnumerateArray().Select(Scalar)]); break;
            case "oneOf" when value.ValueKind == JsonValueKind.Object && value.EnumerateObject().ToList() is { Count: > 0 } shares
                && shares.TrueForAll(s => IsNumber(s.Value) && s.Value.GetDouble() >= 0) && shares.Exists(s => s.Value.GetDouble() > 0):
                rules.OneOf([.. shares.Select(s => ((object)s.Name, s.Value.GetDouble()))]);
                break;
            case "oneOf": Fault(place, "wants a list of values, or an object of values with weights"); break;
            case "constant" when IsScalar(value): rules.Constant(Scalar(value)); break;
            case "constant": Fault(place, "wants a value; NULL is told as \"null\": 1"); break;
            case "between" when value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2 && value.EnumerateArray().All(IsScalar):
                rules.Between(Scalar(value[0]), Scalar(value[1])); break;
            case "between": Fault(place, "wants a list of the least and the greatest value"); break;
            case "meaning" when value.ValueKind == JsonValueKind.String
                && Enum.TryParse<Meaning>(value.GetString(), ignoreCase: true, out var meaning) && Enum.IsDefined(meaning):
                rules.As(meaning); break;
            case "meaning":
                Fault(place, $"wants a meaning, such as {nameof(Meaning.Email)}, {nameof(Meaning.CompanyName)} or {nameof(Meaning.City)}"); break;
            case "null" when IsNumber(value) && value.GetDouble() is >= 0 and <= 1: rules.Null(value.GetDouble()); break;
            case "null": Fault(place, "wants a share from 0 to 1"); break;
            default: Unknown(place, "oneOf, constant, between, meaning, null, where"); break;
        }
    }

    static bool IsName(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0;

    static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number;

    static bool IsScalar(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    static object Scalar(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    void Members(JsonElement of, string place, Action<string, JsonElement, string> read) => Each(of, place, read);

    void Each(JsonElement of, string place, Action<string, JsonElement, string> read)
    {
        if (of.ValueKind != JsonValueKind.Object) Fault(place, "wants an object");
        else
            foreach (var member in of.EnumerateObject()) read(member.Name, member.Value, place.Length == 0 ? member.Name : $"{place}.{member.Name}");
    }

    void Unknown(string place, string known) => Fault(place, $"is unknown here; there may be {known}");

    void Fault(string place, string what) => _faults.Add($"{(place.Length == 0 ? "the document" : place)} {what}");
}
