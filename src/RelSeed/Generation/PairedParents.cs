using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>A table that pairs rows of two others which must share a grandparent (hosts and sets of one catalog) has little room where one
/// grandparent
/// has many of the one and another many of the other: it has room again when each has some of both.</summary>
static class PairedParents
{
    /// <returns>Foreign keys of the two tables to the grandparent.</returns>
    public static IEnumerable<(TableName Table, string Key)> Of(SeedPlan plan, TableName name)
    {
        if (plan.Find(name) is not { ExistingRows: 0 } table) yield break;
        foreach (var column in table.Table.Columns.Select(c => c.Name))
        {
            var sharing = table.Table.ForeignKeys.Where(k => k.Columns.Count > 1 && k.Columns.Contains(column) && k.Principal != name).ToList();
            if (sharing.Count < 2) continue;
            foreach (var key in sharing)
                if (plan.Find(key.Principal) is { } parent && parent.Sources.IsEmpty
                    && KeyOf(parent.Table, key.PrincipalColumns[key.Columns.ToList().IndexOf(column)]) is { } above)
                    yield return (parent.Table.Name, above.Name);
        }
    }

    static ForeignKey? KeyOf(Table table, string column) =>
        table.ForeignKeys.FirstOrDefault(k => k.Principal != table.Name && k.Columns.Contains(column) && k.Columns.All(c => !table[c].IsNullable));
}
