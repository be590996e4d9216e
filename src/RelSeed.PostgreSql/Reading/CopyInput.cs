using System.Buffers.Binary;

namespace RelSeed.PostgreSql.Reading;

/// <summary>Takes the tuples of a binary COPY apart.</summary>
/// <remarks>https://www.postgresql.org/docs/current/sql-copy.html, Binary Format.</remarks>
sealed class CopyInput(Stream stream)
{
    const int SignatureBytes = 11;

    byte[] _buffer = new byte[1 << 17];
    int _start;
    int _end;
    bool _isBegun;
    bool _isDone;

    /// <returns>Rows read; fewer than asked for at the end.</returns>
    public int Fill(CopyField[] fields, int most)
    {
        if (!_isBegun) ReadHeader();
        var rows = 0;
        while (rows < most && !_isDone)
        {
            if (TryRead(fields, rows)) rows++;
            else if (!_isDone) Need(_end - _start + 1);
        }
        return rows;
    }

    // The signature, flags, and an extension that nobody has defined.
    void ReadHeader()
    {
        Need(SignatureBytes + 8);
        var extension = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + SignatureBytes + 4));
        _start += SignatureBytes + 8;
        Need(extension);
        _start += extension;
        _isBegun = true;
    }

    bool TryRead(CopyField[] fields, int row)
    {
        var left = _buffer.AsSpan(_start, _end - _start);
        if (left.Length < 2) return false;
        if (BinaryPrimitives.ReadInt16BigEndian(left) < 0)
        {
            _isDone = true;
            return false;
        }
        if (!IsWhole(left)) return false;
        var at = 2;
        for (var f = 0; f < BinaryPrimitives.ReadInt16BigEndian(left); f++)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(left[at..]);
            at += 4;
            if (f < fields.Length)
            {
                if (length < 0) fields[f].Vector.CopyNullRow(row);
                else fields[f].Read(left.Slice(at, length), row);
            }
            at += Math.Max(0, length);
        }
        _start += at;
        return true;
    }

    static bool IsWhole(ReadOnlySpan<byte> left)
    {
        var at = 2;
        for (var f = BinaryPrimitives.ReadInt16BigEndian(left); f > 0; f--)
        {
            if (left.Length - at < 4) return false;
            var length = BinaryPrimitives.ReadInt32BigEndian(left[at..]);
            at += 4 + Math.Max(0, length);
            if (at > left.Length) return false;
        }
        return true;
    }

    // The driver hands out a tuple at a time: waiting for each without blocking would cost more than reading it.
    void Need(int bytes)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        while (_end < bytes)
        {
            if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = stream.Read(_buffer.AsSpan(_end));
            if (read == 0) throw new Npgsql.NpgsqlException("The server's rows end within a row.");
            _end += read;
        }
    }
}
