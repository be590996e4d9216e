using System.Globalization;
using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>A condition that no row taken fails, and refused rows do.</summary>
/// <param name="Explained">Refused rows that fail it.</param>
sealed record Separation(RowFeature Feature, string Expression, int Explained, bool IsNamed);

/// <summary>Finds the simplest condition on one column that tells refused rows from those taken.</summary>
sealed class RowSeparation(Dialect dialect, string? text)
{
    const int MostValues = 12;

    /// <param name="refused">Rows refused for one cause.</param>
    /// <returns>The most telling first.</returns>
    public IEnumerable<Separation> Find(IReadOnlyList<RowFeature> features, IReadOnlyList<int> refused, IReadOnlyList<int> taken) =>
        from feature in features
        let isNamed = feature.IsIn(text)
        from found in Tests(feature, refused, taken)
            // Without a word for it in the text, only a clear case counts.
        where isNamed || (found.Explained == refused.Count && refused.Count >= 3 && taken.Count >= 3)
        orderby isNamed descending, found.Explained descending, feature.Key is not null, feature.Above is not null
        select new Separation(feature, found.Expression, found.Explained, isNamed);

    IEnumerable<(string Expression, int Explained)> Tests(RowFeature feature, IReadOnlyList<int> refused, IReadOnlyList<int> taken)
    {
        var (bad, good) = (Present(feature, refused), Present(feature, taken));
        if (good.Count == 0 || bad.Count == 0) yield break;
        var column = feature.Column;
        if (column.IsNullable && bad.Contains(null) && !good.Contains(null))
            yield return (ConditionText.IsNull(column, isNull: false), bad.Count(v => v is null));
        if (column.IsNullable && bad.Exists(v => v is not null) && good.TrueForAll(v => v is null))
            yield return (ConditionText.IsNull(column, isNull: true), bad.Count(v => v is not null));
        if (Values(column, bad, good) is { } values) yield return values;
        foreach (var bound in Bounds(column, bad, good)) yield return bound;
    }

    static List<string?> Present(RowFeature feature, IReadOnlyList<int> rows) =>
        [.. rows.Where(r => feature.IsPresent[r]).Select(r => feature.Values[r])];

    (string, int)? Values(Column column, List<string?> bad, List<string?> good)
    {
        if (!HasLiterals(column.Type)) return null;
        var (refused, taken) = (bad.OfType<string>().ToHashSet(StringComparer.Ordinal), good.OfType<string>().ToHashSet(StringComparer.Ordinal));
        if (refused.Union(taken).Count() > MostValues)
        {
            // Of many values, only what the text itself names was taken.
            return taken.Count > 0 && text is not null && !refused.Overlaps(taken) && taken.IsSubsetOf(TriggerText.Literals(text))
                ? (ConditionText.In(column, [.. taken.Order(StringComparer.Ordinal)], isNegated: false, dialect), bad.Count(v => v is not null))
                : null;
        }
        var only = refused.Except(taken).Order(StringComparer.Ordinal).ToList();
        if (only.Count == 0) return null;
        var explained = bad.Count(v => v is not null && only.Contains(v));
        // Values not seen are surer refused when fewer were taken.
        var isListed = taken.Count > 0 && taken.Count < only.Count + (column.Type.Kind == TypeKind.Boolean ? 1 : 0) && only.Count == refused.Count;
        return (ConditionText.In(column, isListed ? [.. taken.Order(StringComparer.Ordinal)] : only, !isListed, dialect), explained);
    }

    static bool HasLiterals(ColumnType type) => type.Kind is TypeKind.Boolean or TypeKind.Enum || type.Kind.IsText() || type.Kind.IsInteger();

    IEnumerable<(string, int)> Bounds(Column column, List<string?> bad, List<string?> good)
    {
        if (!column.Type.Kind.IsNumeric() || text is null || !TriggerText.Mentions(text, column.Name)) yield break;
        var (refused, taken) = (Numbers(bad), Numbers(good));
        if (refused.Count < 2 || taken.Count < 2) yield break;
        if (refused.Max() < taken.Min()) yield return (ConditionText.Bound(column, isLeast: true, taken.Min()), refused.Count);
        if (refused.Min() > taken.Max()) yield return (ConditionText.Bound(column, isLeast: false, taken.Max()), refused.Count);
    }

    static List<decimal> Numbers(List<string?> values) =>
        [.. values.Select(v => decimal.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : (decimal?)null)
            .OfType<decimal>()];
}
