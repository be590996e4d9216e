using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Documents of a known shape: each value as if it were a column of that name and type.</summary>
static class JsonPlanner
{
    public static JsonSpec Plan(ValueRequest request, JsonShape shape) => new(Part(request, shape, request.Column.Name));

    static JsonPart Part(ValueRequest request, JsonShape shape, string name) => shape.Kind switch
    {
        JsonKind.Object =>
            new JsonObjectPart(shape.Members.Select(m => new JsonMemberPart(m.Name, Part(request, m.Shape, m.Name), m.NullShare)).ToEquatableArray()),
        JsonKind.Array => new JsonArrayPart(Part(request, shape.Item!, name), shape.MinItems, shape.MaxItems),
        _ => Value(request, shape, name),
    };

    static JsonValuePart Value(ValueRequest request, JsonShape shape, string name)
    {
        var inner = NestedPlanner.Inner(request, shape.Type!, name, shape.Model);
        return new JsonValuePart(ValuePlanner.Spec(inner, Meanings.Of(request.Table, inner.Column)) ?? new AllNullSpec(), shape.Type!, shape.Form,
            shape.Suffix);
    }
}
