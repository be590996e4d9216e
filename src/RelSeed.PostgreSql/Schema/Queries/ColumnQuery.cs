using Npgsql;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Schema.Queries;

static class ColumnQuery
{
    static string Sql(int version) => $"""
        select a.attrelid, a.attnum::int, a.attname::text, a.atttypid, a.atttypmod, format_type(a.atttypid, a.atttypmod), a.attnotnull,
               a.attidentity::text, a.attgenerated::text, pg_get_expr(e.adbin, e.adrelid),
               case when a.attcollation <> 0 then {CollationSql.Name("a.attcollation")} end,
               a.attcollation <> 0 and {CollationSql.IsCaseInsensitive("a.attcollation", version)},
               d.description
        from pg_attribute a
        left join pg_attrdef e on e.adrelid = a.attrelid and e.adnum = a.attnum
        left join pg_description d on d.objoid = a.attrelid and d.classoid = 'pg_class'::regclass and d.objsubid = a.attnum
        where a.attrelid = any($1) and a.attnum > 0 and not a.attisdropped
        order by a.attrelid, a.attnum
        """;

    /// <param name="Expression">The default, or what a generated column is made of.</param>
    public sealed record Row(
        uint Table, int Number, string Name, uint Type, int Modifier, string TypeName, bool IsNotNull,
        IdentityKind Identity, GeneratedKind Generated, string? Expression, string? Collation, bool IsCaseInsensitive, string? Comment);

    public static Task<List<Row>> ReadAsync(Catalog catalog, uint[] tables, CancellationToken cancellationToken) =>
        catalog.QueryAsync(Sql(catalog.Version), Read, Catalog.Oids(tables), cancellationToken);

    static Row Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<uint>(0), row.GetInt32(1), row.GetString(2), row.GetFieldValue<uint>(3), row.GetInt32(4), row.GetString(5),
        row.GetBoolean(6), ReadIdentity(row.GetString(7)), ReadGenerated(row.GetString(8)), row.GetStringOrNull(9),
        row.GetStringOrNull(10), row.GetBoolean(11), row.GetStringOrNull(12));

    static IdentityKind ReadIdentity(string code) => code switch
    {
        "a" => IdentityKind.Always,
        "d" => IdentityKind.ByDefault,
        _ => IdentityKind.None,
    };

    static GeneratedKind ReadGenerated(string code) => code switch
    {
        "s" => GeneratedKind.Stored,
        "v" => GeneratedKind.Virtual,
        _ => GeneratedKind.None,
    };
}
