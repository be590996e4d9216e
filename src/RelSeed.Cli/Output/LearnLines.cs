using RelSeed.Learning;
using RelSeed.Schema;

namespace RelSeed.Cli.Output;

/// <summary>A line a table while it is read, and while it is learned.</summary>
sealed class LearnLines : IProgress<LearnProgress>
{
    LearnPhase _phase = LearnPhase.Counting;
    TableName? _table;

    public void Report(LearnProgress value)
    {
        if (value.Table is not { } table || value.Phase == LearnPhase.Counting || (value.Phase, value.Table) == (_phase, _table)) return;
        (_phase, _table) = (value.Phase, value.Table);
        Console.Error.WriteLine(value.Phase != LearnPhase.Reading ? $"learning {table.Name}: {value.Rows:N0} rows"
            : value.Total > 0 ? $"reading {table.Name}: {value.Total:N0} rows" : $"reading {table.Name}");
    }
}
