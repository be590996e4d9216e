using System.Text.Json;

namespace RelSeed.Profiling.Files;

/// <summary>A value in a document that knows where it stands, so that a fault can name the place.</summary>
sealed class JsonPlace(JsonElement element, JsonPlace? parent, string name)
{
    // Longer lists are nobody's profile.
    public const int MostItems = 100_000;

    public JsonElement Element => element;
    public string Path => parent is null ? name : parent.Path + name;

    public UsageException Wrong(string what) => ProfileFaults.At(Path, what);

    public JsonPlace this[string property] => Find(property) ?? throw Wrong($"the property '{property}' is missing");

    public JsonPlace? Find(string property)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Wrong("an object is expected");
        return element.TryGetProperty(property, out var value) ? new(value, this, $".{property}") : null;
    }

    /// <summary>The object has no other properties.</summary>
    public JsonPlace Only(params ReadOnlySpan<string> properties)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Wrong("an object is expected");
        foreach (var property in element.EnumerateObject())
            if (!properties.Contains(property.Name)) throw Wrong("a property is unknown here");
        return this;
    }

    public JsonPlace[] Items(int most = MostItems)
    {
        if (element.ValueKind != JsonValueKind.Array) throw Wrong("a list is expected");
        if (element.GetArrayLength() > most) throw Wrong($"the list is longer than {most}");
        var items = new List<JsonPlace>(element.GetArrayLength());
        foreach (var item in element.EnumerateArray()) items.Add(new(item, this, $"[{items.Count}]"));
        return [.. items];
    }

    public bool IsList => element.ValueKind == JsonValueKind.Array;
    public bool IsNumber => element.ValueKind == JsonValueKind.Number;
    public bool IsNull => element.ValueKind == JsonValueKind.Null;
    public bool IsText => element.ValueKind == JsonValueKind.String;

    public double Number(double least = double.MinValue, double most = double.MaxValue) =>
        IsNumber && element.TryGetDouble(out var value) && double.IsFinite(value) && value >= least && value <= most ? value
        : throw Wrong(least == double.MinValue && most == double.MaxValue ? "a number is expected"
            : most == double.MaxValue ? $"a number of at least {least} is expected" : $"a number from {least} to {most} is expected");

    public int Whole(int least, int most) =>
        IsNumber && element.TryGetInt32(out var value) && value >= least && value <= most ? value
            : throw Wrong($"a whole number from {least} to {most} is expected");

    public long Long(long least) =>
        IsNumber && element.TryGetInt64(out var value) && value >= least ? value : throw Wrong($"a whole number of at least {least} is expected");

    public string Text(int most = 4096) =>
        element.ValueKind == JsonValueKind.String && element.GetString() is { } text && text.Length <= most ? text
            : throw Wrong($"a text of at most {most} characters is expected");

    public bool Flag() =>
        element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : throw Wrong("true or false is expected");

    public T Word<T>() where T : struct, Enum
    {
        var text = Text(64);
        foreach (var value in Enum.GetValues<T>())
            if (ProfileWriter.Word(value.ToString()) == text) return value;
        throw Wrong($"one of {string.Join(", ", Enum.GetNames<T>().Select(ProfileWriter.Word))} is expected");
    }
}

static class ProfileFaults
{
    public static UsageException At(string path, string what) =>
        new("RS1312",
            $"The profile cannot be used: at {path}, {what}. Learn it anew with 'relseed learn', or take back what was changed in the file.");

    public static UsageException NoJson(string what) =>
        new("RS1310", $"The profile cannot be read: {what}. Name a file that 'relseed learn' has written.");

    public static UsageException Version(long found) =>
        new("RS1311",
            $"The profile is of format {found}, and this version of RelSeed reads format {DataProfile.CurrentFormat}. Learn it anew with this version, or use the version that wrote it.");
}
