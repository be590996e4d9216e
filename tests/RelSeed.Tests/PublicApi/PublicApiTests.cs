using System.Reflection;
using RelSeed.Specification.Tests;

namespace RelSeed.Tests.PublicApi;

public sealed class PublicApiTests
{
    public static TheoryData<string> Packages { get; } =
        ["RelSeed", "RelSeed.EntityFrameworkCore", "RelSeed.PostgreSql", "RelSeed.Sqlite", "RelSeed.Testing", "RelSeed.Xunit"];

    [Theory, MemberData(nameof(Packages))]
    public void The_public_API_is_the_approved_one(string package) =>
        GoldenFile.Matches($"tests/RelSeed.Tests/PublicApi/{package}.txt", PublicApiText.Of(Assembly.Load(package)));
}
