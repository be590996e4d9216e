using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>No draw makes rows of the table hold, so what reads them would draw in vain too.</summary>
sealed class BrokenRowsException(TableName table) : Exception($"Rows of {table} do not hold.")
{
    public TableName Table { get; } = table;
}
