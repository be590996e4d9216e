using RelSeed.Schema;

namespace RelSeed.Sqlite.Schema;

/// <summary>A column that refers to one of another kind holds that one's values: SQLite's types are hints, and its keys compare what is
/// stored.</summary>
static class ReferredTypes
{
    // A chain of references settles in as many rounds.
    const int MostRounds = 8;

    public static IReadOnlyList<Table> Apply(IReadOnlyList<Table> tables)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var named = tables.ToDictionary(t => t.Name);
            IReadOnlyList<Table> changed = [.. tables.Select(t => Apply(t, named))];
            if (changed.Zip(tables).All(p => ReferenceEquals(p.First, p.Second))) break;
            tables = changed;
        }
        return tables;
    }

    static Table Apply(Table table, Dictionary<TableName, Table> named)
    {
        foreach (var key in table.ForeignKeys.Where(k => k.Principal != table.Name))
            foreach (var (own, other) in key.Columns.Zip(key.PrincipalColumns))
                if (named.TryGetValue(key.Principal, out var principal) && principal.IndexOf(other) >= 0 && table.IndexOf(own) >= 0
                    && table[own].Type.Lane != principal[other].Type.Lane && table[own].Identity == IdentityKind.None)
                    table = table with
                    {
                        Columns = table.Columns.Select(c => c.Name == own ? c with { Type = principal[other].Type } : c)
                        .ToEquatableArray()
                    };
        return table;
    }
}
