using Npgsql;
using RelSeed.PostgreSql.Schema;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Verification;

/// <summary>The operators by which foreign keys and exclusions compare, spelled so that they mean the same on any search path.</summary>
sealed class ConstraintOperators
{
    const string Sql = """
        select n.nspname::text, c.relname::text, k.conname::text,
               array(select format('operator(%I.%s)', s.nspname, o.oprname)
                     from unnest(coalesce(k.conexclop, k.conpfeqop)) with ordinality part(op, number)
                     join pg_operator o on o.oid = part.op
                     join pg_namespace s on s.oid = o.oprnamespace
                     order by part.number)
        from pg_constraint k
        join pg_class c on c.oid = k.conrelid
        join pg_namespace n on n.oid = c.relnamespace
        where (k.contype = 'f' or k.conexclop is not null) and n.nspname::text = any($1)
        """;

    readonly Dictionary<(TableName Table, string Constraint), string[]> _operators;

    ConstraintOperators(Dictionary<(TableName, string), string[]> operators) => _operators = operators;

    public static async Task<ConstraintOperators> ReadAsync(Catalog catalog, DatabaseSchema schema, CancellationToken cancellationToken)
    {
        var schemas = Catalog.Names(schema.Tables.Select(t => t.Name.Schema).Distinct());
        return new((await catalog.QueryAsync(Sql, Read, schemas, cancellationToken)).ToDictionary(row => row.Key, row => row.Operators));
    }

    /// <returns>One a part, in order; null when the constraint is gone.</returns>
    public string[]? Find(TableName table, string constraint) => _operators.GetValueOrDefault((table, constraint));

    static ((TableName, string) Key, string[] Operators) Read(NpgsqlDataReader row) =>
        ((new TableName(row.GetString(0), row.GetString(1)), row.GetString(2)), row.GetFieldValue<string[]>(3));
}
