using System.ComponentModel;
using System.Globalization;
using System.Text.Json;

namespace RelSeed.Configuration;

/// <summary>A value of C# as text that is the same everywhere: invariant numbers, ISO 8601 times in UTC, <c>true</c> and <c>false</c>, names of
/// enums.</summary>
public static class RuleText
{
    const string Instant = "yyyy-MM-dd HH:mm:ss.FFFFFFF";

    public static string Of(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTime { Kind: DateTimeKind.Local } time => time.ToUniversalTime().ToString(Instant, CultureInfo.InvariantCulture),
        DateTime time => time.ToString(Instant, CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToTimeSpan().ToString("c", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        Enum label => label.ToString(),
        JsonElement json => json.GetRawText(),
        JsonDocument json => json.RootElement.GetRawText(),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>The value as another type: by cast, by conversion of numbers, or from its text.</summary>
    /// <exception cref="InvalidCastException">It does not convert.</exception>
    public static T? To<T>(object? value) => (T?)To(value, typeof(T));

    /// <inheritdoc cref="To{T}"/>
    public static object? To(object? value, Type wanted)
    {
        var type = Nullable.GetUnderlyingType(wanted) ?? wanted;
        if (value is null) return wanted.IsValueType && type == wanted ? Activator.CreateInstance(wanted) : null;
        if (type.IsInstanceOfType(value)) return value;
        try
        {
            if (type == typeof(string)) return Of(value);
            if (type.IsEnum) return value is string name ? Enum.Parse(type, name, ignoreCase: true) : Enum.ToObject(type, value);
            if (type == typeof(DateTimeOffset) && value is DateTime time) return new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc));
            if (value is IConvertible && typeof(IConvertible).IsAssignableFrom(type))
                return Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(Of(value));
        }
        catch (Exception fault) when (fault is FormatException or OverflowException or NotSupportedException or ArgumentException)
        {
            throw new InvalidCastException($"A {value.GetType().Name} does not convert to {type.Name}.", fault);
        }
    }
}
