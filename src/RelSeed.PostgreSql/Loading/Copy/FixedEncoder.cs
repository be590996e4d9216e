using System.Buffers.Binary;
using RelSeed.Generation;

namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>The bytes of one value of a type whose values are all as long.</summary>
/// <typeparam name="T">What the batch's array holds.</typeparam>
interface IFixedForm<in T>
{
    int Width { get; }
    void Write(Span<byte> target, T value);
}

/// <summary>Types of fixed width. The form is a struct, so that the loop is compiled for each and holds no call.</summary>
sealed class FixedEncoder<T, TForm>(TForm form) : FieldEncoder
    where T : unmanaged
    where TForm : struct, IFixedForm<T>
{
    public override int SizeOf(ColumnVector column, int row) => column.IsNull(row) ? LengthBytes : LengthBytes + form.Width;

    public override int Write(ColumnVector column, int row, Span<byte> target) =>
        column.IsNull(row) ? WriteNull(target) : WriteValue(form, target, ((FixedVector<T>)column).Values[row]);

    public override void AddSizes(ColumnVector column, int first, Span<int> sizes)
    {
        var (full, width) = (LengthBytes + form.Width, form.Width);
        for (var i = 0; i < sizes.Length; i++) sizes[i] += full;
        if (!column.HasNulls) return;
        var nulls = column.Nulls.Slice(first, sizes.Length);
        for (var i = 0; i < nulls.Length; i++) sizes[i] -= nulls[i] ? width : 0;
    }

    public override void WriteAll(ColumnVector column, int first, Span<byte> target, Span<int> places)
    {
        var local = form;
        var values = ((FixedVector<T>)column).Values.Slice(first, places.Length);
        if (!column.HasNulls)
        {
            for (var i = 0; i < values.Length; i++) places[i] += WriteValue(local, target[places[i]..], values[i]);
            return;
        }
        var nulls = column.Nulls.Slice(first, places.Length);
        for (var i = 0; i < values.Length; i++)
            places[i] += nulls[i] ? WriteNull(target[places[i]..]) : WriteValue(local, target[places[i]..], values[i]);
    }

    static int WriteValue(TForm form, Span<byte> target, T value)
    {
        var width = form.Width;
        var field = target[..(LengthBytes + width)];
        BinaryPrimitives.WriteInt32BigEndian(field, width);
        form.Write(field[LengthBytes..], value);
        return LengthBytes + width;
    }
}
