using RelSeed.Schema;

namespace RelSeed.Loading;

/// <param name="Column">Position in the table.</param>
public readonly record struct ColumnPlace(Table Table, int Column)
{
    public string Name => Table.Columns[Column].Name;
    public ColumnType Type => Table.Columns[Column].Type;
    public override string ToString() => $"{Table.Name}.{Name}";
}

/// <summary>One transaction that replaces values of columns in place: for a group of columns at a time the different values are listed, each gets
/// another one, and the rows are updated by that list. Ended without <see cref="CommitAsync"/>, everything is as it was.</summary>
/// <remarks>The lists are temporary tables of the database, so memory does not grow with them.</remarks>
public abstract class MaskSession : IAsyncDisposable
{
    /// <summary>Begins a group: lists the different values of its columns, in their order.</summary>
    /// <returns>How many there are.</returns>
    public abstract Task<long> CollectAsync(IReadOnlyList<ColumnPlace> columns, CancellationToken cancellationToken);

    /// <summary>Some of the listed values as canonical text.</summary>
    public abstract Task<IReadOnlyList<string>> ReadAsync(long first, int count, CancellationToken cancellationToken);

    /// <summary>Adds values to those that will replace the listed ones.</summary>
    public abstract Task AddAsync(long first, IReadOnlyList<string> values, CancellationToken cancellationToken);

    /// <summary>Drops replacements that are there twice, or among the listed values.</summary>
    /// <returns>How many are left.</returns>
    public abstract Task<long> KeepNewAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the values of a column of the group: the n-th listed one by the n-th replacement; where there are fewer, they are taken
    /// round.</summary>
    /// <returns>Rows that were changed.</returns>
    /// <exception cref="DatabaseException">RS3120: the database refuses a replacement.</exception>
    public abstract Task<long> ApplyAsync(ColumnPlace column, CancellationToken cancellationToken);

    public abstract Task CommitAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
