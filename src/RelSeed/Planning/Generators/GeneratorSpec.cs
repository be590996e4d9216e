using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>How a column's values are made, as data: a closed set of records that Generation turns into code.</summary>
public abstract record GeneratorSpec
{
    /// <summary>In words, for the plan: <c>permutation of 1..500</c>.</summary>
    public abstract string Describe();
}

/// <summary>The column is left out of the INSERT; within generation it is null.</summary>
public record OmittedSpec(string Because) : GeneratorSpec
{
    public override string Describe() => $"left out: {Because}";
}

/// <summary>The column is left out of the INSERT; within generation it is what the database computes, so that other tables may refer to it.</summary>
/// <param name="Expression">Of the row's other columns.</param>
public sealed record ComputedSpec(Expressions.Expression Expression) : OmittedSpec("the database computes it");

/// <summary>Every row null.</summary>
public sealed record AllNullSpec : GeneratorSpec
{
    public override string Describe() => "NULL";
}

/// <summary>Start, start + step, start + 2 step, … by row index. Integer and decimal columns.</summary>
public sealed record SerialSpec(long Start, long Step) : GeneratorSpec
{
    public override string Describe() => Step == 1 ? $"{Start}, {Start + 1}, …" : $"{Start}, {Start + Step}, …";
}

/// <summary>The parent's column, through a reference of the same table.</summary>
/// <param name="Reference">0-based position among <see cref="TablePlan.References"/>.</param>
/// <param name="PrincipalColumn">0-based position among the parent's columns.</param>
public sealed record ReferenceColumnSpec(int Reference, int PrincipalColumn, string Target) : GeneratorSpec
{
    public override string Describe() => $"key of {Target}";
}

/// <summary>The value of a column of the row referred to that is no part of the key, where it has one.</summary>
/// <param name="Reference">0-based position among <see cref="TablePlan.References"/>.</param>
/// <param name="PrincipalColumn">0-based position among the parent's columns; of the same type.</param>
/// <param name="Otherwise">Where there is no such row, or its value is null.</param>
public sealed record CopiedSpec(int Reference, int PrincipalColumn, string Target, GeneratorSpec Otherwise) : GeneratorSpec
{
    public override string Describe() => $"that of {Target}";
}

/// <summary>The row's 1-based (by default) place among its siblings.</summary>
public sealed record OrdinalSpec(int Reference, long Start, long Step) : GeneratorSpec
{
    public override string Describe() => $"{Start}, {Start + Step}, … within its parent";
}

/// <summary>One of several values, by weight. Values are in the canonical text of CanonicalText (Generation).</summary>
/// <param name="Weights">As many as values; empty for equal shares.</param>
public sealed record ChoiceSpec(EquatableArray<string> Values, EquatableArray<double> Weights) : GeneratorSpec
{
    public override string Describe() => $"one of {Values.Count} values";
}

/// <summary>Always the same value, in canonical text.</summary>
public sealed record ConstantSpec(string Value) : GeneratorSpec
{
    public override string Describe() => "a constant";
}

/// <summary>Uniform over an integer lane's interval, bounds included, in multiples of a step.</summary>
public sealed record UniformSpec(long Min, long Max, long Step = 1) : GeneratorSpec
{
    public override string Describe() => $"uniform";
}

/// <summary>A finite domain read at an index: unique when the index is.</summary>
public sealed record IndexedSpec(DomainSpec Domain, IndexSpec Index) : GeneratorSpec
{
    public override string Describe() => $"{Domain.Describe()}, {Index.Describe()}";
}

/// <summary>A finite domain of distinct values with a bijection from [0, <see cref="Size"/>).</summary>
public abstract record DomainSpec
{
    /// <summary>Distinct values; long.MaxValue when there are more than that.</summary>
    public abstract long Size { get; }

    /// <summary>Domains of a table with the same aspect and size name the same thing at the same index (a country's code and its name), so
    /// that one <see cref="IndexSpec"/> makes their columns agree; null for none.</summary>
    public string? Aspect { get; init; }

    public abstract string Describe();
}

/// <summary>Integer lanes: min, min + step, …</summary>
public sealed record IntegerDomain(long Min, long Max, long Step = 1) : DomainSpec
{
    public override long Size => (long)UInt128.Min((UInt128)((Int128)Max - Min) / (ulong)Step + 1, long.MaxValue);
    public override string Describe() => "distinct numbers";
}

/// <summary>An explicit list, in canonical text.</summary>
public sealed record ListDomain(EquatableArray<string> Values) : DomainSpec
{
    public override long Size => Values.Count;
    public override string Describe() => $"{Values.Count} values";
}

/// <summary>A few given texts, then those of another domain: as many as there are rows, so that each given one is taken.</summary>
public sealed record IncludingDomain(EquatableArray<string> Given, DomainSpec Others, long Count) : DomainSpec
{
    public override long Size => Count;
    public override string Describe() => $"{Given.Count} given values, then {Others.Describe()}";
}

/// <summary>Random-looking UUIDs of version 4 and variant 1; the low 62 bits carry the index.</summary>
public sealed record UuidDomain : DomainSpec
{
    public override long Size => 1L << 62;
    public override string Describe() => "UUIDs";
}

/// <summary>Text by a template whose parts spell the index in mixed radix.</summary>
public sealed record TextDomain(TextTemplate Template) : DomainSpec
{
    public override long Size => Template.Capacity;
    public override string Describe() => Template.Describe();
}

/// <summary>Which position in a domain a row takes.</summary>
public abstract record IndexSpec
{
    public abstract string Describe();
}

/// <summary>The row's place in a permutation of the domain, then one digit of its mixed-radix decode: (permuted / divisor) mod radix.</summary>
/// <param name="Size">Size of the permuted domain, at least the table's rows.</param>
/// <param name="Salt">Names the permutation: specs of one key share it.</param>
/// <param name="Divisor">Product of the radices of the digits below.</param>
/// <param name="Radix">Values of this digit.</param>
public sealed record RowIndexSpec(long Size, string Salt, long Divisor, long Radix) : IndexSpec
{
    public override string Describe() => Divisor == 1 && Radix == Size ? "each row another" : "each combination once";
}

/// <summary>Each run of so many rows takes every position once, in an order of its own.</summary>
public sealed record BlockIndexSpec(long Size, string Salt) : IndexSpec
{
    public override string Describe() => $"each once in every {Size} rows";
}

/// <summary>The row's own index, unpermuted.</summary>
public sealed record RowOrderIndexSpec : IndexSpec
{
    public override string Describe() => "in row order";
}

/// <summary>The same inside each sibling group of a reference: the ordinal, permuted by a key of the parent's own.</summary>
public sealed record GroupIndexSpec(int Reference, long Size, string Salt, long Divisor, long Radix) : IndexSpec
{
    public override string Describe() => "each once within its parent";
}

/// <summary>How many rows before have the same values in some columns (positions).</summary>
public sealed record OccurrenceIndexSpec(EquatableArray<int> Columns) : IndexSpec
{
    public override string Describe() => "each once among rows that are alike";
}

/// <summary>A column of rows that triggers make: a column of the row that causes each, or a literal. It is never written.</summary>
public sealed record TriggerValueSpec(EquatableArray<SourceColumn> Sources) : GeneratorSpec
{
    public override string Describe() => "as its trigger writes it";
}

/// <param name="Via">Reference of this table to the row that causes it.</param>
/// <param name="Column">That row's column; -1 for none.</param>
/// <param name="Literal">In canonical text.</param>
public readonly record struct SourceColumn(int Via, int Column, string? Literal);

/// <summary>Every Count-th value of another domain, beginning at Place, since other tables take those between.</summary>
/// <param name="Owner">The table and column whose key of chance all of them use.</param>
public sealed record SlicedDomain(DomainSpec Inner, int Count, int Place, TableName Owner, string OwnerColumn) : DomainSpec
{
    public override long Size => (Inner.Size - Place + Count - 1) / Count;
    public override string Describe() => $"{Inner.Describe()}, every {Count}. from {Place + 1} on";
}

/// <summary>Values by the row's band; rows outside of all bands as otherwise.</summary>
public sealed record BandSpec(EquatableArray<ValueBand> Bands, GeneratorSpec? Otherwise) : GeneratorSpec
{
    public override string Describe() => Otherwise is null ? "by its band" : $"{Otherwise.Describe()}; by its band where that says so";
}

/// <param name="First">First of the rows.</param>
/// <param name="Rows">How many.</param>
/// <param name="Values">In canonical text; the rows take them in turn.</param>
public readonly record struct ValueBand(long First, long Rows, EquatableArray<string> Values);
