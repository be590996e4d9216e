namespace RelSeed.Planning;

/// <summary>Numbers of a distribution. All are integers of 10^-Decimals: an integer lane carries them as they are, a floating one divided.</summary>
/// <param name="Min">Included.</param>
/// <param name="Max">Included.</param>
/// <param name="Center">Mean of a normal, median of a log-normal, distance of the mean from Min of an exponential distribution.</param>
/// <param name="Spread">Deviation of a normal distribution; of the logarithm of a log-normal one.</param>
/// <param name="Step">Multiples of it only, counted from zero; at least 1.</param>
/// <param name="IsPrice">Ends mostly in .99, .95, .00 or .50; needs at least 2 decimals to show.</param>
public sealed record NumberSpec(
    NumberShape Shape, long Min, long Max, double Center, double Spread, int Decimals, long Step = 1, bool IsPrice = false) : GeneratorSpec
{
    public override string Describe() =>
        $"{Shape switch { NumberShape.Uniform => "even", NumberShape.Normal => "bell-shaped", NumberShape.LogNormal => "mostly small", _ => "falling" }}"
        + $" from {CanonicalText.Number(Min, Decimals)} to {CanonicalText.Number(Max, Decimals)}{(IsPrice ? ", price endings" : "")}";
}

public enum NumberShape { Uniform, Normal, LogNormal, Exponential }

/// <summary>One of several values whose draw the table's columns share by a stream, so that they agree.</summary>
/// <param name="Values">Canonical texts.</param>
/// <param name="Weights">As many as values; empty for equal shares.</param>
public sealed record SharedChoiceSpec(
    Schema.EquatableArray<string> Values, Schema.EquatableArray<double> Weights, string Stream) : GeneratorSpec
{
    public override string Describe() => $"one of {Values.Count} values, by the row's {Stream}";
}

/// <summary>A product of other columns of the row, times a factor drawn evenly: totals, costs below prices, taxes.</summary>
/// <param name="Terms">A column that is null counts for nothing.</param>
/// <param name="LeastFactor">1 with <paramref name="MostFactor"/> for no factor.</param>
public sealed record ProductSpec(
    Schema.EquatableArray<FormulaTerm> Terms, int Decimals, long Min, long Max, double LeastFactor = 1, double MostFactor = 1) : GeneratorSpec
{
    /// <summary>Null where a term is; else such a term is left out.</summary>
    public bool NeedsAll { get; init; }

    public override string Describe() => string.Join(" x ", Terms.Select(t => t.IsInverse ? $"(1 - {t.ColumnName})" : t.ColumnName))
        + (LeastFactor == 1 && MostFactor == 1 ? "" : $" x {LeastFactor}..{MostFactor}");
}

/// <summary>A sum of other columns of the row: a total of what it is made of.</summary>
/// <param name="Terms">A column that is null counts for nothing, unless all are needed.</param>
public sealed record SumSpec(Schema.EquatableArray<FormulaTerm> Terms, int Decimals, long Min, long Max) : GeneratorSpec
{
    /// <summary>Null where a term is.</summary>
    public bool NeedsAll { get; init; }

    public override string Describe() =>
        string.Concat(Terms.Select((t, i) => i == 0 ? t.ColumnName : t.IsInverse ? $" - {t.ColumnName}" : $" + {t.ColumnName}"));
}

/// <param name="Column">0-based position.</param>
/// <param name="Decimals">The column's values are integers of 10^-Decimals (integer lanes).</param>
/// <param name="IsInverse">In a product 1 minus the value, a discount; in a sum taken off.</param>
public sealed record FormulaTerm(int Column, string ColumnName, int Decimals, bool IsInverse = false);

/// <summary>A number of the row's place, read from a word list, and a little off: coordinates.</summary>
/// <param name="List">Its words are numbers.</param>
/// <param name="Jitter">Off by at most so much, in units of 10^-Decimals.</param>
public sealed record PlaceNumberSpec(string List, string Stream, int Decimals, long Jitter, long Min, long Max) : GeneratorSpec
{
    public override string Describe() => $"{List.Split(':')[0].Replace('.', ' ')} of the row's {Stream}";
}

/// <summary>Another column of the row plus a distance drawn evenly, in the lane's unit: the end of a range.</summary>
/// <param name="Column">0-based position; a column of the same type.</param>
public sealed record OffsetSpec(int Column, string ColumnName, long Least, long Most) : GeneratorSpec
{
    public override string Describe() => $"{ColumnName} and something more";
}
