namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>A type as the server knows it, domains resolved: what decides how its values travel.</summary>
/// <param name="Oid">Of the type as declared; for a domain the domain's own.</param>
/// <param name="Name">Bare name of the base type: <c>int4</c>, <c>citext</c>.</param>
/// <param name="IsBuiltIn">The base type is the server's own, so that its name says its form.</param>
/// <param name="Category">Of the base type: b base, c composite, e enum, r range, m multirange.</param>
/// <param name="Delimiter">Between the elements of an array of the base type.</param>
sealed record WireType(uint Oid, string Name, bool IsBuiltIn, char Category, byte Delimiter)
{
    /// <summary>The element of an array, the bound of a range or multirange.</summary>
    public WireType? Element { get; init; }

    /// <summary>Fields of a composite, those that were not dropped.</summary>
    public IReadOnlyList<WireType> Fields { get; init; } = [];
}
