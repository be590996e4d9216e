using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>A text that shorter columns refer to has no more characters than they take, so that every row of the parent can be referred to.</summary>
static class KeyLengths
{
    // A shorter reference would leave the parent too few keys; then it is the reference that goes without.
    const int Least = 8;

    public static DatabaseSchema Apply(DatabaseSchema schema)
    {
        var lengths = new Dictionary<(TableName Table, string Column), int>();
        var pairs = schema.Tables.SelectMany(t => Pairs(schema, t)).ToList();
        // A key that leads on to another takes its length there.
        while (pairs.Exists(p => Shorten(p, lengths))) { }
        return lengths.Count == 0 ? schema : schema with { Tables = [.. schema.Tables.Select(t => Apply(t, lengths))] };
    }

    static IEnumerable<Pair> Pairs(DatabaseSchema schema, Table table) =>
        from key in table.ForeignKeys
        let principal = schema.Find(key.Principal)
        where principal is not null
        from pair in key.Columns.Zip(key.PrincipalColumns)
        where table.IndexOf(pair.First) >= 0 && principal.IndexOf(pair.Second) >= 0
        let dependent = table[pair.First]
        let other = principal[pair.Second]
        where dependent.Type.Kind == TypeKind.Text && other.Type.Kind == TypeKind.Text
        select new Pair((table.Name, dependent.Name), dependent.Type.Length, (principal.Name, other.Name), other.Type.Length);

    static bool Shorten(Pair pair, Dictionary<(TableName, string), int> lengths)
    {
        int? taken = lengths.TryGetValue(pair.Dependent, out var shorter) ? shorter : pair.Length;
        int? made = lengths.TryGetValue(pair.Principal, out var known) ? known : pair.PrincipalLength;
        if (!(taken >= Least) || made <= taken) return false;
        lengths[pair.Principal] = taken.Value;
        return true;
    }

    static Table Apply(Table table, Dictionary<(TableName, string), int> lengths) => table with
    {
        Columns =
        [
            .. table.Columns.Select(c => lengths.TryGetValue((table.Name, c.Name), out var length) ? c with { Type = c.Type with { Length = length } } : c),
        ],
    };

    sealed record Pair((TableName, string) Dependent, int? Length, (TableName, string) Principal, int? PrincipalLength);
}
