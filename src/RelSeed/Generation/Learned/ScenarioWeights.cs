namespace RelSeed.Generation.Learned;

/// <summary>What rows of a scenario count for in sums and means that are to be as learned: the odds of a row's codes as learned by their odds in the
/// scenario. The mean of all weights is about 1.</summary>
sealed class ScenarioWeights
{
    const int MostRows = 1 << 16, BatchRows = 4_096;

    readonly IReadOnlyList<Reweighting> _steps;
    readonly List<(double Share, Reweighting.Group[] Groups)> _parts = [(1, [])];
    readonly double[] _natural;

    /// <param name="learned">The table's rows as they would be without the scenario; of the first of them is counted how likely each part's codes
    /// are.</param>
    public ScenarioWeights(TableGenerator table, LearnedRows learned, IReadOnlyList<Reweighting> steps)
    {
        _steps = steps;
        foreach (var step in steps) _parts = [.. _parts.SelectMany(p => step.Groups.Select(g => (p.Share * g.Share, p.Groups.Append(g).ToArray())))];
        _natural = new double[_parts.Count];
        var frame = new RowFrame(table);
        var rows = Math.Min(MostRows, table.MadeRows);
        for (long first = 0; first < rows; first += BatchRows)
        {
            frame.ResetMade(first, (int)Math.Min(BatchRows, rows - first));
            var state = new LearnedState(learned.Steps.Count, learned.References);
            learned.Fill(frame, state);
            for (var p = 0; p < _natural.Length; p++)
                for (var i = 0; i < frame.Count; i++) _natural[p] += Factor(_parts[p].Groups, state, i);
        }
        // A part that no row happened to be in is about as rare as half a row.
        for (var p = 0; p < _natural.Length; p++) _natural[p] = Math.Max(0.5, _natural[p]) / Math.Max(1, rows);
    }

    double Factor(Reweighting.Group[] groups, LearnedState state, int row)
    {
        var factor = 1.0;
        for (var s = 0; s < groups.Length; s++) factor *= groups[s].Factors[state.Codes[_steps[s].Step][row]];
        return factor;
    }

    /// <summary>Above 0; 0 for a row that the scenario has no place for.</summary>
    public double Of(LearnedState state, int row)
    {
        double odds = 0;
        for (var p = 0; p < _natural.Length; p++) odds += _parts[p].Share * Factor(_parts[p].Groups, state, row) / _natural[p];
        return odds > 0 ? 1 / odds : 0;
    }
}

/// <summary>The column that <see cref="Planning.WeightSpec"/> asks for.</summary>
/// <param name="perUnit">Units of the column's lane for a weight of 1.</param>
sealed class WeightColumn(double perUnit) : ColumnGenerator
{
    public override void Fill(RowFrame frame, ColumnVector target)
    {
        var (state, weights) = (frame.Learned(), frame.Table.Learned!.Weights!.Value);
        for (var i = 0; i < frame.Count; i++)
        {
            var weight = weights.Of(state, i);
            if (target is Float64Vector reals) reals.Values[i] = weight;
            else ((Int64Vector)target).Values[i] = (long)Math.Round(weight * perUnit);
        }
    }
}
