using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Rows that a trigger makes: the row that causes each.</summary>
sealed class TriggeringRow(TableGenerator source, long first, long sourceFirst, long count) : ReferenceGenerator
{
    public override void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals)
    {
        var rows = frame.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            var place = rows[i] - first;
            parents[i] = place >= 0 && place < count ? source.FirstNew + sourceFirst + place : -1;
        }
    }
}

/// <summary>Rows that a trigger makes: the parents of the rows that cause them.</summary>
sealed class ThroughTrigger(EquatableArray<SourceReference> sources) : ReferenceGenerator
{
    public override void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals)
    {
        parents.Fill(-1);
        foreach (var source in sources)
        {
            if (source.Reference == SourceReference.None) continue;
            var causes = frame.Parent(source.Via);
            var theirs = source.Reference == SourceReference.Itself ? frame.ParentRows(source.Via) : causes.ParentRows(source.Reference);
            for (var i = 0; i < parents.Length; i++)
                if (!causes.IsAbsent(i)) parents[i] = theirs[i];
        }
    }
}

/// <summary>A column of rows that triggers make: copied from the row that causes each, or a literal.</summary>
sealed class TriggerColumn(EquatableArray<SourceColumn> sources, ColumnType type) : ColumnGenerator
{
    readonly ColumnVector?[] _literals = [.. sources.Select(s => s.Literal is { } text ? ValueLists.Parse([text], type) : null)];

    public override void Fill(RowFrame frame, ColumnVector target)
    {
        var causes = sources.Select(s => frame.Parent(s.Via)).ToArray();
        var columns = sources.Select((s, k) => s.Column >= 0 ? causes[k].Column(s.Column) : null).ToArray();
        for (var i = 0; i < target.Count; i++) Copy(causes, columns, i, target);
    }

    void Copy(RowFrame[] causes, ColumnVector?[] columns, int row, ColumnVector target)
    {
        for (var k = 0; k < causes.Length; k++)
        {
            if (causes[k].IsAbsent(row)) continue;
            if (columns[k] is { } values && !values.IsNull(row)) target.CopyRow(row, values, row);
            else if (_literals[k] is { } literal) target.CopyRow(row, literal, 0);
            else target.CopyNullRow(row);
            return;
        }
        target.CopyNullRow(row);
    }
}

/// <summary>Every so many-th value of a domain that several tables share.</summary>
sealed class SliceOfDomain(DomainGenerator inner, int count, int place) : DomainGenerator
{
    public override void Fill(ReadOnlySpan<long> indexes, ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var places = System.Buffers.ArrayPool<long>.Shared.Rent(indexes.Length);
        for (var i = 0; i < indexes.Length; i++) places[i] = indexes[i] * count + place;
        inner.Fill(places.AsSpan(0, indexes.Length), counters, frame, target);
        System.Buffers.ArrayPool<long>.Shared.Return(places);
    }
}
