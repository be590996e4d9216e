using RelSeed.Generation;
using RelSeed.Loading;

namespace RelSeed.Tests.Loading;

public sealed class ReadAheadTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(RowReader.BatchRows)]
    [InlineData(5 * RowReader.BatchRows)]
    [InlineData(5 * RowReader.BatchRows + 7)]
    public async Task Every_row_comes_once_and_in_order(int rows)
    {
        var source = new Counter(rows);
        var read = new List<long>();

        await foreach (var slice in ReadAhead.BatchesAsync(source.Batches(), source.Batches(), new ReadPace(0), Token))
            read.AddRange(((Int64Vector)slice.Columns[0]).Values[..slice.Rows]);

        Assert.Equal(Enumerable.Range(0, rows).Select(r => (long)r), read);
    }

    [Fact]
    public async Task Who_stops_early_waits_for_the_batch_that_is_being_read()
    {
        var source = new Counter(10 * RowReader.BatchRows);
        await foreach (var slice in ReadAhead.BatchesAsync(source.Batches(), source.Batches(), new ReadPace(0), Token)) break;

        var readThen = source.Next;
        await Task.Delay(50, Token);

        Assert.Equal(readThen, source.Next);
        Assert.Equal(2 * RowReader.BatchRows, readThen);
    }

    [Fact]
    public async Task A_fault_comes_after_the_batches_before_it()
    {
        var source = new Counter(10 * RowReader.BatchRows) { FailsAt = 2 * RowReader.BatchRows };
        var rows = 0;

        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var slice in ReadAhead.BatchesAsync(source.Batches(), source.Batches(), new ReadPace(0), Token)) rows += slice.Rows;
        });

        Assert.Equal(2 * RowReader.BatchRows, rows);
    }

    sealed class Counter(int rows)
    {
        public int Next { get; private set; }

        public int FailsAt { get; init; } = int.MaxValue;

        public BatchSource Batches()
        {
            var vector = new Int64Vector();
            return new([vector], () => Fill(vector));
        }

        int Fill(Int64Vector vector)
        {
            if (Next >= FailsAt) throw new InvalidDataException();
            vector.Reset(RowReader.BatchRows);
            var filled = 0;
            while (filled < RowReader.BatchRows && Next < rows) vector.Values[filled++] = Next++;
            return filled;
        }
    }
}
