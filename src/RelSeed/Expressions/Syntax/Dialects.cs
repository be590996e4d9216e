using RelSeed.Schema;

namespace RelSeed.Expressions;

public static class Dialects
{
    /// <summary>Whose SQL the schema's texts are.</summary>
    public static Dialect Dialect(this DatabaseSchema schema) => schema.Provider switch
    {
        "sqlite" => Expressions.Dialect.Sqlite,
        "sqlserver" => Expressions.Dialect.SqlServer,
        _ => Expressions.Dialect.PostgreSql,
    };
}
