using System.Buffers.Binary;
using RelSeed.Generation;
using RelSeed.Numerics;

namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>inet and cidr: family, prefix length, whether it is a cidr, bytes of the address, the address.</summary>
sealed class NetworkEncoder(bool isCidr) : FieldEncoder
{
    const byte Version4 = 2;
    const byte Version6 = 3;
    const int HeadBytes = 4;
    readonly byte _isCidr = isCidr ? (byte)1 : (byte)0;

    public override int SizeOf(ColumnVector column, int row) =>
        column.IsNull(row) ? LengthBytes : LengthBytes + HeadBytes + ValueAt(column, row).Bits / 8;

    public override int Write(ColumnVector column, int row, Span<byte> target)
    {
        if (column.IsNull(row)) return WriteNull(target);
        var value = ValueAt(column, row);
        var bytes = value.Bits / 8;
        BinaryPrimitives.WriteInt32BigEndian(target, HeadBytes + bytes);
        var field = target[LengthBytes..];
        (field[0], field[1], field[2], field[3]) = (value.IsVersion6 ? Version6 : Version4, (byte)value.Prefix, _isCidr, (byte)bytes);
        value.WriteAddress(field[HeadBytes..]);
        return LengthBytes + HeadBytes + bytes;
    }

    static NetworkValue ValueAt(ColumnVector column, int row) => NetworkValue.Of(((Int64Vector)column).Values[row]);
}
