using RelSeed.Schema;
using RelSeed.Specification.Tests;

namespace RelSeed.PostgreSql.Tests.Schema;

public sealed class SchemaPrintingTests(ReadSchemas schemas) : IClassFixture<ReadSchemas>
{
    [Theory, InlineData("types"), InlineData("shop"), InlineData("hostile"), InlineData("extensions"), InlineData("postgresql15"),
        InlineData("postgresql18")]
    public async Task A_schema_is_equal_to_itself_after_a_round_trip_through_json(string name)
    {
        var schema = await schemas.ReadAsync(name);
        var json = SchemaJson.Write(schema);
        Assert.Equal(schema, SchemaJson.Read(json));
        Assert.Equal(json, SchemaJson.Write(SchemaJson.Read(json)));
    }

    [Theory, InlineData("types"), InlineData("shop"), InlineData("hostile")]
    public async Task A_schema_prints_as_text(string name) =>
        GoldenFile.Matches($"tests/RelSeed.PostgreSql.Tests/Schemas/{name}.txt", SchemaText.Write(await ReadVersionlessAsync(name)));

    [Theory, InlineData("shop"), InlineData("hostile")]
    public async Task A_schema_prints_as_a_mermaid_diagram(string name) =>
        GoldenFile.Matches($"tests/RelSeed.PostgreSql.Tests/Schemas/{name}.mmd", SchemaMermaid.Write(await ReadVersionlessAsync(name)));

    // Servers of all versions print the same text but for their version.
    async Task<DatabaseSchema> ReadVersionlessAsync(string name) => (await schemas.ReadAsync(name)) with { ServerVersion = "" };
}
