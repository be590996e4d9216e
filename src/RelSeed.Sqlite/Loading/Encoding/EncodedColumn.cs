using RelSeed.Generation;
using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Loading.Encoding;

/// <summary>One column of a batch in the form SQLite stores: a worker encodes it, the writer binds it. Reused from batch to batch.</summary>
abstract class EncodedColumn
{
    bool[] _nulls = [];

    protected bool HasNulls { get; private set; }

    protected bool IsNull(int row) => HasNulls && _nulls[row];

    /// <summary>Takes over the values of a vector, which may change afterwards.</summary>
    public void Encode(ColumnVector values)
    {
        HasNulls = values.HasNulls;
        if (HasNulls)
        {
            if (_nulls.Length < values.Count) _nulls = new bool[values.Count];
            values.Nulls.CopyTo(_nulls);
        }
        EncodeValues(values);
    }

    protected abstract void EncodeValues(ColumnVector values);

    /// <summary>Binds rows [<paramref name="first"/>, <paramref name="first"/> + <paramref name="rows"/>) to every
    /// <paramref name="stride"/>-th parameter from <paramref name="parameter"/> on.</summary>
    public abstract void Bind(SqliteStatement statement, int parameter, int stride, int first, int rows);
}

/// <summary>Whole numbers as they are.</summary>
sealed class IntegerColumn : EncodedColumn
{
    long[] _values = [];

    protected override void EncodeValues(ColumnVector values)
    {
        if (_values.Length < values.Count) _values = new long[values.Count];
        ((Int64Vector)values).Values.CopyTo(_values);
    }

    public override void Bind(SqliteStatement statement, int parameter, int stride, int first, int rows)
    {
        for (var row = first; row < first + rows; row++, parameter += stride)
        {
            if (IsNull(row)) statement.BindNull(parameter);
            else statement.Bind(parameter, _values[row]);
        }
    }
}

/// <summary>Floating-point numbers, and decimals: SQLite has no exact ones.</summary>
/// <param name="scale">Digits after the point that the vector's integers carry; below 19, so that its power of ten is exact.</param>
sealed class RealColumn(int scale) : EncodedColumn
{
    readonly double _divisor = (double)Enumerable.Repeat(10m, scale).Aggregate(1m, (product, ten) => product * ten);
    double[] _values = [];

    protected override void EncodeValues(ColumnVector values)
    {
        if (_values.Length < values.Count) _values = new double[values.Count];
        if (values is Float64Vector floats)
        {
            floats.Values.CopyTo(_values);
            return;
        }
        var scaled = ((Int64Vector)values).Values;
        for (var i = 0; i < scaled.Length; i++) _values[i] = scaled[i] / _divisor;
    }

    public override void Bind(SqliteStatement statement, int parameter, int stride, int first, int rows)
    {
        for (var row = first; row < first + rows; row++, parameter += stride)
        {
            if (IsNull(row)) statement.BindNull(parameter);
            else statement.Bind(parameter, _values[row]);
        }
    }
}
