using RelSeed.Loading;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Masking;

/// <param name="Column"><c>table.column</c>, the table with or without its schema.</param>
/// <param name="Meaning">What its new values are; null for what the column's name says.</param>
public sealed record MaskWish(string Column, Meaning? Meaning = null);

/// <summary>How the values of a group are replaced.</summary>
public enum MaskKind
{
    /// <summary>By values made for the column's meaning, type and constraints.</summary>
    Fresh,

    /// <summary>Numbers and dates, by another one of the same learned range.</summary>
    Nearby,
}

/// <summary>Columns that hold the same kind of value: equal values become equal ones in all of them.</summary>
/// <param name="IsUnique">A key wants the replacements to differ.</param>
/// <param name="Codes">The learned ranges, of <see cref="MaskKind.Nearby"/>.</param>
public sealed record MaskGroup(MaskKind Kind, EquatableArray<ColumnPlace> Columns, Meaning? Meaning, bool IsUnique, Codebook? Codes)
{
    /// <summary>The column whose type has the least room, for which values are made.</summary>
    public ColumnPlace Narrowest => Columns.OrderBy(c => c.Type.Length ?? int.MaxValue).First();
}

/// <summary>What a masking did.</summary>
public sealed record MaskReport(EquatableArray<MaskedColumn> Columns, VerificationReport Verification);

/// <param name="Values">Different values of the group.</param>
/// <param name="Rows">Rows that were changed.</param>
public sealed record MaskedColumn(TableName Table, string Column, MaskKind Kind, long Values, long Rows);
