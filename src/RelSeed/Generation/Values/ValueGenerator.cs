namespace RelSeed.Generation;

/// <summary>A generator that reads counters instead of rows, so that it also serves the items of arrays, many to a row.</summary>
abstract class ValueGenerator : ColumnGenerator
{
    public sealed override void Fill(RowFrame frame, ColumnVector target) => Fill(frame.Rows, frame, target);

    /// <param name="counters">One a value; the target has been reset to as many.</param>
    /// <param name="frame">The rows, for generators that read other columns; those are never put into arrays.</param>
    public abstract void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target);
}

/// <summary>Reads a finite domain at indexes: distinct indexes give distinct values.</summary>
public abstract class DomainGenerator
{
    /// <param name="indexes">From 0 to the domain's size - 1, one a row; the target has been reset to as many.</param>
    /// <param name="frame">The rows, for the parts of a value that are drawn.</param>
    public void Fill(ReadOnlySpan<long> indexes, RowFrame frame, ColumnVector target) => Fill(indexes, frame.Rows, frame, target);

    /// <param name="counters">One a value, for the draws.</param>
    public abstract void Fill(ReadOnlySpan<long> indexes, ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target);
}
