using RelSeed.Expressions;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Turns the keys and checks of an arrangement into rules.</summary>
sealed class RuleCompiler(SeedPlan plan, TablePlan table, TableGenerator generator)
{
    readonly Dialect _dialect = plan.Schema.Dialect();

    /// <param name="isChosen">Whether the arrangement decides a column.</param>
    public IEnumerable<ArrangementRule> Make(Func<int, bool> isChosen)
    {
        foreach (var check in table.Checks.Where(c => c.Expression is not null && c.FirstOf is null).Select(c => Known(c, isChosen)).OfType<CheckPlan>())
        {
            var made = GroupCompiler.Repairable(plan, table, check, generator);
            var columns = made.Readers.Select(r => r.Column).Distinct().ToArray();
            if (columns.Length > 0 && columns.All(isChosen)) yield return new CheckRule(columns, made);
        }
        foreach (var key in table.Arrangement!.Keys)
            if (Key(key, isChosen) is { } rule) yield return rule;
    }

    // What a check asks of the chosen columns alone: values of the others are made to fit.
    CheckPlan? Known(CheckPlan check, Func<int, bool> isChosen)
    {
        if (check.ValueColumn >= 0 || check.Expression!.ColumnNames().All(IsKnown)) return check;
        return Relaxation.Of(Conjuncts.Normalise(check.Expression!, Context()), IsKnown) is { } asked ? check with { Expression = asked } : null;
        bool IsKnown(string name) => table.Table.IndexOf(name) is var column and >= 0 && isChosen(column);
    }

    /// <summary>Columns of which checks want only some to have a value, and how many.</summary>
    public IEnumerable<(int[] Columns, int Least, int Most)> Counts(Func<int, bool> isChosen) =>
        from check in table.Checks
        where check.Expression is not null && check.FirstOf is null && check.ValueColumn < 0
        from count in Conjuncts.OfCheck(check.Expression!, Context()).Select(c => c.Condition).OfType<Condition.NonNullCount>()
            .Concat(Relaxation.Counts(Conjuncts.Normalise(check.Expression!, Context())))
        where count.Maximum < count.Columns.Count
        let columns = count.Columns.Select(table.Table.IndexOf).ToArray()
        where columns.All(c => c >= 0 && isChosen(c))
        select (columns, count.Minimum, count.Maximum);

    // Parts that are not chosen only tell more rows apart.
    KeyRule? Key(UniqueKey key, Func<int, bool> isChosen)
    {
        var parts = key.Parts.Select(Part).Where(p => p.Readers.Count > 0 && p.Readers.All(r => isChosen(r.Column))).ToArray();
        if (parts.Length == 0) return null;
        var predicate = key.Predicate is null ? null : Predicate(key, isChosen);
        var columns = parts.SelectMany(p => p.Readers).Concat(predicate?.Readers ?? []).Select(r => r.Column).Distinct().ToArray();
        return new KeyRule(columns, parts, key.NullsNotDistinct, predicate);
    }

    // A predicate over other columns is taken to be true, which only makes the key stricter.
    GroupCheck? Predicate(UniqueKey key, Func<int, bool> isChosen)
    {
        if (!ExpressionParser.TryParse($"({key.Predicate}) IS TRUE", _dialect, out var expression, out _, Names())) return null;
        var readers = new List<ValueReader>();
        var predicate = CompiledPredicate.Filter(expression, Context(), name => Read(name, readers));
        return readers.TrueForAll(r => isChosen(r.Column)) ? new GroupCheck(key.Name, predicate, readers) : null;
    }

    KeyRulePart Part(KeyPart part)
    {
        var readers = new List<ValueReader>();
        var target = part.Column is { } name ? table.Table[name] : null;
        if (target is not null && !target.IsComputed)
        {
            Read(part.Column!, readers);
            return new KeyRulePart(readers[0].Column, (part.IsCaseInsensitive || target.IsCaseInsensitive) && target.Type.Lane == Lane.Bytes,
                null, readers);
        }
        if (!ExpressionParser.TryParse(part.Expression ?? target!.GeneratedExpression!, _dialect, out var expression, out _, Names()))
            return new KeyRulePart(-1, false, null, []);
        return new KeyRulePart(-1, part.IsCaseInsensitive, CompiledExpression.Compile(expression, Context(), n => Read(n, readers)), readers);
    }

    string[] Names() => [.. table.Columns.Select(c => c.Column.Name)];

    EvaluationContext Context() => new(_dialect, plan.AsOf, name => table.Table.IndexOf(name) is var c and >= 0 ? table.Columns[c].Column : null);

    int Read(string name, List<ValueReader> readers)
    {
        if (table.Table.IndexOf(name) is not (var column and >= 0)) return -1;
        if (readers.FindIndex(r => r.Column == column) is var known and >= 0) return known;
        var target = table.Columns[column].Column;
        readers.Add(new ValueReader(column, target.Type, target.IsCaseInsensitive, _dialect));
        return readers.Count - 1;
    }
}
