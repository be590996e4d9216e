using System.Globalization;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Values out of a few, with plausible shares: enums, checked lists, statuses, flags.</summary>
static class ChoicePlanner
{
    // Of a label nobody knows.
    const double UsualShare = 10;

    static readonly Lazy<(List<Choices> Lists, Dictionary<string, double> Shares)> Data = new(Load);

    /// <summary>A choice among given values: those the constraints or the enum allow.</summary>
    public static GeneratorSpec Of(ValueRequest request, ColumnMeaning meaning, IReadOnlyList<string> values)
    {
        if (meaning.Kind == Meaning.Gender && BySex(values) is { } sexes) return Shared(request, meaning, sexes);
        var weights = request.Type.Kind == TypeKind.Boolean ? values.Select(v => IsTrue(v) ? TrueShare(meaning.Kind) : 1 - TrueShare(meaning.Kind))
            : values.Select((v, i) => ShareOf(v, i, values.Count));
        return new ChoiceSpec(values.ToEquatableArray(), weights.ToEquatableArray());
    }

    /// <summary>A choice among the model's values that constraints leave, by its shares.</summary>
    public static ChoiceSpec Of(ValueRequest request, EquatableArray<ValueShare> values)
    {
        var left = values.Where(v => (request.Domain.Allowed.IsEmpty || request.Domain.Allowed.Contains(v.Value))
            && !request.Domain.Excluded.Contains(v.Value)).ToList();
        return new ChoiceSpec(left.Select(v => v.Value).ToEquatableArray(), left.Select(v => v.Share).ToEquatableArray());
    }

    /// <summary>A choice among the meaning's own values, or null when it has none that fit the column.</summary>
    public static GeneratorSpec? Find(ValueRequest request, ColumnMeaning meaning)
    {
        if (meaning.Kind is Meaning.Discount) return Discount(request);
        var (_, max) = TextPlanner.Lengths(request);
        var isText = request.Type.Kind.IsText();
        foreach (var list in Data.Value.Lists.Where(l => l.Meaning == meaning.Kind))
        {
            var values = list.Values.Where(v => !request.Domain.Excluded.Contains(v.Value)).ToList();
            if (values.Count == 0 || !values.TrueForAll(v => isText ? v.Value.Length <= max : Fits(request, v.Value))) continue;
            if (meaning.Kind == Meaning.Gender) return Shared(request, meaning, values.ConvertAll(v => v.Value));
            return new ChoiceSpec(values.Select(v => v.Value).ToEquatableArray(), values.Select(v => v.Share).ToEquatableArray());
        }
        return meaning.Kind == Meaning.Gender && request.Type.Kind.IsInteger() ? Shared(request, meaning, ["1", "2"]) : Numbered(request, meaning);
    }

    // States and kinds kept as numbers: the first ones most.
    static ChoiceSpec? Numbered(ValueRequest request, ColumnMeaning meaning)
    {
        if (!request.Type.Kind.IsInteger() || meaning.Kind is not (Meaning.Status or Meaning.Type or Meaning.MaritalStatus)) return null;
        var values = new[] { "1", "2", "3", "0" }.Where(v => Fits(request, v)).ToEquatableArray();
        return values.IsEmpty ? null : new ChoiceSpec(values, new[] { 60.0, 20, 12, 8 }.Take(values.Count).ToEquatableArray());
    }

    // Most lines have none. Fractions, unless the type holds whole numbers only.
    static ChoiceSpec? Discount(ValueRequest request)
    {
        if (request.Type.Kind is TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 or TypeKind.Boolean or TypeKind.Text) return null;
        var values = new[] { "0", "0.05", "0.1", "0.15", "0.2", "0.25" }.Where(v => Fits(request, v)).ToEquatableArray();
        return values.IsEmpty ? null : new ChoiceSpec(values, new[] { 62.0, 12, 11, 6, 6, 3 }.Take(values.Count).ToEquatableArray());
    }

    static bool Fits(ValueRequest request, string value)
    {
        if (request.Type.Lane == Lane.Float64)
            return CanonicalText.ParseFloat64(value) is { } real && !(real < request.Domain.MinReal) && !(real > request.Domain.MaxReal);
        if (!request.Type.Kind.IsNumeric() || CanonicalText.ParseInt64(value, request.Type) is not { } number) return false;
        var (low, high) = NumberPlanner.Bounds(request, request.Type.ScaleOf());
        return number >= low && number <= high;
    }

    /// <summary>A flag: boolean, or as 0 and 1, or as letters.</summary>
    public static GeneratorSpec? Flag(ValueRequest request, ColumnMeaning meaning)
    {
        var kind = request.Type.Kind;
        if (kind != TypeKind.Boolean && !(IsFlag(meaning.Kind) && (kind.IsText() || kind.IsNumeric()))) return null;
        var (_, max) = TextPlanner.Lengths(request);
        EquatableArray<string> values = kind switch
        {
            TypeKind.Boolean => ["true", "false"],
            TypeKind.Text or TypeKind.FixedText => max >= 5 ? ["true", "false"] : max >= 3 ? ["yes", "no"] : ["Y", "N"],
            _ => ["1", "0"],
        };
        var left = values.Where(v => !request.Domain.Excluded.Contains(v)
            && (request.Type.Lane != Lane.Int64
            || CanonicalText.ParseInt64(v, request.Type) is { } n && !(n < request.Domain.Min) && !(n > request.Domain.Max)));
        return Of(request, meaning, [.. left.DefaultIfEmpty(values[0])]) is ChoiceSpec choice
            ? choice with
            {
                Weights = choice.Values.Select(v => IsTrue(v) ? TrueShare(meaning.Kind) : 1 - TrueShare(meaning.Kind))
            .ToEquatableArray()
            } : null;
    }

    public static bool IsFlag(Meaning meaning) =>
        meaning is Meaning.ActiveFlag or Meaning.DeletedFlag or Meaning.RareFlag or Meaning.CommonFlag or Meaning.EvenFlag;

    static bool IsTrue(string value) => value is "true" or "1" or "yes" or "Y" or "t";

    static double TrueShare(Meaning meaning) => meaning switch
    {
        Meaning.ActiveFlag => 0.92,
        Meaning.DeletedFlag => 0.04,
        Meaning.RareFlag => 0.08,
        Meaning.CommonFlag => 0.8,
        _ => 0.5,
    };

    static double ShareOf(string value, int position, int count) =>
        Data.Value.Shares.TryGetValue(value.ToLowerInvariant().Replace(' ', '_').Replace('-', '_'), out var share) ? share
            : count > 12 ? UsualShare / (1 + position * 0.1) : UsualShare;

    // The value for a man before the one for a woman, as first names are drawn.
    static List<string>? BySex(IReadOnlyList<string> values)
    {
        var man = values.FirstOrDefault(v => v.ToLowerInvariant() is "m" or "male" or "man" or "h" or "herr" or "mr");
        var woman = values.FirstOrDefault(v => v.ToLowerInvariant() is "f" or "female" or "woman" or "w" or "frau" or "mrs");
        return man is null || woman is null ? null : [man, woman];
    }

    static SharedChoiceSpec Shared(ValueRequest request, ColumnMeaning meaning, List<string> values) =>
        new(values.ToEquatableArray(), [], new TemplateParser(request.Locale, meaning.Aspect).Shared("sex", "person").Stream);

    sealed record Choices(Meaning Meaning, List<(string Value, double Share)> Values);

    static (List<Choices>, Dictionary<string, double>) Load()
    {
        var lists = new List<Choices>();
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in EmbeddedText.Lines("Planning.Values.Data.choices.txt"))
        {
            var (name, rest) = (line[..line.IndexOf('|')].Trim(), line[(line.IndexOf('|') + 1)..]);
            var values = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Entry).ToList();
            // An underscore in a list of proper names stands for a space.
            if (name != "*")
                lists.Add(new Choices(Enum.Parse<Meaning>(name),
                    values.ConvertAll(v => (char.IsUpper(v.Value[0]) ? v.Value.Replace('_', ' ') : v.Value, v.Share))));
            foreach (var (value, share) in values)
                if (value.Length > 2 && (name == "*" || !shares.ContainsKey(value.ToLowerInvariant())))
                    shares[value.ToLowerInvariant().Replace('-', '_')] = share;
        }
        return (lists, shares);
    }

    static (string Value, double Share) Entry(string text)
    {
        var colon = text.LastIndexOf(':');
        return (text[..colon], double.Parse(text[(colon + 1)..], CultureInfo.InvariantCulture));
    }
}
