using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Consecutive rows of one table as columns of typed arrays: what writers take.</summary>
/// <remarks>Valid until it is filled again.</remarks>
public sealed class RowBatch
{
    readonly RowFrame _frame;

    public RowBatch(TableGenerator table)
    {
        Table = table;
        _frame = new RowFrame(table);
        Columns = [.. table.Written.Select(c => new BatchColumn(table.Columns[c].Name, table.Columns[c].Type))];
    }

    public TableGenerator Table { get; }

    /// <summary>Index of the first row.</summary>
    public long FirstRow { get; private set; }

    public int RowCount { get; private set; }

    /// <summary>The written columns.</summary>
    public IReadOnlyList<BatchColumn> Columns { get; }

    /// <summary>Makes the rows [first, first + count).</summary>
    public void Fill(long first, int count)
    {
        (FirstRow, RowCount) = (first, count);
        _frame.Reset(first, count);
        for (var c = 0; c < Columns.Count; c++) Columns[c].Values = _frame.Column(Table.Written[c]);
    }
}

public sealed class BatchColumn(string name, ColumnType type)
{
    public string Name { get; } = name;
    public ColumnType Type { get; } = type;
    public ColumnVector Values { get; internal set; } = ColumnVector.Create(type);
}
