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
    public Column Column { get; } = column;

    /// <summary>Takes rows of a batch to the end.</summary>
    public abstract void Append(ColumnVector vector, ReadOnlySpan<int> rows);

    public abstract int Count { get; }
    public abstract bool IsNull(int row);

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

    public override int Count => _values.Count;
    public ReadOnlySpan<double> Values => CollectionsMarshal.AsSpan(_values);

    public override void Append(ColumnVector vector, ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
        {
            var value = vector.IsNull(row) ? double.NaN : vector is Int64Vector whole ? whole.Values[row] * _scale
                : ((Float64Vector)vector).Values[row];
            // Infinities have no place on an axis.
            _values.Add(double.IsFinite(value) ? value : double.NaN);
        }
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
    readonly List<string> _texts = [];
    readonly List<int> _lengths = [];
    readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

    public override int Count => _ids.Count;
    public ReadOnlySpan<int> Ids => CollectionsMarshal.AsSpan(_ids);

    /// <summary>Different texts by number.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>Characters (bytes of binary values) by number.</summary>
    public IReadOnlyList<int> Lengths => _lengths;

    public override void Append(ColumnVector vector, ReadOnlySpan<int> rows)
    {
        var lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
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
                    _ids.Add(lookup.TryGetValue(text, out var id) ? id : New(text.ToString(), text.Length));
                    continue;
                }
            }
            AppendText(vector, row);
        }
    }

    void AppendText(ColumnVector vector, int row)
    {
        var (text, length) = TextOf(vector, row);
        _ids.Add(_known.TryGetValue(text, out var id) ? id : New(text, length));
    }

    int New(string text, int length)
    {
        _known.Add(text, _texts.Count);
        _lengths.Add(length);
        _texts.Add(text);
        return _texts.Count - 1;
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
        var (a, b) => string.CompareOrdinal(_texts[a], _texts[b]),
    };
}

/// <summary>Values of which only their absence is learned.</summary>
sealed class OpaqueSample(Column column) : SampleColumn(column)
{
    readonly List<bool> _nulls = [];

    public override int Count => _nulls.Count;

    public override void Append(ColumnVector vector, ReadOnlySpan<int> rows)
    {
        foreach (var row in rows) _nulls.Add(vector.IsNull(row));
    }

    public override bool IsNull(int row) => _nulls[row];
    public override int Compare(int left, int right) => 0;
    public override bool AreSame(int left, int right) => false;
}
