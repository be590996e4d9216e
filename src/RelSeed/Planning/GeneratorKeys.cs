using RelSeed.Numerics;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>The keys of chance: from the names of table and column, so that adding a column disturbs no other.</summary>
/// <remarks>The default schema's name is left out: a table <c>orders</c> has the same rows in <c>public</c> as in <c>main</c>.</remarks>
public sealed class GeneratorKeys(ulong seed, string defaultSchema)
{
    public ulong Seed { get; } = seed;

    public string NameOf(TableName table) => table.Schema == defaultSchema ? table.Name : table.ToString();

    public ulong Column(TableName table, string column) => StableHash.Key(Seed, NameOf(table), column);

    public ulong Nulls(TableName table, string salt) => StableHash.Key(Seed, NameOf(table), salt, "null");

    /// <summary>A foreign key by its columns, since SQLite's have no names.</summary>
    public ulong Reference(TableName table, ForeignKey key) => StableHash.Key(Seed, NameOf(table), string.Join(",", key.Columns), "reference");

    /// <summary>A permutation that several specs of a table share by its salt.</summary>
    public ulong Permutation(TableName table, string salt) => StableHash.Key(Seed, NameOf(table), salt, "permutation");
}
