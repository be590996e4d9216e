using FsCheck;
using FsCheck.Fluent;
using RelSeed.Learning.DifferentialPrivacy;
using RelSeed.Schema;

namespace RelSeed.Tests.Learning.DifferentialPrivacy;

public sealed class PrivacyBudgetTests
{
    static readonly TableName People = new("main", "people");

    [Fact]
    public void Whatever_is_measured_as_planned_costs_no_more_than_epsilon()
    {
        var cases = from tenths in Gen.Choose(1, 200)
                    from weights in Gen.Choose(1, 100).NonEmptyListOf()
                    select (Epsilon: tenths / 10.0, Weights: weights.Select(w => w / 10.0).ToList());
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var budget = new PrivacyBudget(People, c.Epsilon, c.Weights.Sum());
            for (var i = 0; i < c.Weights.Count; i++)
            {
                // The noise is what the ledger says.
                if (i % 3 == 0) budget.SpendOnChoice(People, "choice", c.Weights[i]);
                else Assert.True(1 / (2.0 * budget.Spend(People, "counts", c.Weights[i])) <= budget.Ledger[^1].Rho * (1 + 1e-9));
            }
            Assert.Equal(c.Weights.Count, budget.Ledger.Count);
            return PrivacyBudget.EpsilonOf(budget.Ledger.Sum(l => l.Rho)) <= c.Epsilon * (1 + 1e-9);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void More_than_was_planned_is_not_measured()
    {
        var budget = new PrivacyBudget(People, epsilon: 1, weight: 2);
        budget.Spend(People, "counts", 2);
        Assert.Equal("More is measured of main.people than was planned.",
            Assert.Throws<InvalidOperationException>(() => budget.Spend(People, "counts", 0.1)).Message);
    }

    [Fact]
    public void Too_little_for_so_much_is_told()
    {
        var budget = new PrivacyBudget(People, epsilon: 0.0001, weight: 1e6);
        var fault = Assert.Throws<UsageException>(() => budget.Spend(People, "counts", 0.01));
        Assert.Equal("RS1240 Epsilon is too small for so many columns. Give more, or leave tables out with --exclude.", fault.Message);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(20)]
    public void Rho_and_epsilon_are_each_others_measure(double epsilon) =>
        Assert.Equal(epsilon, PrivacyBudget.EpsilonOf(PrivacyBudget.RhoOf(epsilon)), 9);
}
