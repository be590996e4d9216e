namespace RelSeed.Cli.Tests.Packages;

/// <summary>Tests that build: they write the very files that the others run, and so run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BuildingTests
{
    public const string Name = "building";
}
