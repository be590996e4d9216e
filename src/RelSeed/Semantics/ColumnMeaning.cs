namespace RelSeed.Semantics;

/// <summary>What a column is about.</summary>
/// <param name="Aspect">Which of several of the kind in one row: <c>billing</c>, <c>ship</c>; empty for the row's own.</param>
/// <param name="Confidence">From 0 (the type alone) to 1.</param>
/// <param name="Reason">In words, how it is known: <c>name "e_mail"</c>.</param>
public sealed record ColumnMeaning(Meaning Kind, string Aspect, double Confidence, string Reason)
{
    /// <summary>What it is a name, title or description of: <c>product</c>, <c>film</c>; empty when that is not known.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Nothing but the type is known.</summary>
    public static ColumnMeaning Unknown { get; } = new(Meaning.Unknown, "", 0, "by its type");
}
