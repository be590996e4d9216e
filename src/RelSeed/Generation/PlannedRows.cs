using System.Runtime.CompilerServices;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>The rows of a plan, read as if they stood in a database. Columns that the server fills are null.</summary>
sealed class PlannedRows(SeedPlan plan) : RowReader
{
    readonly SeedGenerator _rows = SeedGenerator.Compile(plan);

    public override Task<long> CountAsync(Table table, CancellationToken cancellationToken) => Task.FromResult(plan.Find(table.Name)?.Rows ?? 0);

    public override async IAsyncEnumerable<RowSlice> ReadAsync(Table table, IReadOnlyList<int> columns,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (plan.Find(table.Name) is not { Rows: > 0 and var rows }) yield break;
        var generator = _rows[table.Name];
        var batch = new RowBatch(generator);
        var places = columns.Select(c => generator.Written.ToList().IndexOf(c)).ToArray();
        var empty = columns.Select(c => ColumnVector.Create(table.Columns[c].Type)).ToArray();
        for (long first = 0; first < rows; first += BatchRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = (int)Math.Min(BatchRows, rows - first);
            batch.Fill(generator.FirstNew + first, count);
            yield return new RowSlice(count, [.. places.Select((place, i) => place >= 0 ? batch.Columns[place].Values : Nulls(empty[i], count))]);
        }
    }

    static ColumnVector Nulls(ColumnVector vector, int count)
    {
        vector.Reset(count);
        for (var row = 0; row < count; row++) vector.CopyNullRow(row);
        return vector;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
