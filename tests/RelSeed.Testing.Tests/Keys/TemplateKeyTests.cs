using RelSeed.Testing.Keys;

namespace RelSeed.Testing.Tests.Keys;

public sealed class TemplateKeyTests
{
    static readonly SchemaStep Schema = SchemaStep.Sql("create table a (id int)");

    [Fact]
    public async Task The_same_ingredients_make_the_same_key() =>
        Assert.Equal(await KeyAsync(), await KeyAsync(schema: SchemaStep.Sql("create table a (id int)")));

    [Fact]
    public async Task Every_ingredient_is_part_of_the_key()
    {
        string[] keys = [await KeyAsync(), await KeyAsync(provider: "postgresql"), await KeyAsync(schema: SchemaStep.Sql("create table b (id int)")),
            await KeyAsync(seed: s => s.Rows(3)), await KeyAsync(options: new() { Key = "x" }), await KeyAsync(seeds: false)];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public async Task How_templates_are_kept_is_no_part_of_the_key() =>
        Assert.Equal(await KeyAsync(), await KeyAsync(options: new() { KeepTemplates = 1, Log = _ => { }, Reset = _ => Task.CompletedTask }));

    [Fact]
    public void A_step_of_code_is_known_by_its_key_or_else_by_its_code()
    {
        Assert.Equal(SchemaStep.Run((_, _) => Task.CompletedTask, "v1").Key, SchemaStep.Run((_, token) => Task.Delay(1, token), "v1").Key);
        Assert.NotEqual(SchemaStep.Run((_, _) => Task.CompletedTask, "v1").Key, SchemaStep.Run((_, _) => Task.CompletedTask, "v2").Key);
        Assert.NotEqual(SchemaStep.Run((_, _) => Task.CompletedTask).Key, SchemaStep.Run((_, token) => Task.Delay(1, token)).Key);
        Assert.Contains(typeof(TemplateKeyTests).Module.ModuleVersionId.ToString("N"), SchemaStep.Run((_, _) => Task.CompletedTask).Key,
            StringComparison.Ordinal);
    }

    static Task<string> KeyAsync(string provider = "sqlite", SchemaStep? schema = null, Action<Seeder>? seed = null,
        SeededDatabaseOptions? options = null, bool seeds = true) =>
        TemplateKey.OfAsync(provider, schema ?? Schema, seeds ? seed ?? (_ => { }) : null, options ?? new());
}
