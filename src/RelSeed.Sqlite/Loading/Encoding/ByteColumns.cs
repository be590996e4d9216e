using RelSeed.Generation;
using RelSeed.Schema;
using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Loading.Encoding;

/// <summary>Values that are bytes, one after another: texts in UTF-8, and blobs.</summary>
abstract class ByteColumn : EncodedColumn
{
    byte[] _data = [];
    int[] _ends = [];
    int _length;

    protected sealed override void EncodeValues(ColumnVector values)
    {
        if (_ends.Length < values.Count) _ends = new int[values.Count];
        _length = 0;
        EncodeBytes(values);
    }

    /// <summary>Ends every row of the vector, in order, by <see cref="EndRow"/>; a null row has no bytes.</summary>
    protected abstract void EncodeBytes(ColumnVector values);

    /// <summary>At least so many bytes to write the next row's value into.</summary>
    protected Span<byte> Reserve(int bytes)
    {
        if (_data.Length - _length < bytes) Array.Resize(ref _data, Math.Max(_data.Length * 2, _length + bytes));
        return _data.AsSpan(_length);
    }

    protected void EndRow(int row, int bytes) => _ends[row] = _length += bytes;

    public override void Bind(SqliteStatement statement, int parameter, int stride, int first, int rows)
    {
        var start = first == 0 ? 0 : _ends[first - 1];
        for (var row = first; row < first + rows; row++, parameter += stride)
        {
            var end = _ends[row];
            if (IsNull(row)) statement.BindNull(parameter);
            else BindValue(statement, parameter, _data.AsSpan(start, end - start));
            start = end;
        }
    }

    protected virtual void BindValue(SqliteStatement statement, int parameter, ReadOnlySpan<byte> value) => statement.BindText(parameter, value);
}

/// <summary>Text as the batch carries it.</summary>
class TextColumn : ByteColumn
{
    protected override void EncodeBytes(ColumnVector values)
    {
        var texts = (BytesVector)values;
        for (var row = 0; row < texts.Count; row++)
        {
            var bytes = IsNull(row) ? 0 : texts[row].Length;
            if (bytes > 0) texts[row].CopyTo(Reserve(bytes));
            EndRow(row, bytes);
        }
    }
}

sealed class BlobColumn : TextColumn
{
    protected override void BindValue(SqliteStatement statement, int parameter, ReadOnlySpan<byte> value) => statement.BindBlob(parameter, value);
}

/// <summary>Integers of a lane spelt as text: dates, times, networks.</summary>
sealed class FormattedColumn<TFormat> : ByteColumn where TFormat : struct, IInt64Format
{
    protected override void EncodeBytes(ColumnVector values)
    {
        var numbers = ((Int64Vector)values).Values;
        for (var row = 0; row < numbers.Length; row++)
            EndRow(row, IsNull(row) ? 0 : TFormat.Format(numbers[row], Reserve(TFormat.MaxBytes)));
    }
}

/// <summary>UUIDs in their usual spelling.</summary>
sealed class UuidColumn(bool isUpperCase) : ByteColumn
{
    const int Bytes = 36;

    protected override void EncodeBytes(ColumnVector values)
    {
        var uuids = ((UuidVector)values).Values;
        Span<byte> raw = stackalloc byte[16];
        for (var row = 0; row < uuids.Length; row++)
        {
            if (!IsNull(row))
            {
                System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(raw, uuids[row]);
                var text = Reserve(Bytes)[..Bytes];
                new Guid(raw, bigEndian: true).TryFormat(text, out _);
                if (isUpperCase) System.Text.Ascii.ToUpperInPlace(text, out _);
            }
            EndRow(row, IsNull(row) ? 0 : Bytes);
        }
    }
}

/// <summary>Enum labels.</summary>
sealed class LabelColumn(EquatableArray<string> labels) : ByteColumn
{
    readonly byte[][] _labels = [.. labels.Select(System.Text.Encoding.UTF8.GetBytes)];

    protected override void EncodeBytes(ColumnVector values)
    {
        var indexes = ((Int64Vector)values).Values;
        for (var row = 0; row < indexes.Length; row++)
        {
            var label = IsNull(row) ? [] : _labels[indexes[row]];
            label.CopyTo(Reserve(label.Length));
            EndRow(row, label.Length);
        }
    }
}
