namespace RelSeed.Tests.Architecture;

public sealed class FolderArrowsTests
{
    // A stage may see those before it; Semantics and Configuration stand side by side.
    static readonly Dictionary<string, int> Stages = new(StringComparer.Ordinal)
    {
        [""] = 0, ["Numerics"] = 1, ["Schema"] = 2, ["Expressions"] = 3, ["Profiling"] = 4, ["Semantics"] = 5, ["Configuration"] = 5,
        ["Planning"] = 6, ["Generation"] = 7, ["Loading"] = 8, ["Evaluation"] = 9,
    };

    static readonly Type[] Types = [.. typeof(RelSeedException).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith("RelSeed", StringComparison.Ordinal) == true)];

    [Fact]
    public void Every_folder_of_the_core_is_a_stage_of_the_pipeline() =>
        Assert.Empty(Types.Select(FolderOf).Distinct().Except(Stages.Keys));

    [Fact]
    public void A_folder_of_the_core_sees_only_those_before_it()
    {
        var wrong = from type in Types
                    from used in TypeReferences.Of(type)
                    where used.Assembly == type.Assembly && used.Namespace is not null && !MaySee(FolderOf(type), FolderOf(used))
                    select $"{FolderOf(type)} -> {FolderOf(used)}: {type.FullName} uses {used.FullName}";
        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void A_use_inside_a_method_is_seen() =>
        Assert.Contains(typeof(RelSeed.Numerics.CounterRandom), TypeReferences.Of(typeof(RelSeed.Numerics.Permutation)));

    static bool MaySee(string folder, string used) => folder == used || Stages[used] < Stages[folder];

    static string FolderOf(Type type) => type.Namespace!.Split('.') is { Length: > 1 } parts ? parts[1] : "";
}
