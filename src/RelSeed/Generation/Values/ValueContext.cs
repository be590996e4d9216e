using RelSeed.Numerics;

namespace RelSeed.Generation;

/// <summary>What the value generators of a table have in common.</summary>
/// <param name="TableName">As in the keys of chance.</param>
public sealed record ValueContext(ulong Seed, string TableName)
{
    /// <summary>Key of a stream that several columns of the table share.</summary>
    public ulong SharedKey(string stream) => StableHash.Key(Seed, TableName, "shared", stream);
}
