using RelSeed.Generation;
using RelSeed.Schema;

namespace RelSeed.Tests.Generation;

public class BatchPipelineTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, InlineData(1, 1), InlineData(2, 7), InlineData(8, 3), InlineData(4, 5_000)]
    public async Task Products_come_in_row_order_whatever_the_threads(int threads, int batchRows)
    {
        var next = 0L;
        var pipeline = new BatchPipeline<long[]>(Table(2_000), batchRows, threads);
        await pipeline.RunAsync(() => new long[2], Encode, (product, rows) =>
        {
            Assert.Equal((next, rows), (product[0], (int)product[1]));
            next += rows;
            return ValueTask.CompletedTask;
        }, Cancellation);
        Assert.Equal(2_000, next);
    }

    [Fact]
    public async Task Cancelling_ends_the_run_as_cancelled_while_products_wait()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        for (var run = 0; run < 50; run++)
        {
            var pipeline = new BatchPipeline<long[]>(Table(100_000), 10, 4);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pipeline.RunAsync(() => new long[2], Encode, (product, _) =>
            {
                if (product[0] == 500) stop.Cancel();
                return ValueTask.CompletedTask;
            }, stop.Token));
        }
    }

    [Fact]
    public async Task A_fault_of_a_worker_or_the_consumer_ends_the_run_with_it()
    {
        var pipeline = new BatchPipeline<long[]>(Table(100_000), 10, 4);
        var worker = await Assert.ThrowsAsync<InvalidDataException>(() => pipeline.RunAsync(
            () => new long[2], (batch, _) => { if (batch.FirstRow == 700) throw new InvalidDataException("worker"); }, (_, _) =>
                ValueTask.CompletedTask, Cancellation));
        var consumer = await Assert.ThrowsAsync<InvalidDataException>(() => pipeline.RunAsync(
            () => new long[2], Encode, (product, _) =>
                product[0] == 700 ? throw new InvalidDataException("consumer") : ValueTask.CompletedTask, Cancellation));
        Assert.Equal(("worker", "consumer"), (worker.Message, consumer.Message));
    }

    static void Encode(RowBatch batch, long[] product) =>
        (product[0], product[1]) = (((Int64Vector)batch.Columns[0].Values).Values[0], batch.RowCount);

    static TableGenerator Table(long rows)
    {
        var column = new GeneratedColumn("id", new ColumnType { Kind = TypeKind.Int64, Name = "bigint" }) { Values = new RowNumber() };
        return new TableGenerator { Name = new("main", "t"), RowCount = rows, Columns = [column], Written = [0] };
    }

    sealed class RowNumber : ColumnGenerator
    {
        public override void Fill(RowFrame frame, ColumnVector target) => frame.Rows.CopyTo(((Int64Vector)target).Values);
    }
}
