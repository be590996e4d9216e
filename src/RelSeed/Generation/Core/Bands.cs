using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Values by the row's band.</summary>
sealed class BandColumn(EquatableArray<ValueBand> bands, ColumnType type, ColumnGenerator? otherwise) : ColumnGenerator
{
    readonly ColumnVector[] _values = [.. bands.Select(b => ValueLists.Parse(b.Values, type))];

    public override void Fill(RowFrame frame, ColumnVector target)
    {
        var rows = frame.Rows;
        if (otherwise is not null && !Touches(rows))
        {
            otherwise.Fill(frame, target);
            return;
        }
        var others = Others(frame);
        for (var i = 0; i < rows.Length; i++)
        {
            var band = BandOf(rows[i]);
            if (band >= 0) target.CopyRow(i, _values[band], (int)((rows[i] - bands[band].First) % _values[band].Count));
            else if (others is not null && !others.IsNull(i)) target.CopyRow(i, others, i);
            else target.CopyNullRow(i);
        }
    }

    ColumnVector? Others(RowFrame frame)
    {
        if (otherwise is null) return null;
        var others = ColumnVector.Create(type);
        others.Reset(frame.Count);
        otherwise.Fill(frame, others);
        return others;
    }

    bool Touches(ReadOnlySpan<long> rows)
    {
        foreach (var row in rows)
            if (BandOf(row) >= 0) return true;
        return false;
    }

    int BandOf(long row)
    {
        for (var b = 0; b < bands.Count; b++)
            if (row >= bands[b].First && row < bands[b].First + bands[b].Rows) return b;
        return -1;
    }
}

/// <summary>The table's own rows: each band's parents stand in another band.</summary>
sealed class ParentOfBand(ulong key, EquatableArray<ParentBand> bands) : ReferenceGenerator
{
    public override void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals)
    {
        var rows = frame.Rows;
        var counters = frame.Counters;
        var first = frame.Table.FirstNew;
        parents.Fill(-1);
        for (var i = 0; i < rows.Length; i++)
            foreach (var band in bands)
                if (band.ParentRows > 0 && rows[i] >= band.First && rows[i] < band.First + band.Rows)
                    parents[i] = first + band.ParentFirst + (long)CounterRandom.Below(CounterRandom.At(key, counters[i]), (ulong)band.ParentRows);
    }
}
