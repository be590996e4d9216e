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
    bool _isDone;

    /// <summary>The signature, flags, and an extension that nobody has defined.</summary>
    public async Task<bool> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        await NeedAsync(SignatureBytes + 8, cancellationToken);
        var extension = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + SignatureBytes + 4));
        _start += SignatureBytes + 8;
        await NeedAsync(extension, cancellationToken);
        _start += extension;
        return true;
    }

    /// <returns>Rows read; fewer than asked for at the end.</returns>
    public async Task<int> FillAsync(CopyField[] fields, int most, CancellationToken cancellationToken)
    {
        var rows = 0;
        while (rows < most && !_isDone)
        {
            // Whole tuples from the buffer without waiting, the one across its end with.
            if (TryRead(fields, rows)) rows++;
            else if (!_isDone) await NeedAsync(_end - _start + 1, cancellationToken);
        }
        return rows;
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

    async Task NeedAsync(int bytes, CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        while (_end < bytes)
        {
            if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0) throw new Npgsql.NpgsqlException("The server's rows end within a row.");
            _end += read;
        }
    }
}
