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

/// <summary>Another column's number times a factor, or its part of it: totals that add up.</summary>
/// <param name="Terms">Columns (positions) whose product is taken.</param>
public sealed record ProductSpec(Schema.EquatableArray<ProductTerm> Terms, int Decimals, long Min, long Max) : GeneratorSpec
{
    public override string Describe() => string.Join(" x ", Terms.Select(t => t.Complement ? $"(1 - {t.ColumnName})" : t.ColumnName));
}

/// <param name="Decimals">The column's values are integers of 10^-Decimals (integer lanes).</param>
/// <param name="Complement">1 minus the value: a discount.</param>
public sealed record ProductTerm(int Column, string ColumnName, int Decimals, bool Complement = false);

/// <summary>A number of the row's place, read from a word list, and a little off: coordinates.</summary>
/// <param name="List">Its words are numbers.</param>
/// <param name="Jitter">Off by at most so much, in units of 10^-Decimals.</param>
public sealed record PlaceNumberSpec(string List, string Stream, int Decimals, long Jitter, long Min, long Max) : GeneratorSpec
{
    public override string Describe() => $"{List.Split(':')[0].Replace('.', ' ')} of the row's {Stream}";
}
