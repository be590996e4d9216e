namespace RelSeed.Schema;

/// <summary>What of a database is read.</summary>
public sealed record SchemaReadOptions
{
    /// <summary>Schemas to read; empty for all that the user may see.</summary>
    public EquatableArray<string> Schemas { get; init; } = [];
}
