using Bogus;

namespace RelSeed.Semantics;

/// <summary>The locales that names, addresses and the like can be made for: Bogus's, by its identifiers (<c>de</c>, <c>pt_BR</c>).</summary>
public static class Locales
{
    public const string Default = "en";

    public static IReadOnlyList<string> All { get; } = [.. Database.GetAllLocales().Order(StringComparer.Ordinal)];

    /// <summary>The identifier as Bogus spells it; <c>pt-br</c> and <c>PT_BR</c> are <c>pt_BR</c>, and <c>de_DE</c> is <c>de</c>.</summary>
    /// <exception cref="UsageException">RS1203: there is no such locale; the message names the nearest.</exception>
    public static string Resolve(string locale)
    {
        var wanted = locale.Trim().Replace('-', '_');
        var language = wanted.Split('_')[0];
        return All.FirstOrDefault(l => l.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? (wanted.Equals($"{language}_{language}", StringComparison.OrdinalIgnoreCase)
                ? All.FirstOrDefault(l => l.Equals(language, StringComparison.OrdinalIgnoreCase)) : null)
            ?? throw new UsageException("RS1203",
            $"There is no locale '{locale}'. Near it: {string.Join(", ", Nearest(wanted))}. All: {string.Join(", ", All)}.");
    }

    static IEnumerable<string> Nearest(string wanted) => All.OrderBy(l => Distance(l.ToLowerInvariant(), wanted.ToLowerInvariant())).Take(3);

    static int Distance(string a, string b)
    {
        var costs = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = costs[0];
            costs[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.Min(replace, Math.Min(costs[j], costs[j - 1]) + 1);
            }
        }
        return costs[^1];
    }
}
