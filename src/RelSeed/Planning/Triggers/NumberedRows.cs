using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Columns that a trigger before the row numbers itself, and that others refer to: made with the numbers that it will give.</summary>
static class NumberedRows
{
    public static void Begin(TableDraft draft, ReferencePlanner references)
    {
        // What stands there has numbers already.
        if (draft.ExistingRows > 0 || draft.Profile is not null || draft.IsSearched) return;
        foreach (var numbering in draft.Table.Triggers.Where(t => t is { Enabled: true, IsRow: true, Timing: TriggerTiming.Before }
            && t.Events.HasFlag(TriggerEvents.Insert)).Select(t => NumberingReader.Read(t.Body, draft.Table)).OfType<RowNumbering>())
        {
            var column = draft.Table.IndexOf(numbering.Column);
            if (!draft.Referred.Contains(column) || !draft.IsOpen(column)) continue;
            if (numbering.Within is null)
            {
                draft.Set(column, new SerialSpec(numbering.Start, 1), "as its trigger numbers the rows");
                draft.Unique.Add(column);
            }
            else Within(draft, references, column, draft.Table.IndexOf(numbering.Within), numbering.Start);
        }
    }

    static void Within(TableDraft draft, ReferencePlanner references, int column, int within, long start)
    {
        if (draft.Owners[within] is not { IsUsable: true, IsRequired: true, IsSelf: false, Columns.Length: 1 } reference) return;
        var isGrouped = draft.Driving == reference || (draft.Driving is null && reference.Mechanism is null
            && references.Drive(draft, reference, long.MaxValue, "its trigger numbers the rows of each"));
        if (!isGrouped) return;
        draft.Set(column, new OrdinalSpec(reference.Index, start, 1), "as its trigger numbers the rows");
        draft.Numbered.Add((column, within));
    }
}
