using RelSeed.Schema;
using RelSeed.Sqlite.Interop;
using RelSeed.Sqlite.Schema;

namespace RelSeed.Sqlite.Tests.Schema;

static class SchemaOf
{
    public static DatabaseSchema Sql(string sql)
    {
        using var handle = SqliteHandle.Open(":memory:", SqliteAccess.Create);
        handle.Execute(sql);
        return SqliteSchemaReader.Read(handle, new SchemaReadOptions());
    }

    /// <summary>The only table of a schema.</summary>
    public static Table Table(string sql) => Assert.Single(Sql(sql).Tables);
}
