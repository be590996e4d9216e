using RelSeed.Numerics;
using RelSeed.Planning;

namespace RelSeed.Generation.Learned;

/// <summary>Finds, once, the rows whose learned draws repeat a unique key, and how often each must be drawn again until none does.</summary>
/// <remarks>16 bytes a row and key while it looks; afterwards only the rows that were drawn again are kept.</remarks>
sealed class LearnedKeys(IReadOnlyList<LearnedKey> keys, long rows)
{
    const int BatchRows = 4_096;

    /// <summary>Draws of a row, at most.</summary>
    public const int MostAttempts = 3_000;

    readonly HashSet<UInt128>[] _taken = [.. keys.Select(_ => new HashSet<UInt128>())];
    readonly Dictionary<long, int> _attempts = [];
    long _from;

    /// <summary>Rows that no draw made differ from the others.</summary>
    public long Failed { get; private set; }

    /// <summary>Makes a table's keys hold.</summary>
    public void Meet(TableGenerator table)
    {
        var learned = table.Learned!;
        learned.Attempts = _attempts;
        learned.Watch = this;
        var frame = new RowFrame(table);
        // What is drawn together is looked at together.
        var batch = learned.IsEven ? rows : BatchRows;
        for (_from = 0; _from < rows; _from += batch)
        {
            frame.ResetMade(_from, (int)Math.Min(batch, rows - _from));
            frame.Learned();
        }
        learned.Watch = null;
        if (_attempts.Count == 0) learned.Attempts = null;
    }

    /// <summary>Takes the row's keys; false when another row has one of them.</summary>
    public bool Take(RowFrame frame, LearnedState state, int row)
    {
        // Siblings before the batch stand there for context only.
        if (frame.Rows[row] < _from) return true;
        Span<UInt128> hashes = stackalloc UInt128[keys.Count];
        for (var k = 0; k < keys.Count; k++)
        {
            hashes[k] = keys[k].Hash(frame, state, row);
            if (hashes[k] != 0 && _taken[k].Contains(hashes[k])) return false;
        }
        for (var k = 0; k < keys.Count; k++)
            if (hashes[k] != 0) _taken[k].Add(hashes[k]);
        return true;
    }

    public void Keep(long row, int attempt) => _attempts[row] = attempt;

    public void Fail() => Failed++;
}

/// <param name="References">References of the profile that are part of it, each with its position in the table.</param>
/// <param name="Columns">Columns that no step draws.</param>
sealed record LearnedKey(string Name, int[] Steps, (int Profile, int Table)[] References, int[] Columns, PickedValue[] Values)
{
    /// <summary>A fingerprint of the row's values; 0 when one of them is NULL.</summary>
    public UInt128 Hash(RowFrame frame, LearnedState state, int row)
    {
        ulong low = 0x243F6A8885A308D3, high = 0x13198A2E03707344;
        foreach (var step in Steps)
        {
            if (state.Codes[step][row] == 0) return 0;
            var value = BitConverter.DoubleToUInt64Bits(state.Values[step][row]);
            Add(value == 0 ? state.Codes[step][row] : value);
        }
        foreach (var (profile, table) in References)
        {
            var parent = frame.Table.Learned!.Picks[profile].Picker is not null ? state.Picked[profile][row]
                : table == frame.Table.Learned.Driving ? state.Parents[row] : frame.ParentRows(table)[row];
            if (parent < 0) return 0;
            Add((ulong)parent);
        }
        foreach (var (reference, step) in Values)
        {
            var parent = state.Picked[reference][row];
            // A code may stand for several values: then rows differ more than they must.
            if (parent < 0 || frame.Table.Learned!.Picks[reference].Picker!.Value.Codes(step)[parent] is not (> 0 and var code)) return 0;
            Add(code);
        }
        foreach (var column in Columns)
        {
            var vector = frame.Column(column);
            if (vector.IsNull(row)) return 0;
            Add(HashOf(vector, row));
        }
        return new UInt128(high, low) | 1;

        void Add(ulong word) => (low, high) = (CounterRandom.Mix(low ^ word), CounterRandom.Mix(high + word * 0x9E3779B97F4A7C15));
    }

    static ulong HashOf(ColumnVector vector, int row) => vector switch
    {
        Int64Vector v => (ulong)v.Values[row],
        Float64Vector v => BitConverter.DoubleToUInt64Bits(v.Values[row]),
        UuidVector v => (ulong)v.Values[row],
        BytesVector v => OfBytes(v[row]),
        _ => 0,
    };

    static ulong OfBytes(ReadOnlySpan<byte> value)
    {
        var hash = (ulong)value.Length;
        foreach (var b in value) hash = CounterRandom.Mix(hash ^ b);
        return hash;
    }
}
