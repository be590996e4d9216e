using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>The rows that stand in a database at one instant, read in batches and never written.</summary>
public abstract class RowReader : IAsyncDisposable
{
    /// <summary>Rows of a batch at most.</summary>
    public const int BatchRows = 4096;

    /// <summary>Rows of a table, counted exactly.</summary>
    public abstract Task<long> CountAsync(Table table, CancellationToken cancellationToken);

    /// <summary>All rows of a table, in whatever order they stand. What is no value of its column's type is null.</summary>
    /// <param name="columns">0-based positions.</param>
    /// <returns>One vector a column; they are filled anew by the next batch.</returns>
    public abstract IAsyncEnumerable<RowSlice> ReadAsync(Table table, IReadOnlyList<int> columns, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}

/// <param name="Rows">Rows of the batch, also where there is no column.</param>
public readonly record struct RowSlice(int Rows, ColumnVector[] Columns);
