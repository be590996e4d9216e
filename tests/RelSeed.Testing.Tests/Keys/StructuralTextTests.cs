using RelSeed.Sqlite;
using RelSeed.Testing.Keys;

namespace RelSeed.Testing.Tests.Keys;

public sealed class StructuralTextTests : IAsyncDisposable
{
    readonly SqliteTarget _first = SqliteTarget.Open("Data Source=:memory:");
    readonly SqliteTarget _second = SqliteTarget.Open("Data Source=:memory:");

    [Fact]
    public void Seeders_with_the_same_settings_are_equal_whatever_their_database() =>
        Assert.Equal(Text(_first, s => s.Rows(5).Rows("b", 2).Rows("a", 1)), Text(_second, s => s.Rows(5).Rows("a", 1).Rows("b", 2)));

    public static TheoryData<Action<Seeder>> Changes { get; } = new(
        s => s.Rows(6), s => s.Rows("a", 1), s => s.Seed(9), s => s.AsOf(DateTimeOffset.UnixEpoch), s => s.Locale("de"), s => s.Scale(2), s =>
            s.Exclude("a"),
        s => s.Schemas("app"), s => s.Append(), s => s.Truncate(), s => s.KeepFilled(), s => s.Set("a", "b"), s => s.WithoutRehearsal(), s =>
            s.SkipUnsolvable(),
        s => s.With(plan: p => p with { MostRows = 3 }), s => s.With(load: l => l with { KeepConstraints = true }));

    [Theory, MemberData(nameof(Changes))]
    public void Any_other_setting_makes_another_text(Action<Seeder> change) => Assert.NotEqual(Text(_first, _ => { }), Text(_first, change));

    [Fact]
    public void A_delegate_is_its_code_and_what_it_captured()
    {
        Assert.Equal(StructuralText.Of(Adder(1)), StructuralText.Of(Adder(1)));
        Assert.NotEqual(StructuralText.Of(Adder(1)), StructuralText.Of(Adder(2)));
        Assert.NotEqual(StructuralText.Of((int x) => x + 1), StructuralText.Of((int x) => x + 1));
    }

    [Fact]
    public void Objects_that_refer_to_each_other_have_an_end()
    {
        var list = new List<object>();
        list.Add(list);
        Assert.Equal("[^]", StructuralText.Of(list));
    }

    [Fact]
    public void Texts_with_quotes_do_not_run_into_each_other() =>
        Assert.NotEqual(StructuralText.Of(new[] { "a\",\"b" }), StructuralText.Of(new[] { "a", "b" }));

    static Func<int, int> Adder(int number) => x => x + number;

    static string Text(SqliteTarget target, Action<Seeder> set)
    {
        var seeder = Seeder.For(target);
        set(seeder);
        return StructuralText.Of(seeder);
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }
}
