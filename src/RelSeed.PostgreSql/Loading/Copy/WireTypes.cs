using RelSeed.PostgreSql.Schema;
using RelSeed.PostgreSql.Schema.Queries;

namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>The types of the target tables' columns as the server knows them: read once a load, since the binary form carries their
/// numbers.</summary>
sealed class WireTypes
{
    const string ColumnSql = """
        select a.attrelid, a.attname::text, a.atttypid
        from pg_attribute a
        where a.attrelid = any($1) and a.attnum > 0 and not a.attisdropped
        """;

    readonly Dictionary<uint, TypeQuery.Row> _types;
    readonly ILookup<uint, CompositeQuery.Row> _fields;
    readonly Dictionary<(uint Table, string Column), uint> _columns;

    WireTypes(
        Dictionary<uint, TypeQuery.Row> types, ILookup<uint, CompositeQuery.Row> fields, Dictionary<(uint Table, string Column), uint> columns) =>
        (_types, _fields, _columns) = (types, fields, columns);

    public static async Task<WireTypes> ReadAsync(Catalog catalog, uint[] tables, CancellationToken cancellationToken)
    {
        var types = await TypeQuery.ReadAsync(catalog, tables, cancellationToken);
        var columns = await catalog.QueryAsync(
            ColumnSql, row => (Table: row.GetFieldValue<uint>(0), Name: row.GetString(1), Type: row.GetFieldValue<uint>(2)),
            Catalog.Oids(tables), cancellationToken);
        return new(
            types.ToDictionary(t => t.Oid),
            await CompositeQuery.ReadAsync(catalog, [.. types.Where(t => t.Class == 'c').Select(t => t.Oid)], cancellationToken),
            columns.ToDictionary(c => (c.Table, c.Name), c => c.Type));
    }

    /// <returns>Null when the table has no such column.</returns>
    public WireType? Find(uint table, string column) => _columns.TryGetValue((table, column), out var type) ? Resolve(type) : null;

    WireType Resolve(uint oid)
    {
        var type = _types[oid];
        while (type.Class == 'd') type = _types[type.Part];
        return new WireType(oid, type.Name, type.Schema == "pg_catalog", type.Class, type.Name == "box" ? (byte)';' : (byte)',')
        {
            Element = type.Part == 0 ? null : Resolve(type.Part),
            Fields = [.. _fields[type.Oid].Select(f => Resolve(f.Type))],
        };
    }
}
