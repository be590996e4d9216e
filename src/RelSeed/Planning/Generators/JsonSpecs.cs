using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>JSON documents of one shape.</summary>
public sealed record JsonSpec(JsonPart Root) : GeneratorSpec
{
    public override string Describe() => $"documents: {Root.Describe()}";
}

/// <summary>How a part of a document is made.</summary>
public abstract record JsonPart
{
    public abstract string Describe();
}

public sealed record JsonObjectPart(EquatableArray<JsonMemberPart> Members) : JsonPart
{
    public override string Describe() => $"an object of {Members.Count} members";
}

/// <param name="NullShare">Share of objects in which it is null.</param>
public sealed record JsonMemberPart(string Name, JsonPart Value, double NullShare);

public sealed record JsonArrayPart(JsonPart Item, int MinItems, int MaxItems) : JsonPart
{
    public override string Describe() => $"{MinItems} to {MaxItems} of {Item.Describe()}";
}

/// <param name="Suffix">Stands behind a text.</param>
public sealed record JsonValuePart(GeneratorSpec Values, ColumnType Type, JsonForm Form, string Suffix) : JsonPart
{
    public override string Describe() => Values.Describe();
}
