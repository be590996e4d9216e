using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>A model's values as the database stores them, in canonical text.</summary>
static class ProviderText
{
    public static string Of(object value, IReadOnlyProperty property)
    {
        var mapping = ((IProperty)property).GetTypeMapping();
        return Of(mapping.Converter is { } converter ? converter.ConvertToProvider(value)! : value);
    }

    /// <param name="value">A value of the provider.</param>
    public static string Of(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        string text => text,
        char letter => letter.ToString(),
        Enum label => Of(Convert.ChangeType(label, Enum.GetUnderlyingType(label.GetType()), CultureInfo.InvariantCulture)),
        DateTime time => CanonicalText.Instant(Micros(time)),
        DateTimeOffset instant => CanonicalText.Instant(Micros(instant.UtcDateTime)),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToTimeSpan().ToString("c", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        double real => CanonicalText.Format(real),
        float real => CanonicalText.Format(real),
        Guid uuid => uuid.ToString(),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    static long Micros(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
