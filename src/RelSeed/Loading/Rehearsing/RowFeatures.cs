using RelSeed.Expressions;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>One thing that may tell refused rows from those taken: a column of the row, or of one of its parents.</summary>
/// <param name="Owner">The table whose column it is.</param>
/// <param name="Key">The foreign key that leads to the parent; null for the row's own column.</param>
/// <param name="Values">By row; null for NULL.</param>
/// <param name="IsPresent">By row: false where there is no such parent.</param>
sealed record RowFeature(Table Owner, Column Column, ReferencePlan? Key, string?[] Values, bool[] IsPresent)
{
    /// <summary>For a parent of the parent: the table of the parent, and its foreign key that leads there.</summary>
    public (TableName Owner, string Key)? Above { get; init; }

    /// <summary>The text of the trigger or function names it.</summary>
    public bool IsIn(string? text) =>
        text is not null && TriggerText.Mentions(text, Column.Name) && (Key is null || TriggerText.Mentions(text, Owner.Name.Name));
}

/// <summary>Reads the features of rehearsed rows.</summary>
static class RowFeatures
{
    public static IReadOnlyList<RowFeature> Of(SeedPlan plan, TablePlan table, TableGenerator rows, int count)
    {
        var frame = new RowFrame(rows);
        frame.Reset(rows.FirstNew, count);
        var features = Read(plan, table.Table, frame, null).ToList();
        for (var r = 0; r < table.References.Count; r++)
        {
            var reference = table.References[r];
            if (reference.Mechanism is NoReference || plan.Find(reference.Key.Principal) is not { } parent || parent.Table.Name == table.Table.Name)
                continue;
            features.AddRange(Read(plan, parent.Table, frame.Parent(r), reference));
            features.AddRange(ReadAbove(plan, table, parent, frame.Parent(r), reference));
        }
        return features;
    }

    // What triggers leave open in their rows may be wanted by the children of their children.
    static IEnumerable<RowFeature> ReadAbove(SeedPlan plan, TablePlan table, TablePlan parent, RowFrame frame, ReferencePlan key)
    {
        for (var r = 0; r < parent.References.Count; r++)
        {
            var reference = parent.References[r];
            if (!parent.HasRoomInFewer(reference) || plan.Find(reference.Key.Principal) is not { } above || above.Table.Name == table.Table.Name
                || above.Table.Name == parent.Table.Name)
                continue;
            foreach (var feature in Read(plan, above.Table, frame.Parent(r), key))
                yield return feature with { Above = (parent.Table.Name, reference.Key.Name) };
        }
    }

    static IEnumerable<RowFeature> Read(SeedPlan plan, Table table, RowFrame frame, ReferencePlan? key)
    {
        var isPresent = Enumerable.Range(0, frame.Count).Select(i => !frame.IsAbsent(i)).ToArray();
        for (var c = 0; c < table.Columns.Count; c++)
        {
            var column = table.Columns[c];
            if (column.IsComputed || column.IsHidden) continue;
            var reader = new ValueReader(c, column.Type, isCaseInsensitive: false, plan.Schema.Dialect());
            yield return new RowFeature(table, column, key,
                [.. Enumerable.Range(0, frame.Count).Select(i => Text(reader.Read(frame, i)))], isPresent);
        }
    }

    // What cannot be evaluated is still told from NULL.
    static string? Text(SqlValue value) => value.IsNull ? null : value.IsEvaluable ? value.ToString() : "?";
}
