using BenchmarkDotNet.Attributes;
using RelSeed.Generation;
using RelSeed.PostgreSql.Loading.Copy;
using RelSeed.Schema;

namespace RelSeed.Benchmarks;

/// <summary>Rows of each table of the shop: made, and made and encoded for COPY. One operation is a row; allocated bytes a row are 0 when
/// nothing is allocated once the batch has grown.</summary>
[MemoryDiagnoser]
public class RowBenchmarks
{
    const int BatchRows = 8_192;

    RowBatch _batch = null!;
    CopyBuffer _buffer = null!;
    RowEncoder _encoder = null!;
    long _next;

    [Params("customer", "product", "orders", "order_line", "review")]
    public string Table { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        var table = ShopPlan.Table(Table);
        _batch = new RowBatch(table);
        _buffer = new CopyBuffer();
        _encoder = new BinaryRowEncoder([.. _batch.Columns.Select((c, i) => (i, EncoderFactory.Binary(c.Type, Wire(c.Type))!))]);
        Make();
    }

    // The server's numbers of types do not matter to the time.
    static WireType Wire(ColumnType type) =>
        new(0, type.BaseName, IsBuiltIn: true, 'b', (byte)',') { Element = type.Element is { } element ? Wire(element) : null };

    [Benchmark(Baseline = true, OperationsPerInvoke = BatchRows)]
    public void Make()
    {
        _batch.Fill(_next, BatchRows);
        _next = (_next + BatchRows) % (_batch.Table.RowCount - BatchRows);
    }

    [Benchmark(OperationsPerInvoke = BatchRows)]
    public void MakeAndEncode()
    {
        Make();
        _buffer.Clear();
        _encoder.Encode(_batch, _buffer);
    }
}
