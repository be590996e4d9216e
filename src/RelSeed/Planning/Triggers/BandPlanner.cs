using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Plans the columns and references of a table that its bands decide.</summary>
static class BandPlanner
{
    /// <summary>Before keys and references: the deciding column is no one else's.</summary>
    public static void Begin(TableDraft draft, Banding banding)
    {
        draft.Banding = banding;
        if (draft.Rows > banding.Capacity) draft.Limit(banding.Capacity, "the tables that its triggers fill have room for no more");
        draft.Set(banding.Column, new BandSpec([], null), "decides what the triggers write");
    }

    /// <summary>After keys and references, when the number of rows is known.</summary>
    public static void Finish(TableDraft draft)
    {
        if (draft.Banding is not { } banding) return;
        var extents = banding.Split(draft.Rows);
        var bands = banding.Bands.Select((b, i) => new ValueBand(extents[i].First, extents[i].Rows, [b.Literal]))
            .Append(new ValueBand(extents[^1].First, extents[^1].Rows, banding.Others)).Where(b => b.Rows > 0);
        draft.Set(banding.Column, new BandSpec(bands.ToEquatableArray(), null), "decides what the triggers write");
    }

    /// <summary>After all other columns: values that few rows must have.</summary>
    public static void Fix(TableDraft draft)
    {
        if (draft.Banding is not { } banding) return;
        var extents = banding.Split(draft.Rows);
        foreach (var column in banding.Bands.SelectMany(b => b.Fixed.Keys).Distinct().Where(c => c != banding.Column && draft.Owners[c] is null))
        {
            var bands = banding.Bands.Select((b, i) => b.Fixed.TryGetValue(column, out var values)
                ? new ValueBand(extents[i].First, extents[i].Rows, values) : default);
            draft.Set(column, new BandSpec(bands.Where(b => b.Rows > 0).ToEquatableArray(), draft.Generators[column]), draft.Reasons[column]);
        }
    }

    /// <summary>How a key to the table itself finds its parent, when bands say so.</summary>
    public static BandedReference? Reference(TableDraft draft, ReferenceDraft self)
    {
        if (draft.Banding is not { } banding || !banding.Bands.Any(b => b.Parents.ContainsKey(self.Index))) return null;
        var extents = banding.Split(draft.Rows);
        return new BandedReference(banding.Bands.Select((b, i) => b.Parents.TryGetValue(self.Index, out var above)
            ? new ParentBand(extents[i].First, extents[i].Rows, extents[above].First, extents[above].Rows) : default).Where(b => b.Rows > 0)
            .ToEquatableArray());
    }
}
