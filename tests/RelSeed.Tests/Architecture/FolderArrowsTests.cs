namespace RelSeed.Tests.Architecture;

public sealed class FolderArrowsTests
{
    const string Root = "(root)";
    const string Seeder = "(seeder)";

    // A stage may see those before it. Of the root, the seeder, which runs the stages one after
    // another, stands above them all; the exceptions and the like below.
    static readonly Dictionary<string, int> Stages = new(StringComparer.Ordinal)
    {
        [Root] = 0,
        ["Numerics"] = 1,
        ["Schema"] = 2,
        ["Expressions"] = 3,
        ["Profiling"] = 4,
        ["Semantics"] = 5,
        ["Configuration"] = 6,
        ["Planning"] = 7,
        ["Generation"] = 8,
        ["Loading"] = 9,
        ["Learning"] = 9,
        ["Evaluation"] = 10,
        ["Masking"] = 10,
        [Seeder] = 11,
    };

    static readonly HashSet<Type> SeederTypes =
        [typeof(RelSeed.Seeder), typeof(SeedSteps), typeof(SeedReport), typeof(PreparedSeed), typeof(SettledSeed)];

    static readonly Type[] Types =
        [.. typeof(RelSeedException).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith("RelSeed", StringComparison.Ordinal) == true)];

    [Fact]
    public void Every_folder_of_the_core_is_a_stage_of_the_pipeline() =>
        Assert.Empty(Types.Select(FolderOf).Distinct().Except(Stages.Keys));

    [Fact]
    public void A_folder_of_the_core_sees_only_those_before_it()
    {
        var wrong = from type in Types
                    from used in TypeReferences.Of(type)
                    where used.Assembly == type.Assembly && used.Namespace?.StartsWith("RelSeed", StringComparison.Ordinal) == true
                    && !MaySee(FolderOf(type), FolderOf(used))
                    select $"{FolderOf(type)} -> {FolderOf(used)}: {type.FullName} uses {used.FullName}";
        var arrows = wrong.Distinct().ToList();
        Assert.True(arrows.Count == 0, string.Join("\n", arrows));
    }

    [Fact]
    public void A_use_inside_a_method_is_seen() =>
        Assert.Contains(typeof(RelSeed.Numerics.CounterRandom), TypeReferences.Of(typeof(RelSeed.Numerics.Permutation)));

    static bool MaySee(string folder, string used) => folder == used || Stages[used] < Stages[folder];

    static string FolderOf(Type type)
    {
        if (type.Namespace!.Split('.') is { Length: > 1 } parts) return parts[1];
        while (type.DeclaringType is { } outer) type = outer;
        return SeederTypes.Contains(type) ? Seeder : Root;
    }
}
