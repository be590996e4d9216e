using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>The values that a property's converter takes: those of an enum or a truth value all, others tried.</summary>
static class ConvertedValues
{
    const int Samples = 200;
    const int KeySamples = 5_000;

    /// <exception cref="PlanException">RS2036: the converter takes no value.</exception>
    public static ColumnModel Add(ColumnModel model, IProperty property, RelationalTypeMapping mapping, ColumnType type, bool isKey) =>
        Add(model, property.ClrType, mapping, type, isKey ? KeySamples : Samples);

    public static ColumnModel Add(ColumnModel model, IElementType element, CoreTypeMapping mapping, ColumnType type) =>
        Add(model, element.ClrType, mapping, type, Samples);

    static ColumnModel Add(ColumnModel model, Type clr, CoreTypeMapping mapping, ColumnType type, int samples)
    {
        if (type.Kind == TypeKind.Enum) return model;
        clr = Nullable.GetUnderlyingType(clr) ?? clr;
        if (clr.IsEnum) return model with { Values = Shares(model.Property, SampleValues.OfEnum(clr), clr, mapping.Converter) };
        if (mapping.Converter is not { } converter || clr == typeof(char)) return model;
        if (clr == typeof(bool)) return model with { Values = Shares(model.Property, [true, false], clr, converter) };
        if (KeepsPlainValues(converter)) return clr == typeof(Uri) ? model with { Format = ValueFormat.Url } : model;
        var values = SampleValues.Of(clr, samples);
        return model with { Values = Shares(model.Property, values, clr, converter) };
    }

    // A wrapper (an id, a unit) lets whatever the column would hold pass through unchanged.
    static bool KeepsPlainValues(ValueConverter converter)
    {
        var stored = Nullable.GetUnderlyingType(converter.ProviderClrType) ?? converter.ProviderClrType;
        var plain = SampleValues.OfPlain(stored);
        return plain.Count > 0
            && plain.All(v => Convert(v, x => converter.ConvertToProvider(converter.ConvertFromProvider(x))) is { } back
            && ProviderText.Of(back) == ProviderText.Of(v));
    }

    static EquatableArray<ValueShare> Shares(string property, IReadOnlyList<object> values, Type clr, ValueConverter? converter)
    {
        Exception? fault = null;
        var stored = values.Select(v => Stored(v, converter, ref fault)).OfType<string>().Distinct().ToList();
        if (stored.Count == 0) throw Refused(property, values.Count, clr, fault);
        return stored.Select(v => new ValueShare(v, 1)).ToEquatableArray();
    }

    // Only what can be read back serves.
    static string? Stored(object value, ValueConverter? converter, ref Exception? fault)
    {
        try
        {
            var stored = converter is null ? value : converter.ConvertToProvider(value);
            if (stored is not null && converter is not null) converter.ConvertFromProvider(stored);
            return stored is null ? null : ProviderText.Of(stored);
        }
#pragma warning disable CA1031 // A converter is foreign code and may throw anything.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            fault = thrown.GetBaseException();
            return null;
        }
    }

    static object? Convert(object value, Func<object, object?> convert)
    {
        try
        {
            return convert(value);
        }
#pragma warning disable CA1031 // A converter is foreign code and may throw anything.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    internal static PlanException Refused(string property, int tried, Type clr, Exception? fault) => new("RS2036", tried == 0
        ? $"The property {property} is of type {clr.Name}, of which no value can be made to give to its converter. Rule what values it takes, give the type a public constructor of simple values, or leave its table out with --exclude."
        : $"The converter of the property {property} takes none of {tried} values of type {clr.Name}{(fault is null ? "" : $" ({fault.GetType().Name})")}. Correct the converter, rule what values the property takes, or leave its table out with --exclude.");
}
