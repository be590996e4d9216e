using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Parents whose rows triggers of several tables make: subtypes of one base. Only one of them may be what is wanted.</summary>
sealed partial class RehearsalLearner
{
    // Without a word for it, only a clear case counts.
    const int LeastClear = 3;

    // All rows taken have a parent, or a parent's parent, that one source made, and no refused row has.
    bool TakeFromSource(ref PlanOptions options, TableRehearsal table, RowRefusal refusal, List<int> refused)
    {
        var taken = Enumerable.Range(0, table.Causes.Count).Where(r => table.Causes[r] < 0).ToList();
        if (taken.Count < LeastClear || refused.Count < LeastClear) return false;
        var own = plan.Find(table.Table)!;
        var frame = new RowFrame(table.Variant?.Rows ?? rows[table.Table]);
        frame.Reset(frame.Table.FirstNew, table.Rows);
        foreach (var (owner, reference, of) in MadeParents(own, frame))
        {
            var wanted = of[taken[0]];
            if (wanted is null || !taken.TrueForAll(r => of[r] == wanted) || refused.Exists(r => of[r] == wanted)) continue;
            if (KeyTo(reference.Key, wanted, SourceOf(refusal)) is { } key && MayLeadThere(options, owner, key)
                && Add(ref options, owner.Table.Name, new LearnedTable { References = [key] }))
                return true;
        }
        return false;
    }

    /// <summary>References of the table, and of its parents, to rows that triggers make; by row, which source made it.</summary>
    IEnumerable<(TablePlan Owner, ReferencePlan Reference, RowSource?[] Of)> MadeParents(TablePlan own, RowFrame frame)
    {
        foreach (var (reference, parent, of) in Parents(own, frame))
        {
            if (IsMadeBySeveral(parent)) yield return (own, reference, SourcesOf(parent, of));
            if (!parent.Sources.IsEmpty) continue;
            foreach (var (above, principal, rowsAbove) in Parents(parent, of))
                if (IsMadeBySeveral(principal) && principal.Table.Name != own.Table.Name) yield return (parent, above, SourcesOf(principal, rowsAbove));
        }
    }

    IEnumerable<(ReferencePlan Reference, TablePlan Parent, RowFrame Rows)> Parents(TablePlan table, RowFrame frame)
    {
        for (var r = 0; r < table.References.Count; r++)
            if (table.References[r] is { Mechanism: not NoReference } reference && plan.Find(reference.Key.Principal) is { } parent && parent != table)
                yield return (reference, parent, frame.Parent(r));
    }

    static bool IsMadeBySeveral(TablePlan table) => table.Sources.Select(s => s.Table).Distinct().Count() > 1;

    // Rows of a made table follow one another source by source.
    static RowSource?[] SourcesOf(TablePlan made, RowFrame frame)
    {
        var of = new RowSource?[frame.Count];
        for (var i = 0; i < frame.Count; i++)
        {
            if (frame.IsAbsent(i)) continue;
            var row = frame.Rows[i];
            foreach (var source in made.Sources)
            {
                if (row < source.Rows)
                {
                    of[i] = source;
                    break;
                }
                row -= source.Rows;
            }
        }
        return of;
    }

    // As the key leads to what the source's trigger copies, so may it lead to the source.
    ForeignKey? KeyTo(ForeignKey key, RowSource source, string reason)
    {
        var (made, from) = (plan.Find(key.Principal)!.Table, plan.Find(source.Table)!.Table);
        var columns = key.PrincipalColumns.Select(c => source.Values[made.IndexOf(c)].Column).ToList();
        return columns.Exists(c => c < 0) ? null : key with
        {
            Name = $"{reason} on {from.Name.Name}",
            Principal = from.Name,
            PrincipalColumns = [.. columns.Select(c => from.Columns[c].Name)],
        };
    }

    // What wants rows of two sources at once is met by neither.
    bool MayLeadThere(PlanOptions options, TablePlan owner, ForeignKey key) =>
        !plan.Reaches(key.Principal, owner.Table.Name)
            && !(options.Learned.GetValueOrDefault(owner.Table.Name)?.References ?? []).Any(k => k.Columns == key.Columns)
            && !owner.Table.ForeignKeys.Any(k => k.Columns == key.Columns && k.Principal == key.Principal);
}
