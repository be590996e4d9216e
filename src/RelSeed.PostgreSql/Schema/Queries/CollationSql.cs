namespace RelSeed.PostgreSql.Schema.Queries;

/// <summary>What the catalog tells of a collation.</summary>
static class CollationSql
{
    const int DefaultOid = 100;

    /// <summary>Its name, with the schema unless it is built in; null for the database's default and for none.</summary>
    public static string Name(string oid) => $"""
        (select case when n.nspname = 'pg_catalog' then '' else n.nspname || '.' end || k.collname
         from pg_collation k join pg_namespace n on n.oid = k.collnamespace
         where k.oid = {oid} and k.oid <> {DefaultOid})
        """;

    /// <summary>Whether texts that differ only in case are equal: a nondeterministic ICU collation of strength 1 or 2 without a case level.</summary>
    public static string IsCaseInsensitive(string oid, int version) => $"""
        coalesce((select not k.collisdeterministic
                         and {Locale(version)} ~* '(ks-level[12]|colStrength=(primary|secondary))'
                         and {Locale(version)} !~* '(kc-true|colCaseLevel=yes)'
                  from pg_collation k where k.oid = {oid}), false)
        """;

    static string Locale(int version) => version switch
    {
        < 15 => "k.collcollate",
        < 17 => "k.colliculocale",
        _ => "k.colllocale",
    };
}
