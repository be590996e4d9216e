namespace RelSeed.Generation;

/// <summary>How many of some columns have a value, told of the first of them so that no more is chosen than may be, and no less than must.</summary>
sealed class CountRule(int[] columns, int least, int most) : ArrangementRule(columns)
{
    public override bool Allows(ChosenRow row)
    {
        var count = Columns.Count(c => row.Find(c) is ({ } values, var place) && !values.IsNull(place));
        return count >= least && count <= most;
    }

    /// <summary>The rules of a count over all columns, one for each number of columns that are chosen already.</summary>
    /// <param name="columns">In the order of choice.</param>
    public static IEnumerable<CountRule> Of(int[] columns, int least, int most)
    {
        for (var known = 1; known < columns.Length; known++) yield return new(columns[..known], least - (columns.Length - known), most);
    }

    /// <summary>By column: the share of rows in which it is null, if each of the columns is to be as likely as any other.</summary>
    /// <param name="columns">How many there are.</param>
    public static IEnumerable<double> NullShares(int columns, int least, int most)
    {
        var wanted = (Math.Max(1, least) + most) / 2.0;
        for (var known = 0; known < columns; known++) yield return Math.Max(0, 1 - wanted / (columns - known));
    }
}
