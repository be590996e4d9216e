using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>The values of one column for the rows of a batch: a typed array and which of them are null. Reused from batch to batch.</summary>
/// <remarks>One class a <see cref="Lane"/>. A value under a null is meaningless and must not be read.</remarks>
public abstract class ColumnVector
{
    bool[] _nulls = [];

    /// <summary>Rows it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Some row may be null; when false, <see cref="Nulls"/> need not be read.</summary>
    public bool HasNulls { get; private set; }

    /// <summary>True where the row is null. Meaningful only if <see cref="HasNulls"/>.</summary>
    public ReadOnlySpan<bool> Nulls => _nulls.AsSpan(0, Count);

    public bool IsNull(int row) => HasNulls && _nulls[row];

    /// <summary>Makes room for so many rows, none null.</summary>
    public void Reset(int count)
    {
        Count = count;
        HasNulls = false;
        OnReset(count);
    }

    /// <summary>The null marks to write into; they start all false.</summary>
    public Span<bool> WriteNulls()
    {
        if (_nulls.Length < Count) _nulls = new bool[Capacity(Count)];
        var marks = _nulls.AsSpan(0, Count);
        if (!HasNulls) marks.Clear();
        HasNulls = true;
        return marks;
    }

    public void SetAllNull()
    {
        WriteNulls().Fill(true);
        OnAllNull();
    }

    /// <summary>Makes room for more rows and keeps those it has.</summary>
    public void Extend(int count)
    {
        if (HasNulls)
        {
            if (_nulls.Length < count) Array.Resize(ref _nulls, Capacity(count));
            _nulls.AsSpan(Count, count - Count).Clear();
        }
        Count = count;
        OnExtend(count);
    }

    protected abstract void OnReset(int count);

    protected abstract void OnExtend(int count);

    /// <summary>Makes the values well formed (offsets of equal length) though none may be read.</summary>
    protected virtual void OnAllNull() { }

    /// <summary>Copies a row of another vector of the same lane to the end (list and text lanes) or to the place (fixed lanes).</summary>
    /// <param name="row">The row to write; rows must be written in ascending order.</param>
    /// <param name="source">Its null is copied too.</param>
    public abstract void CopyRow(int row, ColumnVector source, int sourceRow);

    /// <summary>Copies a row of another vector of the same lane to each of the rows, from the first one on.</summary>
    public virtual void Gather(ColumnVector source, ReadOnlySpan<ushort> sourceRows)
    {
        for (var row = 0; row < sourceRows.Length; row++) CopyRow(row, source, sourceRows[row]);
    }

    /// <summary>Writes null to the end (list and text lanes) or to the place (fixed lanes).</summary>
    public abstract void CopyNullRow(int row);

    protected void CopyNull(int row, ColumnVector source, int sourceRow)
    {
        if (source.IsNull(sourceRow)) WriteNulls()[row] = true;
    }

    protected void CopyNulls(ColumnVector source, ReadOnlySpan<ushort> sourceRows)
    {
        if (!source.HasNulls) return;
        var marks = WriteNulls();
        for (var row = 0; row < sourceRows.Length; row++) marks[row] |= source._nulls[sourceRows[row]];
    }

    protected static int Capacity(int count) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, 16));

    public static ColumnVector Create(ColumnType type) => type.Lane switch
    {
        Lane.Int64 => new Int64Vector(),
        Lane.Float64 => new Float64Vector(),
        Lane.Uuid => new UuidVector(),
        Lane.List => new ListVector(Create(ElementOf(type))),
        Lane.Struct when type.Kind == TypeKind.Range => new StructVector([Create(type.Element!), Create(type.Element!)]),
        Lane.Struct => new StructVector([.. type.Fields.Select(f => Create(f.Type))]),
        _ => new BytesVector(),
    };

    // A multirange's items are ranges over its element.
    static ColumnType ElementOf(ColumnType type) => type.Kind == TypeKind.MultiRange
        ? new ColumnType { Kind = TypeKind.Range, Name = type.Name, Element = type.Element }
        : type.Element!;
}

/// <summary>A vector with one fixed-size value a row.</summary>
public abstract class FixedVector<T> : ColumnVector where T : unmanaged
{
    T[] _values = [];

    public Span<T> Values => _values.AsSpan(0, Count);

    protected override void OnReset(int count)
    {
        if (_values.Length < count) _values = new T[Capacity(count)];
    }

    protected override void OnExtend(int count)
    {
        if (_values.Length < count) Array.Resize(ref _values, Capacity(count));
    }

    public override void CopyRow(int row, ColumnVector source, int sourceRow)
    {
        _values[row] = ((FixedVector<T>)source)._values[sourceRow];
        CopyNull(row, source, sourceRow);
    }

    public override void Gather(ColumnVector source, ReadOnlySpan<ushort> sourceRows)
    {
        var (from, values) = (((FixedVector<T>)source)._values, _values);
        for (var row = 0; row < sourceRows.Length; row++) values[row] = from[sourceRows[row]];
        CopyNulls(source, sourceRows);
    }

    public override void CopyNullRow(int row) => WriteNulls()[row] = true;
}

public sealed class Int64Vector : FixedVector<long>;

public sealed class Float64Vector : FixedVector<double>;

/// <summary>UUIDs as big-endian 128-bit integers.</summary>
public sealed class UuidVector : FixedVector<UInt128>;

/// <summary>Byte strings, one after another; text is UTF-8. Rows are appended in order.</summary>
public sealed class BytesVector : ColumnVector
{
    byte[] _data = [];
    int[] _ends = [];
    int _row;
    int _length;

    public ReadOnlySpan<byte> this[int row] => _data.AsSpan(Start(row), _ends[row] - Start(row));

    int Start(int row) => row == 0 ? 0 : _ends[row - 1];

    protected override void OnReset(int count)
    {
        if (_ends.Length < count) _ends = new int[Capacity(count)];
        (_row, _length) = (0, 0);
    }

    protected override void OnExtend(int count)
    {
        if (_ends.Length < count) Array.Resize(ref _ends, Capacity(count));
    }

    protected override void OnAllNull()
    {
        _ends.AsSpan(0, Count).Clear();
        (_row, _length) = (Count, 0);
    }

    /// <summary>Appends the next row's value.</summary>
    public void Append(ReadOnlySpan<byte> value)
    {
        value.CopyTo(GetSpan(value.Length));
        Advance(value.Length);
        EndRow();
    }

    /// <summary>At least so many bytes to write a part of the next row's value into; then <see cref="Advance"/>.</summary>
    public Span<byte> GetSpan(int sizeHint)
    {
        if (_data.Length - _length < sizeHint) Array.Resize(ref _data, Math.Max(_data.Length * 2, Capacity(_length + sizeHint)));
        return _data.AsSpan(_length);
    }

    public void Advance(int written) => _length += written;

    /// <summary>Ends the value of the next row: what was written since the last end.</summary>
    public void EndRow() => _ends[_row++] = _length;

    /// <summary>Bytes of the value being written.</summary>
    public int Pending => _length - (_row == 0 ? 0 : _ends[_row - 1]);

    /// <summary>The bytes written so far of the value being written.</summary>
    public Span<byte> PendingSpan => _data.AsSpan(_length - Pending, Pending);

    /// <summary>Takes back bytes of the value being written.</summary>
    public void Retract(int bytes) => _length -= bytes;

    public override void CopyRow(int row, ColumnVector source, int sourceRow)
    {
        Append(source.IsNull(sourceRow) ? [] : ((BytesVector)source)[sourceRow]);
        CopyNull(row, source, sourceRow);
    }

    public override void Gather(ColumnVector source, ReadOnlySpan<ushort> sourceRows)
    {
        var from = (BytesVector)source;
        var (data, ends) = (from._data, from._ends);
        foreach (var row in sourceRows)
        {
            var start = row == 0 ? 0 : ends[row - 1];
            var length = ends[row] - start;
            data.AsSpan(start, length).CopyTo(GetSpan(length));
            _length += length;
            _ends[_row++] = _length;
        }
        CopyNulls(source, sourceRows);
    }

    public override void CopyNullRow(int row)
    {
        Append([]);
        WriteNulls()[row] = true;
    }
}
