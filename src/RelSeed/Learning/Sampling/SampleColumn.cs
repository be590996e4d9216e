using System.Runtime.InteropServices;
using System.Text;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Sampling;

/// <summary>A column of the sampled rows: numbers on its axis, or numbers of different texts.</summary>
abstract class SampleColumn(Column column)
{
    int? _nullCount;

    public Column Column { get; } = column;

    /// <summary>Makes room for so many rows.</summary>
    public abstract void Reserve(int rows);

    /// <summary>Takes rows of a batch to the end.</summary>
    public abstract void Append(ColumnVector vector, ReadOnlySpan<int> rows);

    public abstract int Count { get; }
    public abstract bool IsNull(int row);

    /// <summary>How many rows have no value.</summary>
    public int NullCount => _nullCount ??= Enumerable.Range(0, Count).Count(IsNull);

    /// <summary>By which siblings are put in order.</summary>
    public abstract int Compare(int left, int right);

    /// <summary>Two rows have the same value; neither null.</summary>
    public abstract bool AreSame(int left, int right);

    public static SampleColumn Create(Column column) => column.Type switch
    {
        var type when Axis.Has(type.Kind) => new AxisSample(column),
        { Lane: Lane.List or Lane.Struct } => new OpaqueSample(column),
        _ => new TextSample(column),
    };
}

/// <summary>Values on an axis; NaN for null.</summary>
sealed class AxisSample(Column column) : SampleColumn(column)
{
    readonly List<double> _values = [];
    readonly double _scale = Axis.ScaleOf(column.Type);

    /// <summary>Takes texts for the moments that they are.</summary>
    public AxisSample(Column column, MomentForm form, TextSample texts) : this(column)
    {
        Form = form;
        var values = texts.Texts.Select(t => form.Read(t)!.Value).ToArray();
        _values.EnsureCapacity(texts.Count);
        foreach (var id in texts.Ids) _values.Add(id < 0 ? double.NaN : values[id]);
    }

    /// <summary>How its values are written; null where they are no texts.</summary>
    public MomentForm? Form { get; }

    public override int Count => _values.Count;
    public ReadOnlySpan<double> Values => CollectionsMarshal.AsSpan(_values);

    public override void Reserve(int rows) => _values.EnsureCapacity(rows);

    public override void Append(ColumnVector vector, ReadOnlySpan<int> rows)
    {
        CollectionsMarshal.SetCount(_values, _values.Count + rows.Length);
        var added = CollectionsMarshal.AsSpan(_values)[^rows.Length..];
        if (vector is Int64Vector whole)
            for (var i = 0; i < rows.Length; i++) added[i] = whole.Values[rows[i]] * _scale;
        else
            for (var i = 0; i < rows.Length; i++) added[i] = ((Float64Vector)vector).Values[rows[i]];
        // Infinities have no place on an axis.
        for (var i = 0; i < rows.Length; i++)
            if (vector.IsNull(rows[i]) || !double.IsFinite(added[i])) added[i] = double.NaN;
    }

    public override bool IsNull(int row) => double.IsNaN(_values[row]);
    public override int Compare(int left, int right) => _values[left].CompareTo(_values[right]);
    public override bool AreSame(int left, int right) => _values[left] == _values[right];
}

/// <summary>Values as texts, each different one kept once; -1 for null.</summary>
sealed class TextSample(Column column) : SampleColumn(column)
{
    /// <summary>Of a longer text only the beginning is kept.</summary>
    public const int KeptChars = 200;

    readonly List<int> _ids = [];
    readonly TextNumbers _texts = new();
    readonly List<int> _lengths = [];

    public override int Count => _ids.Count;

    public override void Reserve(int rows) => _ids.EnsureCapacity(rows);

    public ReadOnlySpan<int> Ids => CollectionsMarshal.AsSpan(_ids);

    /// <summary>Different texts by number.</summary>
    public IReadOnlyList<string> Texts => _texts.Texts;

    /// <summary>Characters (bytes of binary values) by number.</summary>
    public IReadOnlyList<int> Lengths => _lengths;

    public override void Append(ColumnVector vector, ReadOnlySpan<int> rows)
    {
        Span<char> buffer = stackalloc char[1024];
        foreach (var row in rows)
        {
            if (vector.IsNull(row))
            {
                _ids.Add(-1);
                continue;
            }
            if (vector is BytesVector bytes && Column.Type.Kind != TypeKind.Bytes && bytes[row].Length <= buffer.Length)
            {
                var text = buffer[..Encoding.UTF8.GetChars(bytes[row], buffer)];
                if (text.Length <= KeptChars)
                {
                    _ids.Add(IdOf(text, text.Length));
                    continue;
                }
            }
            AppendText(vector, row);
        }
    }

    void AppendText(ColumnVector vector, int row)
    {
        var (text, length) = TextOf(vector, row);
        _ids.Add(IdOf(text, length));
    }

    int IdOf(ReadOnlySpan<char> text, int length)
    {
        var id = _texts.NumberOf(text);
        if (id == _lengths.Count) _lengths.Add(length);
        return id;
    }

    (string Text, int Length) TextOf(ColumnVector vector, int row) => vector switch
    {
        Int64Vector v => Measured(CanonicalText.Format(v.Values[row], Column.Type)),
        Float64Vector v => Measured(CanonicalText.Format(v.Values[row])),
        UuidVector v => ($"{v.Values[row]:x32}", 36),
        BytesVector v when Column.Type.Kind == TypeKind.Bytes => (Digest(v[row]), v[row].Length),
        BytesVector v => Shortened(Encoding.UTF8.GetString(v[row]), v[row]),
        _ => ("", 0),
    };

    static (string, int) Measured(string text) => (text, text.Length);

    static (string, int) Shortened(string text, ReadOnlySpan<byte> bytes) =>
        text.Length <= KeptChars ? Measured(text) : ($"{text.AsSpan(0, KeptChars)}\u0000{Digest(bytes)}", text.Length);

    static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes), 0, 12);

    public override bool IsNull(int row) => _ids[row] < 0;
    public override bool AreSame(int left, int right) => _ids[left] == _ids[right];

    public override int Compare(int left, int right) => (_ids[left], _ids[right]) switch
    {
        ( < 0, < 0) => 0,
        ( < 0, _) => -1,
        (_, < 0) => 1,
        var (a, b) => string.CompareOrdinal(Texts[a], Texts[b]),
    };
}

/// <summary>Values of which only their absence is learned.</summary>
sealed class OpaqueSample(Column column) : SampleColumn(column)
{
    readonly List<bool> _nulls = [];

    public override int Count => _nulls.Count;

    public override void Reserve(int rows) => _nulls.EnsureCapacity(rows);

    public override void Append(ColumnVector vector, ReadOnlySpan<int> rows)
    {
        foreach (var row in rows) _nulls.Add(vector.IsNull(row));
    }

    public override bool IsNull(int row) => _nulls[row];
    public override int Compare(int left, int right) => 0;
    public override bool AreSame(int left, int right) => false;
}
