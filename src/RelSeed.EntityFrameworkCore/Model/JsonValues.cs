using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.Json;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>How a model writes single values into documents: told by its own writers, by what they make of a sample.</summary>
static class JsonValues
{
    const int Samples = 200;
    const int MostItems = 4;

    public static JsonShape Of(IProperty property)
    {
        if (property.GetElementType() is { } element) return Collection(property, element);
        var shape = Of(property.ClrType, property.GetTypeMapping(), property.GetJsonValueReaderWriter(), Name(property), property.GetMaxLength());
        return shape is { Form: JsonForm.Bare, Type.Kind: TypeKind.Json } ? shape
            : shape with { Model = Annotations.Add(shape.Model!, property, shape.Type!) };
    }

    /// <summary>A list of simple values, or of such lists.</summary>
    public static JsonShape Collection(IProperty property, IElementType element) =>
        List(Of(element.ClrType, element.GetTypeMapping(), element.GetJsonValueReaderWriter(), Name(property), element.GetMaxLength()));

    static JsonShape List(JsonShape item) => new() { Kind = JsonKind.Array, Item = item, MaxItems = MostItems };

    static string Name(IProperty property) => $"{property.DeclaringType.ShortName()}.{property.Name}";

    static JsonShape Of(Type clr, CoreTypeMapping mapping, JsonValueReaderWriter? writer, string property, int? length)
    {
        writer ??= mapping.JsonValueReaderWriter;
        clr = Nullable.GetUnderlyingType(clr) ?? clr;
        if (mapping.ElementTypeMapping is { } element) return List(Of(element.ClrType, element, element.JsonValueReaderWriter, property, null));
        return mapping.Converter is null && Plain(clr, mapping, writer, length) is { } plain ? plain : Listed(clr, writer, property);
    }

    static JsonShape? Plain(Type clr, CoreTypeMapping mapping, JsonValueReaderWriter? writer, int? length)
    {
        if (clr.IsEnum || ClrTypes.KindOf(clr) is not { } kind) return null;
        var sample = clr == typeof(byte[]) ? new byte[] { 1, 171, 3, 4 } : clr == typeof(Guid) ? Guid.Parse("abcdefab-cdef-4bcd-8fab-cdefabcdefab")
            : SampleValues.OfPlain(clr)[0];
        var written = writer?.ToJsonString(sample) ?? System.Text.Json.JsonSerializer.Serialize(sample);
        var type = new ColumnType
        {
            Kind = kind,
            Name = clr.Name,
            Scale = kind == TypeKind.Decimal ? 2 : null,
            Precision = kind == TypeKind.Decimal ? 18 : null,
            Length = clr == typeof(char) ? 1 : length
        };
        return new JsonShape
        {
            Kind = JsonKind.Value,
            Type = type,
            Form = FormOf(kind, written),
            Suffix = SuffixOf(kind, written),
            Model = ClrTypes.Bound(new ColumnModel(), mapping, type)
        };
    }

    static JsonForm FormOf(TypeKind kind, string written) => kind switch
    {
        _ when !written.StartsWith('"') => JsonForm.Bare,
        TypeKind.Uuid when written.Any(char.IsAsciiLetterUpper) => JsonForm.UpperText,
        TypeKind.Timestamp or TypeKind.TimestampTz when written.Contains('T') => JsonForm.Instant,
        TypeKind.Bytes => written.Contains("01AB", StringComparison.OrdinalIgnoreCase) ? JsonForm.Hex : JsonForm.Base64,
        _ => JsonForm.Text,
    };

    // What the formatter's own text lacks: an offset is written by the hour there.
    static string SuffixOf(TypeKind kind, string written) => kind switch
    {
        TypeKind.Timestamp when written.Contains("Z\"", StringComparison.Ordinal) => "Z",
        TypeKind.TimestampTz => ":00",
        _ => "",
    };

    // Enums, and whatever a converter takes: the literals themselves.
    static JsonShape Listed(Type clr, JsonValueReaderWriter? writer, string property)
    {
        var (fault, values) = ((Exception?)null, SampleValues.Of(clr, Samples));
        var literals = new List<string>();
        foreach (var value in values)
        {
            try
            {
                literals.Add(writer?.ToJsonString(value) ?? System.Text.Json.JsonSerializer.Serialize(value));
            }
#pragma warning disable CA1031 // A converter is foreign code and may throw anything.
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                fault = thrown.GetBaseException();
            }
        }
        if (literals.Count == 0) throw ConvertedValues.Refused(property, values.Count, clr, fault);
        return new JsonShape
        {
            Kind = JsonKind.Value,
            Type = new ColumnType { Kind = TypeKind.Json, Name = clr.Name },
            Form = JsonForm.Bare,
            Model = new ColumnModel { Property = property, Values = literals.Distinct().Select(l => new ValueShare(l, 1)).ToEquatableArray() },
        };
    }
}
