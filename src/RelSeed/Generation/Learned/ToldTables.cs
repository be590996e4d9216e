using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Generation.Learned;

/// <summary>Which of a plan's tables are made of the rows that a profile tells one by one: those of as many rows, whose parents are told too, where the
/// target takes every value. Others are drawn.</summary>
sealed class ToldTables(SeedPlan plan, Dictionary<TableName, TableGenerator> tables)
{
    readonly Dictionary<TableName, bool> _known = [];

    public bool Are(TableName name)
    {
        if (_known.TryGetValue(name, out var known)) return known;
        // A circle of parents has none that is told.
        _known[name] = false;
        return _known[name] = plan.Find(name) is { Profiled: { Profile.IsToldByRow: true } profiled } table && tables[name] is { FirstNew: 0 } generator
            && generator.RowCount == profiled.Profile.Rows && profiled.Reweighted.IsEmpty && HasParents(table, profiled) && TakesAll(profiled);
    }

    /// <summary>Children of each parent by the driving reference; null where they are drawn.</summary>
    public int[]? CountsOf(TablePlan table, int reference)
    {
        var profile = table.Profiled!.Profile;
        if (reference != profile.Driving || !Are(table.Table.Name)) return null;
        var counts = new int[tables[profile.References[reference].Principal].RowCount];
        foreach (var parent in profile.References[reference].Parents)
            if (parent >= 0) counts[parent]++;
        return counts;
    }

    bool HasParents(TablePlan table, ProfiledTable profiled)
    {
        if (profiled.Profile.Driving < 0) return true;
        var driving = profiled.Profile.References[profiled.Profile.Driving];
        return profiled.Driving >= 0 && table.References[profiled.Driving].Mechanism is LearnedFanOutReference && !driving.Parents.IsEmpty && Are(driving.Principal);
    }

    static bool TakesAll(ProfiledTable profiled)
    {
        for (var s = 0; s < profiled.Steps.Count; s++)
        {
            var (step, planned) = (profiled.Profile.Steps[s], profiled.Steps[s]);
            // A reference that some rows lack may be required here.
            if (step.Kind == StepKind.Presence && !planned.MayBeNull && step.Told.Any(double.IsNaN)) return false;
            if (step.Told.IsEmpty || planned.Column < 0) continue;
            var table = new CodeTable(profiled.Profile.Columns[step.Target].Codes);
            foreach (var value in step.Told)
                if (!Takes(planned, table, value)) return false;
        }
        return true;
    }

    static bool Takes(ProfiledStep planned, CodeTable table, double value) => double.IsNaN(value) ? planned.MayBeNull
        : (planned.Allowed.IsEmpty || planned.Allowed[table.CodeOf(value)]) && (!table.IsOrdinal || value >= planned.Least && value <= planned.Most);
}
