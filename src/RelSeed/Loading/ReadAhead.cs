using System.Runtime.CompilerServices;
using RelSeed.Generation;

namespace RelSeed.Loading;

/// <param name="Columns">What <paramref name="Fill"/> fills.</param>
/// <param name="Fill">Reads the next <see cref="RowReader.BatchRows"/> rows, fewer at the end; may block.</param>
public sealed record BatchSource(ColumnVector[] Columns, Func<int> Fill);

/// <summary>Reads a batch while the one before it is used.</summary>
public static class ReadAhead
{
    /// <param name="even">Takes turns with <paramref name="odd"/>; both read from the same place.</param>
    public static async IAsyncEnumerable<RowSlice> BatchesAsync(
        BatchSource even, BatchSource odd, ReadPace pace, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (now, next) = (even, odd);
        var filling = Task.Run(now.Fill, cancellationToken);
        try
        {
            while (await filling is > 0 and var rows)
            {
                if (rows == RowReader.BatchRows) filling = Task.Run(next.Fill, cancellationToken);
                yield return new RowSlice(rows, now.Columns);
                if (rows < RowReader.BatchRows) yield break;
                await pace.WaitAsync(rows, cancellationToken);
                (now, next) = (next, now);
            }
        }
        finally
        {
            // What it reads from may be closed only then.
            await ((Task)filling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
