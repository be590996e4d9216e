using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>A <c>numeric</c> without digits that a foreign key ties to numbers with so many digits after the point is carried with as many, so that
/// the one can have the other's values.</summary>
static class KeyScales
{
    public static DatabaseSchema Apply(DatabaseSchema schema)
    {
        var scales = new Dictionary<(TableName Table, string Column), int>();
        var pairs = schema.Tables.SelectMany(t => Pairs(schema, t)).ToList();
        // A key that leads on to another takes its digits from there.
        while (pairs.Exists(p => Tie(p.Dependent, p.Principal, scales) || Tie(p.Principal, p.Dependent, scales))) { }
        return scales.Count == 0 ? schema : schema with { Tables = [.. schema.Tables.Select(t => Apply(t, scales))] };
    }

    static IEnumerable<(KeyColumn Dependent, KeyColumn Principal)> Pairs(DatabaseSchema schema, Table table) =>
        from key in table.ForeignKeys
        let principal = schema.Find(key.Principal)
        where principal is not null
        from pair in key.Columns.Zip(key.PrincipalColumns)
        where table.IndexOf(pair.First) >= 0 && principal.IndexOf(pair.Second) >= 0
        let dependent = new KeyColumn(table.Name, table[pair.First])
        let other = new KeyColumn(principal.Name, principal[pair.Second])
        where dependent.IsOpen || other.IsOpen
        select (dependent, other);

    static bool Tie(KeyColumn open, KeyColumn told, Dictionary<(TableName, string), int> scales)
    {
        if (!open.IsOpen || scales.ContainsKey(open.Place)) return false;
        int? scale = scales.TryGetValue(told.Place, out var known) ? known : told.Scale;
        return scale is { } digits && scales.TryAdd(open.Place, digits);
    }

    static Table Apply(Table table, Dictionary<(TableName, string), int> scales) => table with
    {
        Columns =
        [
            .. table.Columns.Select(c => scales.TryGetValue((table.Name, c.Name), out var scale) ? c with { Type = c.Type with { Scale = scale } } : c),
        ],
    };

    sealed record KeyColumn(TableName Table, Column Column)
    {
        public (TableName, string) Place => (Table, Column.Name);

        public bool IsOpen => Column.Type is { Kind: TypeKind.Decimal, Precision: null, Scale: null };

        public int? Scale => Column.Type.Kind.IsInteger() || (Column.Type.Kind == TypeKind.Decimal && !IsOpen) ? Column.Type.ScaleOf() : null;
    }
}
