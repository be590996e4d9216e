namespace RelSeed.Generation;

/// <summary>How many of some columns have a value, told of the first of them so that no more is chosen than may be, and no less than must.</summary>
sealed class CountRule(int[] columns, int least, int most) : ArrangementRule(columns)
{
    public override bool Allows(ChosenRow row) => CountOf(row) is var count && count >= least && count <= most;

    /// <summary>More columns have a value than may.</summary>
    public bool IsExceeded(ChosenRow row) => CountOf(row) > most;

    int CountOf(ChosenRow row) => Columns.Count(c => row.Find(c) is ({ } values, var place) && !values.IsNull(place));

    /// <summary>The rules of a count over all columns, one for each number of columns that are chosen by then.</summary>
    /// <param name="columns">In the order of choice.</param>
    public static IEnumerable<CountRule> Of(int[] columns, int least, int most)
    {
        for (var known = 1; known <= columns.Length; known++) yield return new(columns[..known], least - (columns.Length - known), most);
    }

    /// <summary>By column: the share of rows in which it is null, if each of the columns is to be as likely as any other.</summary>
    /// <param name="columns">How many there are.</param>
    public static IEnumerable<double> NullShares(int columns, int least, int most)
    {
        var wanted = (Math.Max(1, least) + most) / 2.0;
        for (var known = 0; known < columns; known++) yield return Math.Max(0, 1 - wanted / (columns - known));
    }
}
