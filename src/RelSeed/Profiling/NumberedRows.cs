using System.Globalization;

namespace RelSeed.Profiling;

/// <summary>Rows of a small dimension that are told apart by a number of their own, which says nothing of their key.</summary>
static class NumberedRows
{
    public static string NameOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The column's own values are not told; its codes number the rows.</summary>
    public static bool Are(ColumnProfile column)
    {
        if (column.Treatment == ColumnTreatment.Told || !column.IsDistinct) return false;
        for (var c = 0; c < column.Codes.Codes.Count; c++)
            if (column.Codes.Codes[c] is not ValueCode value || value.Value != NameOf(c + 1)) return false;
        return true;
    }
}
