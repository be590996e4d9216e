using System.Runtime.ExceptionServices;

namespace RelSeed.Generation;

/// <summary>Makes a table's batches on worker threads, turns each into a product (encoded bytes), and hands the products to one consumer in
/// row order, so that generation, encoding and the network overlap.</summary>
/// <typeparam name="T">The product; a few of them are made and used again.</typeparam>
public sealed class BatchPipeline<T>
{
    // Products ready while the consumer is busy elsewhere, so that it never waits for the first batch, whose code is still being compiled.
    const int Ahead = 2;

    readonly TableGenerator _table;
    readonly int _batchRows;
    readonly int _threads;

    /// <param name="batchRows">Rows a batch, at least 1.</param>
    /// <param name="threads">Workers, at least 1.</param>
    public BatchPipeline(TableGenerator table, int batchRows, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        (_table, _batchRows) = (table, batchRows);
        Batches = (table.MadeRows + batchRows - 1) / batchRows;
        _threads = (int)Math.Min(threads, Math.Max(1, Batches));
    }

    public long Batches { get; }

    /// <param name="create">Makes an empty product; called a few times.</param>
    /// <param name="produce">On a worker: turns a batch into the product it is given, which it must first empty.</param>
    /// <param name="consume">In row order, one at a time: takes the product and the rows it stands for.</param>
    /// <param name="turn">Until it is completed a few products are made ahead, and none is consumed; null to begin at once.</param>
    /// <returns>The digest of all rows.</returns>
    public async Task<UInt128> RunAsync(
        Func<T> create, Action<RowBatch, T> produce, Func<T, int, ValueTask> consume, CancellationToken cancellationToken, Task? turn = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var slots = new Slot[(int)Math.Min(_threads * 2 + Ahead, Math.Max(1, Batches))];
        for (var s = 0; s < slots.Length; s++) slots[s] = new Slot(create());
        long next = -1;
        var gate = new Lock();
        var workers = new Task<UInt128>[_threads];
        for (var w = 0; w < workers.Length; w++)
            workers[w] = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Exception? fault = null;
        try
        {
            if (turn is not null) await turn.WaitAsync(stop.Token);
            for (long b = 0; b < Batches && fault is null; b++)
            {
                var slot = slots[b % slots.Length];
                await slot.Full.WaitAsync(stop.Token);
                fault = slot.Fault;
                if (fault is not null) break;
                await consume(slot.Product, slot.Rows);
                slot.Empty.Release();
            }
        }
        catch (Exception thrown)
        {
            fault = thrown;
        }

        if (fault is not null) await stop.CancelAsync();
        var sums = await Task.WhenAll(workers);
        foreach (var slot in slots) slot.Dispose();
        if (fault is not null) ExceptionDispatchInfo.Throw(fault);
        return sums.Aggregate(UInt128.Zero, (sum, part) => sum + part);

        UInt128 Work()
        {
            var batch = new RowBatch(_table);
            var digest = new RowDigest();
            while (Claim() is var (slot, first))
            {
                try
                {
                    slot.Rows = (int)Math.Min(_batchRows, _table.RowCount - first);
                    batch.Fill(first, slot.Rows);
                    digest.Add(batch);
                    produce(batch, slot.Product);
                }
                catch (Exception thrown)
                {
                    // The consumer comes to this slot in its turn, ends the run and throws it.
                    slot.Fault = thrown;
                }
                var failed = slot.Fault is not null;
                slot.Full.Release();
                if (failed) break;
            }
            return digest.Sum;
        }

        // One at a time and waiting inside, so that of two batches that share a slot the earlier gets it first.
        (Slot Slot, long First)? Claim()
        {
            lock (gate)
            {
                if (++next >= Batches) return null;
                var slot = slots[next % slots.Length];
                try
                {
                    slot.Empty.Wait(stop.Token);
                }
                catch (OperationCanceledException)
                {
                    return null;
                }
                return (slot, _table.FirstNew + next * _batchRows);
            }
        }
    }

    sealed class Slot(T product) : IDisposable
    {
        public T Product { get; } = product;
        public int Rows { get; set; }
        public Exception? Fault { get; set; }
        public SemaphoreSlim Empty { get; } = new(1, 1);
        public SemaphoreSlim Full { get; } = new(0, 1);

        public void Dispose()
        {
            Empty.Dispose();
            Full.Dispose();
        }
    }
}
