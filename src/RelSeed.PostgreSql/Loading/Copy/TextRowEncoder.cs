using RelSeed.Generation;

namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>COPY's text format, for tables that hold a type without a binary form here: the server's input functions read the values.</summary>
/// <param name="columns">The batch's columns that are sent, by position; no formatter: always null.</param>
sealed class TextRowEncoder((int Position, TextFormatter? Formatter)[] columns) : RowEncoder
{
    public override string Format => "FORMAT text";

    public override void Encode(RowBatch batch, CopyBuffer target)
    {
        for (var row = 0; row < batch.RowCount; row++)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                if (c > 0) target.Append((byte)'\t');
                var (position, formatter) = columns[c];
                AppendField(batch.Columns[position].Values, formatter, row, target);
            }
            target.Append((byte)'\n');
        }
    }

    static void AppendField(ColumnVector column, TextFormatter? formatter, int row, CopyBuffer target)
    {
        if (formatter is null || column.IsNull(row))
        {
            target.Append("\\N"u8);
            return;
        }
        var start = target.Length;
        formatter.Append(column, row, target);
        TextEscape.ForCopy(target, start);
    }
}

/// <summary>Escapes what was last written into a buffer, in place.</summary>
static class TextEscape
{
    /// <summary>For a field of COPY: the backslash and the characters that end fields and rows.</summary>
    public static void ForCopy(CopyBuffer buffer, int start) => Expand(buffer, start, (byte)'\\', CopyLetter);

    /// <summary>For an element of an array: quotes around it, a backslash before quotes and backslashes.</summary>
    public static void Quote(CopyBuffer buffer, int start)
    {
        Expand(buffer, start, (byte)'\\', QuoteLetter);
        buffer.Append(2);
        var written = buffer.From(start);
        written[..^2].CopyTo(written[1..]);
        written[0] = written[^1] = (byte)'"';
    }

    static byte CopyLetter(byte value) => value switch
    {
        (byte)'\\' => (byte)'\\',
        (byte)'\n' => (byte)'n',
        (byte)'\r' => (byte)'r',
        (byte)'\t' => (byte)'t',
        _ => 0,
    };

    static byte QuoteLetter(byte value) => value is (byte)'"' or (byte)'\\' ? value : (byte)0;

    /// <param name="letter">What stands for a byte after the escape; 0 for a byte that stands for itself.</param>
    static void Expand(CopyBuffer buffer, int start, byte escape, Func<byte, byte> letter)
    {
        var extra = 0;
        foreach (var value in buffer.From(start))
            if (letter(value) != 0) extra++;
        if (extra == 0) return;
        buffer.Append(extra);
        var bytes = buffer.From(start);
        // From the end, so that nothing is overwritten before it was read.
        for (int from = bytes.Length - extra - 1, to = bytes.Length - 1; from >= 0; from--)
        {
            var replaced = letter(bytes[from]);
            bytes[to--] = replaced == 0 ? bytes[from] : replaced;
            if (replaced != 0) bytes[to--] = escape;
        }
    }
}
