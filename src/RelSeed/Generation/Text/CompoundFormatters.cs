using System.Buffers;
using System.Text;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Writes one value inside another, in quotes where its text needs them.</summary>
sealed class ItemFormatter(ColumnType type, string special)
{
    readonly ValueFormatter _formatter = ValueFormatter.For(type);
    readonly SearchValues<byte> _special = SearchValues.Create(Encoding.ASCII.GetBytes(special + "\"\\ \t\r\n\v\f"));
    readonly ArrayBufferWriter<byte> _buffer = new();

    public void Write(ColumnVector values, int row, IBufferWriter<byte> target)
    {
        _buffer.ResetWrittenCount();
        _formatter.Write(values, row, _buffer);
        var text = _buffer.WrittenSpan;
        if (text.Length > 0 && !text.ContainsAny(_special) && !IsNullWord(text))
        {
            target.Write(text);
            return;
        }
        target.WriteByte((byte)'"');
        foreach (var b in text)
        {
            if (b is (byte)'"' or (byte)'\\') target.WriteByte((byte)'\\');
            target.WriteByte(b);
        }
        target.WriteByte((byte)'"');
    }

    static bool IsNullWord(ReadOnlySpan<byte> text) => Ascii.EqualsIgnoreCase(text, "null"u8);
}

sealed class ArrayFormatter(ColumnType element) : ValueFormatter
{
    // Of PostgreSQL's types only box separates its items otherwise.
    readonly byte _delimiter = (byte)(element.Kind == TypeKind.Box ? ';' : ',');
    readonly ItemFormatter _items = new(element, "{},;");

    public override void Write(ColumnVector values, int row, IBufferWriter<byte> target)
    {
        var list = (ListVector)values;
        target.WriteByte((byte)'{');
        for (var i = list.Start(row); i < list.End(row); i++)
        {
            if (i > list.Start(row)) target.WriteByte(_delimiter);
            if (list.Items.IsNull(i)) target.Write("NULL"u8);
            else _items.Write(list.Items, i, target);
        }
        target.WriteByte((byte)'}');
    }
}

sealed class RangeFormatter(ColumnType bound) : ValueFormatter
{
    readonly ItemFormatter _bounds = new(bound, "[](),");

    public override void Write(ColumnVector values, int row, IBufferWriter<byte> target)
    {
        var fields = ((StructVector)values).Fields;
        target.WriteByte((byte)(fields[0].IsNull(row) ? '(' : '['));
        if (!fields[0].IsNull(row)) _bounds.Write(fields[0], row, target);
        target.WriteByte((byte)',');
        if (!fields[1].IsNull(row)) _bounds.Write(fields[1], row, target);
        target.WriteByte((byte)')');
    }
}

sealed class MultiRangeFormatter(ColumnType bound) : ValueFormatter
{
    readonly RangeFormatter _range = new(bound);

    public override void Write(ColumnVector values, int row, IBufferWriter<byte> target)
    {
        var list = (ListVector)values;
        target.WriteByte((byte)'{');
        for (var i = list.Start(row); i < list.End(row); i++)
        {
            if (i > list.Start(row)) target.WriteByte((byte)',');
            _range.Write(list.Items, i, target);
        }
        target.WriteByte((byte)'}');
    }
}

sealed class CompositeFormatter(EquatableArray<CompositeField> fields) : ValueFormatter
{
    readonly ItemFormatter[] _fields = [.. fields.Select(f => new ItemFormatter(f.Type, "(),"))];

    public override void Write(ColumnVector values, int row, IBufferWriter<byte> target)
    {
        var vectors = ((StructVector)values).Fields;
        target.WriteByte((byte)'(');
        for (var f = 0; f < vectors.Length; f++)
        {
            if (f > 0) target.WriteByte((byte)',');
            if (!vectors[f].IsNull(row)) _fields[f].Write(vectors[f], row, target);
        }
        target.WriteByte((byte)')');
    }
}
