using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RelSeed.Generation;
using RelSeed.Schema;

namespace RelSeed.Tests.Generation.Text;

public sealed class ValueFormatterTests
{
    [Theory]
    [InlineData(TypeKind.Boolean, 1, "true")]
    [InlineData(TypeKind.Boolean, 0, "false")]
    [InlineData(TypeKind.Int32, -7, "-7")]
    [InlineData(TypeKind.Int64, long.MinValue, "-9223372036854775808")]
    [InlineData(TypeKind.Money, -5, "-0.05")]
    [InlineData(TypeKind.Date, 0, "1970-01-01")]
    [InlineData(TypeKind.Date, 20_454, "2026-01-01")]
    [InlineData(TypeKind.Date, 2_932_897, "10000-01-01")]
    [InlineData(TypeKind.Date, -719_163, "0001-12-31 BC")]
    [InlineData(TypeKind.Time, 45_296_123_400, "12:34:56.1234")]
    [InlineData(TypeKind.TimeTz, 0, "00:00:00+00")]
    [InlineData(TypeKind.Interval, -93_784_000_000, "-26:03:04")]
    [InlineData(TypeKind.Timestamp, -1, "1969-12-31 23:59:59.999999")]
    [InlineData(TypeKind.TimestampTz, 1_767_225_600_000_000, "2026-01-01 00:00:00+00")]
    [InlineData(TypeKind.Inet, (32L << 32) | 0xC0A80001, "192.168.0.1")]
    [InlineData(TypeKind.Inet, (24L << 32) | 0xC0A80001, "192.168.0.1/24")]
    [InlineData(TypeKind.Cidr, (32L << 32) | 0x0A000000, "10.0.0.0/32")]
    [InlineData(TypeKind.MacAddr, 0x0800_2B01_0203, "08:00:2b:01:02:03")]
    [InlineData(TypeKind.MacAddr8, 0x0800_2B01_0203, "08:00:2b:ff:fe:01:02:03")]
    public void An_integer_lane_prints_as_its_type(TypeKind kind, long value, string text) =>
        Assert.Equal(text, Format(Of(kind), Integers(value)));

    [Theory]
    [InlineData(12_345, 0, "12345")]
    [InlineData(12_345, 2, "123.45")]
    [InlineData(-12_345, 4, "-1.2345")]
    [InlineData(-5, 18, "-0.000000000000000005")]
    [InlineData(long.MinValue, 18, "-9.223372036854775808")]
    public void A_decimal_keeps_its_scale(long value, int scale, string text) =>
        Assert.Equal(text, Format(Of(TypeKind.Decimal) with { Precision = 19, Scale = scale }, Integers(value)));

    [Fact]
    public void Any_date_prints_as_the_calendar_has_it() => Prop.ForAll(
        Gen.Choose(DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber).ToArbitrary(),
        day => Format(Of(TypeKind.Date), Integers(day - new DateOnly(1970, 1, 1).DayNumber))
            == DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_null_has_no_text()
    {
        var values = Integers(1);
        values.SetAllNull();
        Assert.Null(Format(Of(TypeKind.Int32), values));
    }

    [Fact]
    public void Floating_numbers_print_with_all_their_digits()
    {
        Assert.Equal("0.1", Format(Of(TypeKind.Float64), Floats(0.1)));
        Assert.Equal("0.1", Format(Of(TypeKind.Float32), Floats(0.1f)));
        Assert.Equal("NaN", Format(Of(TypeKind.Float64), Floats(double.NaN)));
    }

    [Fact]
    public void Bytes_and_UUIDs_print_in_hexadecimal()
    {
        Assert.Equal("\\x00ff10", Format(Of(TypeKind.Bytes), Bytes([0x00, 0xFF, 0x10])));
        var uuid = new UuidVector();
        uuid.Reset(1);
        uuid.Values[0] = UInt128.Parse("0123456789abcdef0123456789abcdef", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Assert.Equal("01234567-89ab-cdef-0123-456789abcdef", Format(Of(TypeKind.Uuid), uuid));
    }

    [Fact]
    public void An_enum_prints_its_label() =>
        Assert.Equal("sad", Format(Of(TypeKind.Enum) with { Labels = ["happy", "sad"] }, Integers(1)));

    [Fact]
    public void An_array_quotes_what_its_grammar_would_misread()
    {
        var type = Of(TypeKind.Array) with { Element = Of(TypeKind.Text) };
        var list = (ListVector)ColumnVector.Create(type);
        list.Reset(1);
        list.Items.Reset(5);
        foreach (var item in new[] { "plain", "a,b", "say \"hi\"", "NULL", "" }) ((BytesVector)list.Items).Append(Encoding.UTF8.GetBytes(item));
        list.Items.WriteNulls()[0] = true;
        list.EndRow(5);
        Assert.Equal("""{NULL,"a,b","say \"hi\"","NULL",""}""", Format(type, list));
    }

    [Fact]
    public void A_range_has_its_lower_bound_and_not_its_upper_one()
    {
        var type = Of(TypeKind.Range) with { Element = Of(TypeKind.Timestamp) };
        var range = (StructVector)ColumnVector.Create(type);
        range.Reset(1);
        ((Int64Vector)range.Fields[0]).Values[0] = 0;
        ((Int64Vector)range.Fields[1]).SetAllNull();
        Assert.Equal("[\"1970-01-01 00:00:00\",)", Format(type, range));
    }

    [Fact]
    public void A_composite_leaves_out_what_is_null()
    {
        var type = Of(TypeKind.Composite) with { Fields = [new("a", Of(TypeKind.Int32)), new("b", Of(TypeKind.Int32)), new("c", Of(TypeKind.Text))] };
        var row = (StructVector)ColumnVector.Create(type);
        row.Reset(1);
        ((Int64Vector)row.Fields[0]).Values[0] = 3;
        row.Fields[1].SetAllNull();
        ((BytesVector)row.Fields[2]).Append("x (y)"u8);
        Assert.Equal("(3,,\"x (y)\")", Format(type, row));
    }

    static string? Format(ColumnType type, ColumnVector values) => ValueFormatter.For(type).Format(values, 0);

    static ColumnType Of(TypeKind kind) => new() { Kind = kind, Name = kind.ToString() };

    static Int64Vector Integers(long value)
    {
        var vector = new Int64Vector();
        vector.Reset(1);
        vector.Values[0] = value;
        return vector;
    }

    static Float64Vector Floats(double value)
    {
        var vector = new Float64Vector();
        vector.Reset(1);
        vector.Values[0] = value;
        return vector;
    }

    static BytesVector Bytes(byte[] value)
    {
        var vector = new BytesVector();
        vector.Reset(1);
        vector.Append(value);
        return vector;
    }
}
