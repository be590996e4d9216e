using System.Text.RegularExpressions;

namespace RelSeed.Cli.Targets;

/// <summary>Where secrets come from, and how they are kept out of what is printed.</summary>
static partial class Secrets
{
    const string EnvironmentPrefix = "env:";

    /// <summary>The text itself, or for <c>env:NAME</c> what the environment variable holds.</summary>
    /// <exception cref="UsageException">RS1004: there is no such variable.</exception>
    public static string Resolve(string text)
    {
        if (!text.StartsWith(EnvironmentPrefix, StringComparison.Ordinal)) return text;
        var name = text[EnvironmentPrefix.Length..];
        return Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : throw new UsageException("RS1004",
            $"The environment variable {name} is not set, and the database's address asks for it. Set it, or give the value itself.");
    }

    /// <summary>A URL whose password is <c>env:NAME</c> with the password itself.</summary>
    public static string ResolveInUrl(string url) => EnvironmentInUrl().Replace(url, m => Uri.EscapeDataString(Resolve(m.Value)));

    /// <summary>The text without the passwords of URLs and connection strings in it.</summary>
    public static string Mask(string text) => InConnectionString().Replace(InUrl().Replace(text, "${user}:***@"), "${key}=***");

    [GeneratedRegex(@"(?<user>://[^:/?#\s@]*):[^/\s]*@", RegexOptions.ExplicitCapture)]
    private static partial Regex InUrl();

    [GeneratedRegex(@"(?<=://[^:/?#\s@]*:)env:\w+(?=@)")]
    private static partial Regex EnvironmentInUrl();

    [GeneratedRegex(@"(?<key>password|pwd)\s*=\s*(?:'[^']*'|""[^""]*""|[^;&\s'""]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex InConnectionString();
}
