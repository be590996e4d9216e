using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.DifferentialPrivacy;

/// <summary>What may still be told of the entities of one family of tables, in zero-concentrated differential privacy.</summary>
/// <remarks>Bun and Steinke, Concentrated differential privacy (TCC 2016): Gaussian noise of variance v on counts that one entity changes by one
/// costs 1 / 2v; costs add up; rho in all is (rho + 2 √(rho ln 1/delta), delta).</remarks>
sealed class PrivacyBudget
{
    /// <summary>How likely anything is told that epsilon does not bound.</summary>
    public const double Delta = 1e-9;

    readonly TableName _family;
    readonly double _rhoOfWeight;
    readonly List<PrivacyCharge> _ledger = [];
    double _left;

    /// <param name="family">The root whose rows are the entities.</param>
    /// <param name="weight">Of everything that will be measured.</param>
    public PrivacyBudget(TableName family, double epsilon, double weight)
    {
        _family = family;
        _left = RhoOf(epsilon);
        _rhoOfWeight = weight > 0 ? _left / weight : 0;
    }

    public IReadOnlyList<PrivacyCharge> Ledger => _ledger;

    /// <summary>What a measurement of the weight will cost.</summary>
    public double RhoOfWeight(double weight) => weight * _rhoOfWeight;

    // Half of delta is left to values that are told by name.
    const double ConversionDelta = Delta / 2;

    /// <summary>The rho that costs an epsilon.</summary>
    public static double RhoOf(double epsilon)
    {
        var log = Numerics.StableMath.Ln(1 / ConversionDelta);
        var root = Math.Sqrt(log + epsilon) - Math.Sqrt(log);
        return root * root;
    }

    /// <summary>The epsilon that a rho costs.</summary>
    public static double EpsilonOf(double rho) => rho + 2 * Math.Sqrt(rho * Numerics.StableMath.Ln(1 / ConversionDelta));

    /// <returns>The variance of the noise.</returns>
    public long Spend(TableName table, string what, double weight) => (long)Math.Ceiling(Cost(1) / Take(table, what, weight));

    // Of noise of a variance on counts that one entity changes by one.
    static double Cost(double variance) => 1 / (2 * variance);

    /// <returns>The epsilon of a choice by the exponential mechanism, which costs epsilon² / 8 (Cesar and Rogers, ALT 2021).</returns>
    public double SpendOnChoice(TableName table, string what, double weight) => Math.Sqrt(8 * Take(table, what, weight));

    double Take(TableName table, string what, double weight)
    {
        // Noise of less than one is not worth telling apart.
        var rho = Math.Min(RhoOfWeight(weight), Cost(1));
        if (rho < Cost(DiscreteGaussian.MostVariance))
            throw new UsageException("RS1240", "Epsilon is too small for so many columns. Give more, or leave tables out with --exclude.");
        _left -= rho;
        if (_left < -1e-9) throw new InvalidOperationException($"More is measured of {table} than was planned.");
        _ledger.Add(new(_family, table, what, rho));
        return rho;
    }
}
