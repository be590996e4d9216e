using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>The values that tell the types of a hierarchy apart.</summary>
static class Discriminators
{
    /// <summary>Of the type and its subtypes, those without rows of their own excepted, in canonical text as the column stores them.</summary>
    public static IReadOnlyList<string> Of(IEntityType type) => type.FindDiscriminatorProperty() is not { } property ? []
        : [.. type.GetDerivedTypesInclusive().Where(t => !t.IsAbstract()).Select(t => t.GetDiscriminatorValue()).OfType<object>()
        .Select(v => ProviderText.Of(v, property)).Distinct()];
}
