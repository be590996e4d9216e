using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RelSeed.Schema;

/// <summary>A schema as JSON and back, without loss; what a reader would assume anyway is left out.</summary>
public static class SchemaJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OmitImplied } },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new EquatableArrayConverterFactory() },
    };

    public static string Write(DatabaseSchema schema) => JsonSerializer.Serialize(schema, Options);

    /// <exception cref="UsageException">RS1101: the text is no schema; the message tells the place.</exception>
    public static DatabaseSchema Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<DatabaseSchema>(json, Options) ?? throw new JsonException("the document is null");
        }
        catch (JsonException fault)
        {
            throw new UsageException("RS1101",
                $"The schema file cannot be read at {fault.Path ?? "$"} (line {fault.LineNumber + 1}): it is not what 'relseed inspect --format json' writes. Write it anew.");
        }
    }

    /// <summary>Leaves out a property whose value the record has when nothing is said, which is not always the type's default.</summary>
    static void OmitImplied(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        var blank = type.Type.GetConstructor(Type.EmptyTypes)?.Invoke(null);
        foreach (var property in type.Properties.Where(p => !p.IsRequired && p.Get is not null))
        {
            var implied = property.AssociatedParameter is { IsMemberInitializer: false } parameter
                ? ImpliedBy(parameter)
                : property.Get!(blank ?? RuntimeHelpers.GetUninitializedObject(type.Type));
            property.ShouldSerialize = (_, value) => !Equals(value, implied);
        }
    }

    static object? ImpliedBy(JsonParameterInfo parameter) =>
        parameter.HasDefaultValue ? parameter.DefaultValue
        : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
        : null;

    sealed class EquatableArrayConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(EquatableArray<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(EquatableArrayConverter<>).MakeGenericType(typeToConvert.GenericTypeArguments))!;
    }

    sealed class EquatableArrayConverter<T> : JsonConverter<EquatableArray<T>>
    {
        public override EquatableArray<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (JsonSerializer.Deserialize<T[]>(ref reader, options) ?? []).ToEquatableArray();

        public override void Write(Utf8JsonWriter writer, EquatableArray<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var item in value) JsonSerializer.Serialize(writer, item, options);
            writer.WriteEndArray();
        }
    }
}
