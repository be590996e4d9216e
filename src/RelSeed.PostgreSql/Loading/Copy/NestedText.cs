using RelSeed.Generation;

namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>Arrays as <c>{"a",NULL}</c>.</summary>
sealed class ArrayText(TextFormatter item, byte delimiter) : TextFormatter
{
    public override void Append(ColumnVector column, int row, CopyBuffer target)
    {
        var list = (ListVector)column;
        target.Append((byte)'{');
        for (var i = list.Start(row); i < list.End(row); i++)
        {
            if (i > list.Start(row)) target.Append(delimiter);
            AppendQuoted(item, list.Items, i, target, "NULL"u8);
        }
        target.Append((byte)'}');
    }

    /// <summary>Quoted always, so that no text is taken for a null, a delimiter or the end.</summary>
    internal static void AppendQuoted(TextFormatter formatter, ColumnVector column, int row, CopyBuffer target, ReadOnlySpan<byte> whenNull)
    {
        if (column.IsNull(row))
        {
            target.Append(whenNull);
            return;
        }
        var start = target.Length;
        formatter.Append(column, row, target);
        TextEscape.Quote(target, start);
    }
}

/// <summary>Composites as <c>("a",,"c")</c>.</summary>
sealed class CompositeText(TextFormatter[] fields) : TextFormatter
{
    public override void Append(ColumnVector column, int row, CopyBuffer target)
    {
        var values = ((StructVector)column).Fields;
        target.Append((byte)'(');
        for (var f = 0; f < fields.Length; f++)
        {
            if (f > 0) target.Append((byte)',');
            ArrayText.AppendQuoted(fields[f], values[f], row, target, ""u8);
        }
        target.Append((byte)')');
    }
}

/// <summary>Ranges as <c>["1","5")</c>, without a bound <c>(,"5")</c>.</summary>
sealed class RangeText(TextFormatter bound) : TextFormatter
{
    public override void Append(ColumnVector column, int row, CopyBuffer target)
    {
        var fields = ((StructVector)column).Fields;
        target.Append(fields[0].IsNull(row) ? (byte)'(' : (byte)'[');
        ArrayText.AppendQuoted(bound, fields[0], row, target, ""u8);
        target.Append((byte)',');
        ArrayText.AppendQuoted(bound, fields[1], row, target, ""u8);
        target.Append((byte)')');
    }
}

/// <summary>Multiranges as <c>{[1,5),[7,9)}</c>.</summary>
sealed class MultiRangeText(RangeText range) : TextFormatter
{
    public override void Append(ColumnVector column, int row, CopyBuffer target)
    {
        var list = (ListVector)column;
        target.Append((byte)'{');
        for (var i = list.Start(row); i < list.End(row); i++)
        {
            if (i > list.Start(row)) target.Append((byte)',');
            range.Append(list.Items, i, target);
        }
        target.Append((byte)'}');
    }
}
