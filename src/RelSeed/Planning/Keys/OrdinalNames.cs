namespace RelSeed.Planning;

/// <summary>Names of columns that count within a parent.</summary>
static class OrdinalNames
{
    static readonly string[] Words =
        ["line", "no", "nr", "num", "number", "seq", "sequence", "position", "pos", "ordinal", "index", "idx", "order", "sort", "rank", "version",
        "revision", "step", "item", "part", "page", "row", "slot", "place", "level"];

    public static bool Contains(string name)
    {
        var lower = name.ToLowerInvariant();
        return Words.Any(w => lower == w || lower.EndsWith("_" + w, StringComparison.Ordinal) || lower.StartsWith(w + "_", StringComparison.Ordinal));
    }
}
