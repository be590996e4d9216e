using RelSeed.Schema;

namespace RelSeed.Profiling.Files;

/// <summary>Decision trees.</summary>
static partial class ProfileReader
{
    static TreeModel Tree(JsonPlace place)
    {
        place.Only("features", "nodes");
        return new(List(place.Find("features"), Feature, MostColumns), List(place["nodes"], Node, MostNodes));
    }

    static Feature Feature(JsonPlace place)
    {
        if (place.Items(5) is not [var word, .. var rest]) throw place.Wrong("a feature is expected");
        var kind = word.Word<FeatureKind>();
        return (kind, rest) switch
        {
            (FeatureKind.Own or FeatureKind.Previous or FeatureKind.Same or FeatureKind.Grandparent, [var step]) =>
                new(kind, Step: step.Whole(0, 2 * MostColumns)),
            (FeatureKind.Parent, [var reference, var step]) => new(kind, reference.Whole(0, MostColumns), step.Whole(0, 2 * MostColumns)),
            (FeatureKind.Ordinal or FeatureKind.Remaining, []) => new(kind),
            (FeatureKind.Children, [var reference, var schema, var table]) =>
                new(kind, reference.Whole(0, MostColumns), Table: new(schema.Text(), table.Text())),
            _ => throw place.Wrong("the feature has too many or too few parts"),
        };
    }

    static TreeNode Node(JsonPlace place)
    {
        var parts = place.Items(6);
        if (parts is [{ IsList: true } shares, .. { Length: <= 1 } rest])
            return new() { Shares = Shares(shares), Rest = rest is [var weight] ? weight.Number(0, 1e18) : 0 };
        if (parts is not [var feature, var question, var left, var right, var inner, .. { Length: <= 1 } more])
            throw place.Wrong("a question or a leaf is expected");
        return new()
        {
            Feature = feature.Whole(0, MostColumns),
            Below = question.IsList ? 0 : question.Whole(1, ushort.MaxValue),
            LeftCodes = question.IsList ? List(question, c => c.Whole(0, ushort.MaxValue), MostCodes + 1) : [],
            Left = left.Whole(1, MostNodes),
            Right = right.Whole(1, MostNodes),
            Shares = Shares(inner),
            Rest = more is [var other] ? other.Number(0, 1e18) : 0,
        };
    }

    static EquatableArray<CodeShare> Shares(JsonPlace place)
    {
        var items = place.Items(2 * (MostCodes + 2));
        if (items.Length % 2 != 0) throw place.Wrong("each code needs a weight");
        var shares = new CodeShare[items.Length / 2];
        for (var i = 0; i < shares.Length; i++)
        {
            var (codes, weight) = (items[2 * i], items[2 * i + 1].Number(0, 1e18));
            shares[i] = !codes.IsList ? new(codes.Whole(0, ushort.MaxValue), codes.Whole(0, ushort.MaxValue), weight)
                : codes.Items(2) is [var first, var last] ? new(first.Whole(0, ushort.MaxValue), last.Whole(0, ushort.MaxValue), weight)
                : throw codes.Wrong("the first and the last code are expected");
        }
        return [.. shares];
    }
}
