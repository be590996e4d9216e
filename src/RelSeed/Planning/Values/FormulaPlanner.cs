using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Amounts that follow from others of the row: a line's total, an order's, taxes, what a product costs its seller.</summary>
static class FormulaPlanner
{
    const int FloatDecimals = 2;

    /// <summary>The formula, or null when the table has not the columns for it.</summary>
    public static GeneratorSpec? Find(ValueRequest request, ColumnMeaning meaning) => Untaxed(request) is { } net
        ? Product(request, [net], 1.05, 1.25) : FromMeaning(request, meaning);

    static GeneratorSpec? FromMeaning(ValueRequest request, ColumnMeaning meaning) => meaning.Kind switch
    {
        Meaning.Cost when Term(request, Meaning.Price, words => words.Contains("price")) is { } price => Product(request, [price], 0.35, 0.8),
        Meaning.Tax when Part(request) is { } part => Product(request, [part], 0.05, 0.2),
        Meaning.Total when !IsPart(NameWords.Of(request.Column.Name)) && Part(request) is { } part => Sum(request, part),
        Meaning.Total when Term(request, Meaning.Quantity) is { } quantity && Term(request, Meaning.Price) is { } price =>
            Product(request, Term(request, Meaning.Discount) is { } discount ? [quantity, price, discount with { IsInverse = true }]
                : [quantity, price], 1, 1),
        _ => null,
    };

    // The amount of the same name that is without the tax, where this one tells that it is with it.
    static FormulaTerm? Untaxed(ValueRequest request)
    {
        if (!request.Type.Kind.IsNumeric() || NameWords.Of(request.Column.Name) is not [_, .., "with" or "incl" or "including" or "inc", "tax" or "vat"] words)
            return null;
        var stem = words[..^2];
        for (var c = 0; c < request.Table.Columns.Count; c++)
        {
            var column = request.Table.Columns[c];
            if (request.Forbidden.Contains(c) || column.IsComputed || !column.Type.Kind.IsNumeric()) continue;
            var other = NameWords.Of(column.Name);
            if (other is [_, .., "without" or "excl" or "excluding" or "ex", "tax" or "vat"]) other = other[..^2];
            if (other.SequenceEqual(stem)) return new FormulaTerm(c, column.Name, column.Type.ScaleOf());
        }
        return null;
    }

    static ProductSpec Product(ValueRequest request, EquatableArray<FormulaTerm> terms, double least, double most)
    {
        var (decimals, low, high) = Bounds(request);
        return new ProductSpec(terms, decimals, Math.Max(0, low), high, least, most);
    }

    static SumSpec Sum(ValueRequest request, FormulaTerm part)
    {
        var (decimals, low, high) = Bounds(request);
        var others = new[] { Term(request, Meaning.Tax), Term(request, Meaning.Shipping),
            Term(request, Meaning.DiscountAmount) is { } off ? off with { IsInverse = true } : null };
        return new SumSpec([part, .. others.OfType<FormulaTerm>()], decimals, Math.Max(0, low), high);
    }

    static (int Decimals, long Low, long High) Bounds(ValueRequest request)
    {
        var decimals = request.Type.Lane == Lane.Float64 ? FloatDecimals : request.Type.ScaleOf();
        var (low, high) = NumberPlanner.Bounds(request, decimals);
        return (decimals, low, Math.Max(Math.Max(0, low), high));
    }

    // The amount before taxes and the like.
    static FormulaTerm? Part(ValueRequest request) => Term(request, Meaning.Total, IsPart);

    static bool IsPart(List<string> words) => words.Exists(w => w is "sub" or "subtotal" or "net");

    static FormulaTerm? Term(ValueRequest request, Meaning meaning, Predicate<List<string>>? isWanted = null)
    {
        for (var c = 0; c < request.Table.Columns.Count; c++)
        {
            var column = request.Table.Columns[c];
            if (column.Name == request.Column.Name || request.Forbidden.Contains(c) || column.IsComputed || !column.Type.Kind.IsNumeric()) continue;
            // A discount in whole numbers is no fraction.
            if (meaning == Meaning.Discount && column.Type.Kind.IsInteger()) continue;
            if (Meanings.Of(request.Table, column).Kind == meaning && isWanted?.Invoke(NameWords.Of(column.Name)) != false)
                return new FormulaTerm(c, column.Name, column.Type.ScaleOf());
        }
        return null;
    }
}
