using System.Text;

namespace RelSeed.Schema;

/// <summary>A partition that a load makes for a partitioned table without any: it takes every row.</summary>
/// <param name="Bound">As the catalog tells it: <c>DEFAULT</c>, or the whole of a hash.</param>
public sealed record NewPartition(TableName Name, TableName Parent, string Bound)
{
    // The server cuts longer names.
    const int LongestName = 63;

    /// <summary>One for each partitioned table, or partition that is partitioned itself, which has none.</summary>
    public static EquatableArray<NewPartition> For(DatabaseSchema schema)
    {
        var names = schema.Tables.Select(t => t.Name).ToHashSet();
        return
        [
            .. from table in schema.Tables
               where table.Partitioning is { Partitions.IsEmpty: true }
               select new NewPartition(NameFor(table.Name, names), table.Name,
               table.Partitioning!.Strategy == PartitionStrategy.Hash ? "FOR VALUES WITH (modulus 1, remainder 0)" : "DEFAULT"),
        ];
    }

    static TableName NameFor(TableName parent, HashSet<TableName> names)
    {
        for (var number = 1; ; number++)
        {
            var end = number == 1 ? "_default" : $"_default{number}";
            var stem = parent.Name;
            while (Encoding.UTF8.GetByteCount(stem) + end.Length > LongestName) stem = stem[..^(char.IsLowSurrogate(stem[^1]) ? 2 : 1)];
            var name = parent with { Name = stem + end };
            if (names.Add(name)) return name;
        }
    }

    /// <summary>The schema as it is once the partitions are made.</summary>
    public static DatabaseSchema AddTo(DatabaseSchema schema, EquatableArray<NewPartition> partitions)
    {
        var byParent = partitions.ToDictionary(p => p.Parent);
        return schema with
        {
            Tables =
            [
                .. schema.Tables.Select(t => byParent.TryGetValue(t.Name, out var made)
                ? t with { Partitioning = t.Partitioning! with { Partitions = [made.Name] } } : t),
                .. schema.Tables.Where(t => byParent.ContainsKey(t.Name))
                .Select(t => t with { Name = byParent[t.Name].Name, Partitioning = null, PartitionOf = t.Name,
                PartitionBound = byParent[t.Name].Bound }),
            ],
        };
    }
}
