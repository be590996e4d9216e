using System.Globalization;

namespace RelSeed.Testing.PostgreSql;

/// <summary>Names of databases, which tell what they are and whose.</summary>
static class DatabaseNames
{
    public const string Prefix = "relseed_";
    const string TemplatePrefix = "relseed_template_";
    const string ClonePrefix = "relseed_clone_";
    const string BuildPrefix = "relseed_build_";

    public static string Template(string key) => TemplatePrefix + key;

    public static string Clone(long owner, int number) => $"{ClonePrefix}{owner:x16}_{number}";

    public static string Build(long owner, int number) => $"{BuildPrefix}{owner:x16}_{number}";

    /// <summary>The template's key; null when the name is none's.</summary>
    public static string? KeyOf(string name) =>
        name.StartsWith(TemplatePrefix, StringComparison.Ordinal) && name.Length == TemplatePrefix.Length + 32 ? name[TemplatePrefix.Length..] : null;

    /// <summary>The advisory lock that the owner of a clone or of a template in the making holds; null when the name is neither's.</summary>
    public static long? OwnerOf(string name)
    {
        var prefix = new[] { ClonePrefix, BuildPrefix }.FirstOrDefault(p => name.StartsWith(p, StringComparison.Ordinal));
        return prefix is not null && name.Length > prefix.Length + 17 && name[prefix.Length + 16] == '_'
            && long.TryParse(name.AsSpan(prefix.Length, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var owner)
            ? owner : null;
    }

    /// <summary>The advisory lock that all share who use a template; who drops it takes it alone.</summary>
    public static long UseLock(string key) => Hexadecimal(key.AsSpan(0, 16));

    /// <summary>The advisory lock of the one who makes a template.</summary>
    public static long MakingLock(string key) => Hexadecimal(key.AsSpan(16, 16));

    static long Hexadecimal(ReadOnlySpan<char> digits) => long.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
