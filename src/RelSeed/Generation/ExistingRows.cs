namespace RelSeed.Generation;

/// <summary>The columns of a table's rows that stood in the database before the run, so far as keys and references need them.</summary>
/// <param name="count">Rows known; fewer than there are when only a sample was read.</param>
/// <param name="columns">By the column's 0-based position.</param>
public sealed class ExistingRows(int count, IReadOnlyDictionary<int, ColumnVector> columns)
{
    public int Count { get; } = count;

    public ColumnVector? Find(int column) => columns.GetValueOrDefault(column);
}

/// <summary>Which made rows another takes the place of: those that cannot stay.</summary>
/// <param name="replaced">Indexes of made rows, ascending.</param>
/// <param name="by">What stands in for each: indexes from the number of rows asked for on.</param>
public sealed class RowSubstitutes(long[] replaced, long[] by)
{
    /// <summary>No row after it stands in for another.</summary>
    public long Last { get; } = by.Length == 0 ? -1 : by.Max();

    public long Map(long row)
    {
        var place = Array.BinarySearch(replaced, row);
        return place < 0 ? row : by[place];
    }
}
