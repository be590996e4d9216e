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
        table.Checks.Where(c => c.Expression is not null && treatments.Contains(c.Treatment)).Select(c => Repairable(plan, table, c, generator));

    /// <summary>A reference's conditions on its parent.</summary>
    public static GroupCheck[] OfParent(SeedPlan plan, ReferencePlan reference) =>
        reference.Conditions.IsEmpty || plan.Find(reference.Key.Principal) is not { } parent
        ? [] : [.. reference.Conditions.Select(c => OfCondition(plan, parent, c.Reason, c.Expression))];

    /// <summary>A condition on a table's rows.</summary>
    public static GroupCheck OfCondition(SeedPlan plan, TablePlan table, string name, string text) => Check(plan, table, new CheckPlan
    {
        Name = name,
        Text = text,
        Expression =
            ExpressionParser.TryParse(text, plan.Schema.Dialect(), out var expression, out var reason, [.. table.Table.Columns.Select(c => c.Name)])
            ? expression : throw new ArgumentException(reason, nameof(text)),
        Treatment = CheckTreatment.Watched,
        Reason = "",
    }, generator: null);

    static IEnumerable<int> Reads(TablePlan table, CheckPlan check) => check.Expression!.ColumnNames().Select(n => Find(table, check, n));

    static bool Overlap(CheckPlan left, CheckPlan right) =>
        left.Columns.Any(c => right.Columns.Contains(c)) || left.References.Any(r => right.References.Contains(r));

    static CheckGroup Group(SeedPlan plan, TablePlan table, List<CheckPlan> checks, TableGenerator generator)
    {
        var references = checks.SelectMany(c => c.References).Distinct().Order().ToArray();
        var columns = checks.SelectMany(c => c.Columns)
            .Concat(Enumerable.Range(0, table.Columns.Count)
            .Where(c => table.Columns[c].Generator is ReferenceColumnSpec s && references.Contains(s.Reference)))
            .Distinct().Order().ToArray();
        var nullable = columns.Where(c => table.Columns[c] is { Column.IsNullable: true, IsRuled: false }
            && table.Columns[c].Generator is not ReferenceColumnSpec and not AllNullSpec).ToArray();
        var optional = references.Where(r => table.References[r].Key.Columns.All(c => table.Table[c].IsNullable)).ToArray();
        var owners = table.Columns.Select(c => c.Generator is ReferenceColumnSpec of ? of.Reference : -1).ToArray();
        return new CheckGroup(columns, references, nullable, optional, [.. checks.Select(c => Repairable(plan, table, c, generator))],
            [.. checks.SelectMany(c => c.Orders)],
            owners, [.. Enumerable.Range(0, table.Columns.Count).Select(c => Reader(plan, table, c))])
        {
            Narrowing = [.. table.Checks
                .Where(c => c is { Expression: not null, Treatment: CheckTreatment.ByConstruction } && Reads(table, c).Any(columns.Contains))
                .Select(c => Repairable(plan, table, c, generator))],
            Ruled = Enumerable.Range(0, table.Columns.Count).Where(c => table.Columns[c].IsRuled).ToHashSet(),
        };
    }

    /// <summary>A check with what moves rows towards it, and whether rows of which it cannot tell are refused.</summary>
    public static GroupCheck Repairable(SeedPlan plan, TablePlan table, CheckPlan check, TableGenerator generator)
    {
        var compiler = new RepairCompiler(Context(plan, table, check), name => Find(table, check, name), column => Reader(plan, table, column));
        return Check(plan, table, check, generator) with
        {
            Repair = compiler.Compile(check.Expression!),
            IsRare = compiler.IsRare,
            MustBeKnown = compiler.OrdersTexts
        };
    }

    static ValueReader Reader(SeedPlan plan, TablePlan table, int column)
    {
        var target = table.Columns[column].Column;
        return new ValueReader(column, target.Type, target.IsCaseInsensitive, plan.Schema.Dialect());
    }

    static EvaluationContext Context(SeedPlan plan, TablePlan table, CheckPlan check) =>
        new(plan.Schema.Dialect(), plan.AsOf, name => Find(table, check, name) is var c and >= 0 ? table.Columns[c].Column : null);

    /// <param name="generator">Needed for a check that keeps rows outside a partial key.</param>
    public static GroupCheck Check(SeedPlan plan, TablePlan table, CheckPlan check, TableGenerator? generator)
    {
        var readers = new List<ValueReader>();
        var names = new List<string>();
        var predicate = CompiledPredicate.Check(check.Expression!, Context(plan, table, check), name =>
        {
            if (names.IndexOf(name) is var known and >= 0) return known;
            if (Find(table, check, name) is not (var column and >= 0)) return -1;
            names.Add(name);
            readers.Add(Reader(plan, table, column));
            return names.Count - 1;
        });
        var key = check.FirstOf is null ? null : table.Table.AllKeys.FirstOrDefault(k => k.Name == check.Name);
        return new GroupCheck(check.Name, predicate, readers,
            check.FirstOf is { } first ? new FirstRows(generator!, [.. first], key?.NullsNotDistinct ?? false) : null)
        {
            // A key of the rows without a parent is no reason to have none.
            IsWish = names.TrueForAll(n => table.Columns[Find(table, check, n)].Generator is not ReferenceColumnSpec),
        };
    }

    static int Find(TablePlan table, CheckPlan check, string name) =>
        check.ValueColumn >= 0 && name.Equals("VALUE", StringComparison.OrdinalIgnoreCase) ? check.ValueColumn : table.Table.IndexOf(name);
}
