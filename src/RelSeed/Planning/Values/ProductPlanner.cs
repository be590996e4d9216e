using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Totals that are the product of other columns of the row: quantity, unit price, what is left after a discount.</summary>
static class ProductPlanner
{
    const int FloatDecimals = 2;

    public static ProductSpec? Find(ValueRequest request)
    {
        var quantity = Term(request, Meaning.Quantity, isComplement: false);
        var price = Term(request, Meaning.Price, isComplement: false);
        if (quantity is null || price is null) return null;
        var discount = Term(request, Meaning.Discount, isComplement: true);
        var decimals = request.Type.Lane == Lane.Float64 ? FloatDecimals : request.Type.ScaleOf();
        var (low, high) = NumberPlanner.Bounds(request, decimals);
        return new ProductSpec(discount is null ? [quantity, price] : [quantity, price, discount], decimals, Math.Max(0, low), high);
    }

    static ProductTerm? Term(ValueRequest request, Meaning meaning, bool isComplement)
    {
        for (var c = 0; c < request.Table.Columns.Count; c++)
        {
            var column = request.Table.Columns[c];
            if (column.Name == request.Column.Name || request.Forbidden.Contains(c) || column.IsComputed || !column.Type.Kind.IsNumeric()) continue;
            if (isComplement && column.Type.Kind.IsInteger()) continue;
            if (Meanings.Of(request.Table, column).Kind == meaning) return new ProductTerm(c, column.Name, column.Type.ScaleOf(), isComplement);
        }
        return null;
    }
}
