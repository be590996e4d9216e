using RelSeed.Generation;
using RelSeed.Schema;

namespace RelSeed.Sqlite.Loading.Encoding;

/// <summary>The rows of a batch, ready to be bound.</summary>
sealed class EncodedBatch
{
    public EncodedBatch(TableGenerator table) =>
        Columns = [.. table.Written.Select(c => table.Columns[c]).Select(c => ColumnEncoding.For(table.Name, new BatchColumn(c.Name, c.Type)))];

    public EncodedColumn[] Columns { get; }

    public void Encode(RowBatch batch)
    {
        for (var c = 0; c < Columns.Length; c++) Columns[c].Encode(batch.Columns[c].Values);
    }
}
