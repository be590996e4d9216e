using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Generation.Learned;

/// <summary>A column's values, and its nulls, from the learned draws.</summary>
sealed class LearnedColumn : ColumnGenerator
{
    readonly int _step;
    readonly ColumnGenerator? _fresh;
    readonly ColumnVector? _atoms;
    readonly int _otherCode;
    readonly double _perLane;
    readonly bool _isOrdinal;
    readonly ColumnType _type;
    readonly MomentForm? _form;

    /// <param name="form">How moments are written that the column keeps as text; null where they are no text.</param>
    /// <param name="fresh">Makes values that are not told; null when all are.</param>
    public LearnedColumn(int step, Codebook book, ColumnType type, ColumnGenerator? fresh, MomentForm? form)
    {
        (_step, _fresh, _type, _isOrdinal, _form) = (step, fresh, type, book.IsOrdinal, form);
        _perLane = Axis.Has(type.Kind) ? 1 / Axis.ScaleOf(type) : 1;
        _otherCode = book.Codes.ToList().FindIndex(c => c is OtherCode) + 1;
        if (!book.IsOrdinal) _atoms = Atoms(book, type);
    }

    // By code, NULL first; a value that the type does not hold is never drawn, and stands as an empty place.
    static ColumnVector Atoms(Codebook book, ColumnType type)
    {
        var atoms = ColumnVector.Create(type);
        atoms.Reset(book.Size);
        atoms.CopyNullRow(0);
        for (var code = 1; code < book.Size; code++)
        {
            if (book.Codes[code - 1] is ValueCode value && LearnedValues.TryParse(value.Value, type) is { } parsed) atoms.CopyRow(code, parsed, 0);
            else atoms.CopyNullRow(code);
        }
        return atoms;
    }

    public override void Fill(RowFrame frame, ColumnVector target)
    {
        var state = frame.Learned();
        var codes = state.Codes[_step].AsSpan(0, frame.Count);
        if (_isOrdinal && target is BytesVector texts) FillTexts(codes, state.Values[_step], texts, _form!);
        else if (_isOrdinal) FillNumbers(state.Values[_step].AsSpan(0, frame.Count), target);
        else FillValues(frame, codes, target);
        if (!codes.Contains((ushort)0)) return;
        var nulls = target.WriteNulls();
        for (var i = 0; i < codes.Length; i++) nulls[i] |= codes[i] == 0;
    }

    static void FillTexts(ReadOnlySpan<ushort> codes, ReadOnlySpan<double> values, BytesVector target, MomentForm form)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] > 0) target.Advance(form.Write(values[i], target.GetSpan(form.Length)));
            target.EndRow();
        }
    }

    void FillNumbers(ReadOnlySpan<double> values, ColumnVector target)
    {
        if (target is Float64Vector reals) values.CopyTo(reals.Values);
        else
        {
            var integers = ((Int64Vector)target).Values;
            for (var i = 0; i < values.Length; i++) integers[i] = (long)Math.Round(values[i] * _perLane);
        }
    }

    void FillValues(RowFrame frame, ReadOnlySpan<ushort> codes, ColumnVector target)
    {
        if (_fresh is null || !codes.Contains((ushort)_otherCode))
        {
            target.Gather(_atoms!, codes);
            return;
        }
        var fresh = ColumnVector.Create(_type);
        fresh.Reset(frame.Count);
        _fresh.Fill(frame, fresh);
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] == _otherCode) target.CopyRow(i, fresh, i);
            else target.CopyRow(i, _atoms!, codes[i]);
        }
    }
}

static class LearnedValues
{
    /// <summary>A canonical text as a vector of one row; null when it is no value of the type.</summary>
    public static ColumnVector? TryParse(string text, ColumnType type)
    {
        try
        {
            return ValueLists.Parse([text], type);
        }
        catch (RelSeedException)
        {
            return null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary>Marks what the learned draws say is NULL, for a column whose values are all made anew.</summary>
sealed class LearnedNullMarks(int step) : NullGenerator
{
    public override void Mark(RowFrame frame, ColumnVector target)
    {
        var codes = frame.Learned().Codes[step].AsSpan(0, frame.Count);
        if (!codes.Contains((ushort)0)) return;
        var nulls = target.WriteNulls();
        for (var i = 0; i < codes.Length; i++) nulls[i] |= codes[i] == 0;
    }
}

/// <summary>Parents as the learned draws pick them.</summary>
sealed class PickedParent(int reference) : ReferenceGenerator
{
    public override void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals) =>
        frame.Learned().Picked[reference].AsSpan(0, frame.Count).CopyTo(parents);
}

/// <summary>A sum over the children of each row, or their number.</summary>
sealed class ChildSum(TableGenerator child, Lazy<CountedGroups> groups, int column, int decimals, double unit) : ColumnGenerator
{
    public override void Fill(RowFrame frame, ColumnVector target)
    {
        var rows = frame.Rows;
        var sums = new double[rows.Length];
        var children = new RowFrame(child);
        for (var i = 0; i < rows.Length; i++)
        {
            var (first, size) = (groups.Value.FirstChild(rows[i]), groups.Value.SizeOf(rows[i]));
            sums[i] = column < 0 ? size : Sum(children, first, size);
        }
        if (target is Float64Vector reals) sums.CopyTo(reals.Values);
        else
            for (var i = 0; i < sums.Length; i++) ((Int64Vector)target).Values[i] = (long)Math.Round(sums[i] / unit);
    }

    double Sum(RowFrame children, long first, int size)
    {
        if (size == 0) return 0;
        children.Reset(first + child.FirstNew, size);
        var values = children.Column(column);
        double sum = 0;
        for (var i = 0; i < size; i++)
            if (!values.IsNull(i))
                sum += values is Int64Vector integers ? integers.Values[i] / (double)StableMath.PowerOfTen(decimals)
                    : ((Float64Vector)values).Values[i];
        return Math.Round(sum * 1e6) / 1e6;
    }
}
