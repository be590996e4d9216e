namespace RelSeed.Schema;

public sealed record SchemaReadOptions
{
    /// <summary>Names of the schemas to read; empty for all that the user may see.</summary>
    public EquatableArray<string> Schemas { get; init; } = [];
}
