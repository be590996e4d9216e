using System.Globalization;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Finds two numbers of the row whose order tells refused rows from those taken.</summary>
static class RowComparison
{
    // Fewer could lie in that order by chance.
    const int Fewest = 3;

    static readonly (string Operator, Func<int, bool> Holds)[] Orders =
        [("<", o => o < 0), (">", o => o > 0), ("<>", o => o != 0), ("<=", o => o <= 0), (">=", o => o >= 0), ("=", o => o == 0)];

    /// <param name="features">The row's own columns.</param>
    /// <returns>Conditions that every row taken meets and every row refused fails.</returns>
    public static IEnumerable<string> Find(IReadOnlyList<RowFeature> features, string? text, IReadOnlyList<int> refused, IReadOnlyList<int> taken)
    {
        if (refused.Count < Fewest || taken.Count < Fewest) yield break;
        var numbers = features.Where(f => f.Column.Type.Kind.IsInteger()).ToList();
        for (var l = 0; l < numbers.Count; l++)
            for (var r = l + 1; r < numbers.Count; r++)
            {
                var (left, right) = (numbers[l], numbers[r]);
                if (!LeadToOneTable(left, right) && !(left.IsIn(text) && right.IsIn(text))) continue;
                foreach (var (name, holds) in Orders)
                    if (taken.All(row => Compare(left, right, row) is not { } order || holds(order))
                        && refused.All(row => Compare(left, right, row) is { } order && !holds(order)))
                        yield return ConditionText.Compare(left.Column, name, right.Column);
            }
    }

    static bool LeadToOneTable(RowFeature left, RowFeature right) => PrincipalsOf(left).Intersect(PrincipalsOf(right)).Any();

    static IEnumerable<(TableName, string)> PrincipalsOf(RowFeature feature) =>
        feature.Owner.ForeignKeys.Where(k => k.Columns.Contains(feature.Column.Name))
            .Select(k => (k.Principal, k.PrincipalColumns[k.Columns.ToList().IndexOf(feature.Column.Name)]));

    static int? Compare(RowFeature left, RowFeature right, int row) =>
        long.TryParse(left.Values[row], NumberStyles.Integer, CultureInfo.InvariantCulture, out var a)
            && long.TryParse(right.Values[row], NumberStyles.Integer, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b) : null;
}
