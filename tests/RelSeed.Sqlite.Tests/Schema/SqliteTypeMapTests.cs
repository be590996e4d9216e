using RelSeed.Schema;
using RelSeed.Sqlite.Schema;

namespace RelSeed.Sqlite.Tests.Schema;

public class SqliteTypeMapTests
{
    [Theory]
    [InlineData("INTEGER", TypeKind.Int32)]
    [InlineData("Int", TypeKind.Int32)]
    [InlineData("mediumint", TypeKind.Int32)]
    [InlineData("BIGINT", TypeKind.Int64)]
    [InlineData("UNSIGNED BIG INT", TypeKind.Int64)]
    [InlineData("int unsigned", TypeKind.Int64)]
    [InlineData("INT8", TypeKind.Int64)]
    [InlineData("smallint", TypeKind.Int16)]
    [InlineData("smallint unsigned", TypeKind.Int32)]
    [InlineData("TINYINT", TypeKind.Int16)]
    [InlineData("tinyint(1)", TypeKind.Boolean)]
    [InlineData("tinyint(4)", TypeKind.Int16)]
    [InlineData("BOOLEAN", TypeKind.Boolean)]
    [InlineData("bool", TypeKind.Boolean)]
    [InlineData("BIT", TypeKind.Boolean)]
    [InlineData("bit(1)", TypeKind.Boolean)]
    [InlineData("bit(8)", TypeKind.Bit)]
    [InlineData("TEXT", TypeKind.Text)]
    [InlineData("CLOB", TypeKind.Text)]
    [InlineData("", TypeKind.Text)]
    [InlineData("ANY", TypeKind.Text)]
    [InlineData("STRING", TypeKind.Text)]
    [InlineData("CHAR", TypeKind.Text)]
    [InlineData("CHAR(2)", TypeKind.FixedText)]
    [InlineData("native character(70)", TypeKind.FixedText)]
    [InlineData("Varying  Character(255)", TypeKind.Text)]
    [InlineData("REAL", TypeKind.Float32)]
    [InlineData("DOUBLE", TypeKind.Float64)]
    [InlineData("double precision", TypeKind.Float64)]
    [InlineData("FLOAT", TypeKind.Float64)]
    [InlineData("BLOB", TypeKind.Bytes)]
    [InlineData("bytea", TypeKind.Bytes)]
    [InlineData("DATE", TypeKind.Date)]
    [InlineData("DATETIME", TypeKind.Timestamp)]
    [InlineData("timestamp", TypeKind.Timestamp)]
    [InlineData("timestamp with time zone", TypeKind.TimestampTz)]
    [InlineData("TIME", TypeKind.Time)]
    [InlineData("uuid", TypeKind.Uuid)]
    [InlineData("GUID", TypeKind.Uuid)]
    [InlineData("uniqueidentifier", TypeKind.Uuid)]
    [InlineData("JSON", TypeKind.Json)]
    [InlineData("jsonb", TypeKind.Json)]
    [InlineData("money", TypeKind.Money)]
    [InlineData("NUMERIC", TypeKind.Decimal)]
    [InlineData("DECIMAL(10,5)", TypeKind.Decimal)]
    public void Declared_words_mean_what_they_mean_elsewhere(string declared, TypeKind kind) =>
        Assert.Equal(kind, SqliteTypeMap.Map(declared).Kind);

    [Theory]
    [InlineData("FLOATING POINT", TypeKind.Int64)]
    [InlineData("my_clob", TypeKind.Text)]
    [InlineData("blobby", TypeKind.Bytes)]
    [InlineData("REALISTIC", TypeKind.Float64)]
    [InlineData("colour", TypeKind.Text)]
    public void Unknown_words_follow_affinity(string declared, TypeKind kind) =>
        Assert.Equal(kind, SqliteTypeMap.Map(declared).Kind);

    [Fact]
    public void Sizes_are_read_with_their_meaning()
    {
        Assert.Equal((160, null, null), Sizes("NVARCHAR(160)"));
        Assert.Equal((null, 10, 2), Sizes("NUMERIC(10,2)"));
        Assert.Equal((null, 10, 0), Sizes("decimal( 10 )"));
        Assert.Equal((null, null, null), Sizes("NUMERIC"));
        Assert.Equal((16, null, null), Sizes("BINARY(16)"));
        Assert.Equal((null, null, 3), Sizes("timestamp(3)"));
        Assert.Equal((10, null, null), Sizes("varchar[10]"));
        Assert.Equal((null, null, null), Sizes("INTEGER(10)"));
    }

    [Fact]
    public void The_name_stays_as_declared_and_the_base_name_is_bare()
    {
        var type = SqliteTypeMap.Map("VarChar (40)");
        Assert.Equal("VarChar (40)", type.Name);
        Assert.Equal("varchar", type.BaseName);
    }

    static (int?, int?, int?) Sizes(string declared)
    {
        var type = SqliteTypeMap.Map(declared);
        return (type.Length, type.Precision, type.Scale);
    }
}
