using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Tries the first rows of a table of which a check or a reference may not hold by its construction.</summary>
static class RowTrial
{
    const int Rows = 256;

    // Where no draw holds, each row is drawn a thousand times; so a few rows tell that first.
    const int FewRows = 8;

    /// <summary>A row breaks something.</summary>
    /// <exception cref="BrokenRowsException">Rows that it reads do, of a table that stops there.</exception>
    public static bool IsBroken(SeedPlan plan, TablePlan table, TableGenerator generator)
    {
        if (!table.Sources.IsEmpty || (generator.FirstNew == 0 && !MayBreak(plan, table))) return false;
        try
        {
            var frame = new RowFrame(generator);
            frame.Reset(generator.FirstNew, (int)Math.Min(FewRows, table.Rows));
            if (Refuses(plan, table, frame, CheckTreatment.Redrawn)) return true;
            frame.Reset(generator.FirstNew, (int)Math.Min(Rows, table.Rows));
            // First, since it looks at few rows: what was drawn in vain here is drawn in vain elsewhere.
            if (Refuses(plan, table, frame, CheckTreatment.ByConstruction, CheckTreatment.Redrawn)) return true;
            generator.Substitutes = RowScreening.Find(plan, table, generator);
            if (generator.Substitutes is not null) frame.Reset(generator.FirstNew, frame.Count);
            return Breaks(plan, table, frame);
        }
        catch (PlanException)
        {
            return true;
        }
    }

    static bool MayBreak(SeedPlan plan, TablePlan table) =>
        table.Checks.Any(c => c.Treatment is CheckTreatment.Watched or CheckTreatment.Redrawn)
        || table.References.Any(r => r.Mechanism is GroupedReference or ImpliedReference || r.Key.Principal == table.Table.Name
        || TakesNulls(plan, table, r) || ChoosesAmongStanding(plan, r));

    // How many of the parents that stood in the database meet a condition was not known to the planner.
    static bool ChoosesAmongStanding(SeedPlan plan, ReferencePlan reference) =>
        !reference.Conditions.IsEmpty && plan.Find(reference.Key.Principal) is { ExistingRows: > 0 };

    // The parent's column may be null where the row's may not.
    static bool TakesNulls(SeedPlan plan, TablePlan table, ReferencePlan reference) => plan.Find(reference.Key.Principal) is { } parent
        && reference.Key.Columns.Zip(reference.Key.PrincipalColumns).Any(c => !table.Table[c.First].IsNullable && parent.Table[c.Second].IsNullable);

    static bool Breaks(SeedPlan plan, TablePlan table, RowFrame frame) =>
        Refuses(plan, table, frame, CheckTreatment.ByConstruction, CheckTreatment.Redrawn, CheckTreatment.Watched)
        || Enumerable.Range(0, table.Columns.Count).Any(c => IsMissing(table.Columns[c], frame, c))
        || Enumerable.Range(0, table.References.Count).Any(r => LeadsNowhere(plan, table, frame, r));

    static bool Refuses(SeedPlan plan, TablePlan table, RowFrame frame, params CheckTreatment[] treatments)
    {
        foreach (var check in GroupCompiler.Evaluable(plan, table, frame.Table, treatments))
            for (var row = 0; row < frame.Count; row++)
                if (check.Refuses(frame, row)) return true;
        return false;
    }

    static bool IsMissing(ColumnPlan column, RowFrame frame, int index) =>
        !column.Column.IsNullable && column.Generator is ReferenceColumnSpec && Enumerable.Range(0, frame.Count).Any(frame.Column(index).IsNull);

    // A row whose columns all have values, but no parent, or one with others.
    static bool LeadsNowhere(SeedPlan plan, TablePlan table, RowFrame frame, int reference)
    {
        var key = table.References[reference].Key;
        if (plan.Find(key.Principal) is not { } principal
            || table.References[reference].Mechanism is NoReference or TriggeringRowReference or ThroughTriggerReference)
            return false;
        var columns = key.Columns.Select(c => frame.Column(table.Table.IndexOf(c))).ToArray();
        var parents = frame.ParentRows(reference);
        var others = key.PrincipalColumns.Select(c => frame.Parent(reference).Column(principal.Table.IndexOf(c))).ToArray();
        for (var row = 0; row < frame.Count; row++)
        {
            if (Array.Exists(columns, c => c.IsNull(row))) continue;
            // A row that stands in for another may lead beyond the last.
            if (parents[row] < 0 || parents[row] >= frame.Table.References[reference].Parent.RowCount) return true;
            for (var c = 0; c < columns.Length; c++)
                if (others[c].IsNull(row) || RowDigest.HashValue(columns[c], row) != RowDigest.HashValue(others[c], row)) return true;
        }
        return false;
    }
}
