using RelSeed.Configuration;
using RelSeed.Schema;

namespace RelSeed.Evaluation.Drift;

/// <summary>When a difference counts as drift.</summary>
public sealed record DriftOptions
{
    /// <summary>The largest population stability index of a column that is no drift; 0.1 is commonly called moderate, 0.25 major.</summary>
    public double MostPsi { get; init; } = 0.25;

    /// <summary>The largest Kolmogorov-Smirnov distance of a column of numbers or dates, or of numbers of children, that is no drift; from 0 to
    /// 1.</summary>
    public double MostKs { get; init; } = 0.2;

    /// <summary>Rows a table that are compared, at most; whole families are kept together.</summary>
    public int SampleRows { get; init; } = 200_000;

    /// <summary>What tables and columns were called when the profile was learned; what rules say of values does not count here.</summary>
    public SeedRules Rules { get; init; } = SeedRules.None;
}

/// <summary>How far the rows that stand in a database have moved from those a profile was learned of.</summary>
/// <param name="Schema">Tables and columns that one of the two does not know, in words.</param>
/// <param name="Columns">In the order of the tables' dependence.</param>
/// <param name="Children">Numbers of children, likewise.</param>
/// <param name="Tables">Rows, likewise.</param>
public sealed record DriftReport(
    EquatableArray<string> Schema, EquatableArray<TableDrift> Tables, EquatableArray<ColumnDrift> Columns, EquatableArray<ChildrenDrift> Children)
{
    public bool HasDrifted => !Schema.IsEmpty || Columns.Any(c => c.HasDrifted) || Children.Any(c => c.HasDrifted);
}

/// <param name="Learned">Rows of the profile, as it tells them.</param>
/// <param name="Rows">Rows that stand in the table.</param>
public sealed record TableDrift(TableName Table, long Learned, long Rows);

/// <param name="Psi">Population stability index over at most ten ranges or twenty values, and NULL.</param>
/// <param name="Ks">Distance of the cumulated shares; null for what has no order.</param>
/// <param name="LearnedNulls">Share of NULL by the profile, from 0 to 1.</param>
/// <param name="Nulls">Share of NULL in the table.</param>
public sealed record ColumnDrift(TableName Table, string Column, double Psi, double? Ks, double LearnedNulls, double Nulls, bool HasDrifted);

/// <param name="Columns">The dependent's, by which the foreign key is known.</param>
/// <param name="Ks">Distance of the cumulated shares of the numbers of children.</param>
/// <param name="LearnedMean">Children a parent by the profile.</param>
/// <param name="Mean">Children a parent in the database.</param>
public sealed record ChildrenDrift(TableName Dependent, EquatableArray<string> Columns, TableName Principal, double Ks, double LearnedMean,
    double Mean, bool HasDrifted);
