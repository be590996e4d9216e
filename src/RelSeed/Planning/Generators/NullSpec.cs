namespace RelSeed.Planning;

/// <summary>Which rows of a column are null.</summary>
public abstract record NullSpec
{
    public static NullSpec Never { get; } = new NeverNull();
    public abstract string Describe();
}

public sealed record NeverNull : NullSpec
{
    public override string Describe() => "never null";
}

/// <summary>A share of the rows, independently.</summary>
/// <param name="Share">From 0 to 1.</param>
/// <param name="Salt">Columns with the same salt are null in the same rows.</param>
public sealed record NullShare(double Share, string Salt) : NullSpec
{
    public override string Describe() => $"{Share:P0} null";
}

/// <summary>Null as another column of the row is, or just when it is not.</summary>
/// <param name="Column">0-based position of the other column.</param>
/// <param name="Opposite">Null where the other is not.</param>
public sealed record NullFollows(int Column, bool Opposite, string ColumnName) : NullSpec
{
    public override string Describe() => Opposite ? $"null unless {ColumnName} is" : $"null with {ColumnName}";
}

/// <summary>Null in the rows that a column does not belong to, and in a share of the others.</summary>
/// <param name="Column">0-based position of the column that decides.</param>
/// <param name="Values">Its values to which the column belongs, in canonical text; empty where any but NULL will do.</param>
/// <param name="Share">Of the rows it belongs to, from 0 to 1.</param>
/// <param name="Salt">Columns with the same salt are null in the same rows.</param>
public sealed record NullOutside(int Column, Schema.EquatableArray<string> Values, double Share, string Salt, string ColumnName) : NullSpec
{
    public override string Describe() =>
        (Values.IsEmpty ? $"null with {ColumnName}" : $"null unless {ColumnName} calls for it") + (Share > 0 ? $", else {Share:P0} null" : "");
}

/// <summary>Null unless another column of the row holds one of some values.</summary>
public sealed record NullUnlessIn(int Column, Schema.EquatableArray<string> Values, string ColumnName) : NullSpec
{
    public override string Describe() => $"null unless {ColumnName} calls for it";
}

/// <summary>Null in the rows behind the first few: a unique column has no more values.</summary>
/// <param name="Rows">Made rows that have a value.</param>
public sealed record NullBeyond(long Rows) : NullSpec
{
    public override string Describe() => $"null behind the first {Rows} rows";
}
