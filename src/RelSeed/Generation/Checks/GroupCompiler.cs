using RelSeed.Expressions;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Joins the checks of a table that share columns into groups and makes their predicates ready.</summary>
static class GroupCompiler
{
    public static IReadOnlyList<CheckGroup> Compile(SeedPlan plan, TablePlan table, TableGenerator generator)
    {
        var open = table.Checks.Where(c => c.Treatment == CheckTreatment.Redrawn).ToList();
        var groups = new List<CheckGroup>();
        while (open.Count > 0)
        {
            var members = new List<CheckPlan> { open[0] };
            open.RemoveAt(0);
            for (var found = true; found;)
            {
                var more = open.Where(c => members.Any(m => Overlap(m, c))).ToList();
                found = more.Count > 0;
                members.AddRange(more);
                open.RemoveAll(more.Contains);
            }
            groups.Add(Group(plan, table, members, generator));
        }
        return groups;
    }

    /// <summary>Checks of a table that rows can be tried against.</summary>
    public static IEnumerable<GroupCheck> Evaluable(SeedPlan plan, TablePlan table, TableGenerator generator, params CheckTreatment[] treatments) =>
        table.Checks.Where(c => c.Expression is not null && treatments.Contains(c.Treatment)).Select(c => Check(plan, table, c, generator));

    static bool Overlap(CheckPlan left, CheckPlan right) =>
        left.Columns.Any(c => right.Columns.Contains(c)) || left.References.Any(r => right.References.Contains(r));

    static CheckGroup Group(SeedPlan plan, TablePlan table, List<CheckPlan> checks, TableGenerator generator)
    {
        var references = checks.SelectMany(c => c.References).Distinct().Order().ToArray();
        var columns = checks.SelectMany(c => c.Columns)
            .Concat(Enumerable.Range(0, table.Columns.Count).Where(c => table.Columns[c].Generator is ReferenceColumnSpec s && references.Contains(s.Reference)))
            .Distinct().Order().ToArray();
        var nullable = columns.Where(c => table.Columns[c].Column.IsNullable && table.Columns[c].Generator is not ReferenceColumnSpec and not AllNullSpec).ToArray();
        var optional = references.Where(r => table.References[r].Key.Columns.All(c => table.Table[c].IsNullable)).ToArray();
        return new CheckGroup(columns, references, nullable, optional, [.. checks.Select(c => Check(plan, table, c, generator))], [.. checks.SelectMany(c => c.Orders)]);
    }

    public static GroupCheck Check(SeedPlan plan, TablePlan table, CheckPlan check, TableGenerator generator)
    {
        var dialect = plan.Schema.Dialect();
        var readers = new List<ValueReader>();
        var names = new List<string>();
        var context = new EvaluationContext(dialect, plan.AsOf, name => Find(table, check, name) is var c and >= 0 ? table.Columns[c].Column : null);
        var predicate = CompiledPredicate.Check(check.Expression!, context, name =>
        {
            if (names.IndexOf(name) is var known and >= 0) return known;
            if (Find(table, check, name) is not (var column and >= 0)) return -1;
            var target = table.Columns[column].Column;
            names.Add(name);
            readers.Add(new ValueReader(column, target.Type, target.IsCaseInsensitive, dialect));
            return names.Count - 1;
        });
        var key = check.FirstOf is null ? null : table.Table.AllKeys.FirstOrDefault(k => k.Name == check.Name);
        return new GroupCheck(check.Name, predicate, readers, check.FirstOf is { } first ? new FirstRows(generator, [.. first], key?.NullsNotDistinct ?? false) : null);
    }

    static int Find(TablePlan table, CheckPlan check, string name) =>
        check.ValueColumn >= 0 && name.Equals("VALUE", StringComparison.OrdinalIgnoreCase) ? check.ValueColumn : table.Table.IndexOf(name);
}
