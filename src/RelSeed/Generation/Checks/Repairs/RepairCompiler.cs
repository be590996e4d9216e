using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Turns what a check asks of a row into repairs.</summary>
/// <param name="find">A column's position by its name in the check, or -1.</param>
/// <param name="read">The reader of a column.</param>
sealed class RepairCompiler(EvaluationContext context, Func<string, int> find, Func<int, ValueReader> read)
{
    const int LongestPattern = 200;

    /// <summary>Hardly any draw meets the check by chance, so that repairs begin at once.</summary>
    public bool IsRare { get; private set; }

    /// <summary>It orders texts, which collations do each in its own way: rows of which the evaluator cannot tell are no good.</summary>
    public bool OrdersTexts { get; private set; }

    /// <returns>Null when nothing is known to help.</returns>
    public Repair? Compile(Expression check) => All([.. Conjuncts.OfCheck(check, context).Select(c => c.Condition)]);

    Repair? All(IReadOnlyCollection<Condition> conditions)
    {
        var parts = conditions.Where(c => c is not Condition.Pattern).Select(Of).Concat(Patterns(conditions)).OfType<Repair>().ToArray();
        return parts.Length switch { 0 => null, 1 => parts[0], _ => new AllRepair(parts) };
    }

    Repair? Of(Condition condition) => condition switch
    {
        Condition.NotNull c => Single(c.Column, column => new NotNullRepair(column)),
        Condition.IsNull c => Single(c.Column, column => new NullRepair(column)),
        Condition.InSet { Negated: false } c => Single(c.Column, column => new ChooseRepair(column, [.. c.Values])),
        Condition.Range c => Single(c.Column, column => new BoundRepair(column, c.Minimum, c.Maximum, c.MinimumInclusive, c.MaximumInclusive)),
        Condition.Length c => Single(c.Column, column => new LengthRepair(column, c.Minimum, c.Maximum, c.Unit)),
        Condition.Compare c => Order(c),
        Condition.Equation c => Rare((Repair?)RangeBound(c) ?? Assign(c.Column, c.Value)),
        Condition.Normalised c => Assign(c.Column, c.Form),
        Condition.Implies c => All(c.Consequence),
        Condition.Iff c => Arms([c.Left.Concat(c.Right), c.NotLeft.Concat(c.NotRight)]),
        Condition.AnyOf c => Arms(c.Arms.Select(a => a.AsEnumerable())),
        Condition.NonNullCount c => Count(c),
        Condition.AllOrNoneNull c => new EitherRepair([
            new AllRepair([.. c.Columns.Select(find).Select(i => new NullRepair(i))]),
                new AllRepair([.. c.Columns.Select(find).Select(i => new NotNullRepair(i))])]),
        Condition.Opaque c => Opaque(c.Expression),
        _ => null,
    };

    Repair? Single(string column, Func<int, Repair> make) => find(column) is var index and >= 0 ? make(index) : null;

    Repair? Arms(IEnumerable<IEnumerable<Condition>> arms)
    {
        var ways = arms.Select(a => All([.. a])).OfType<Repair>().ToArray();
        return ways.Length switch { 0 => null, 1 => ways[0], _ => new EitherRepair(ways) };
    }

    CountRepair Count(Condition.NonNullCount count)
    {
        if (count.Columns.Count > 3) IsRare = true;
        return new CountRepair([.. count.Columns.Select(find).Where(c => c >= 0)], count.Minimum, Math.Min(count.Maximum, count.Columns.Count));
    }

    OrderRepair? Order(Condition.Compare compare)
    {
        var (left, right) = (find(compare.Left), find(compare.Right));
        if (left < 0 || right < 0) return null;
        if (compare.Operator == Comparison.Equal) IsRare = true;
        if (compare.Operator is not (Comparison.Equal or Comparison.NotEqual)
            && context.Find(compare.Left)?.Type.Kind is TypeKind.Text or TypeKind.FixedText && !context.IsSqlite)
            IsRare = OrdersTexts = true;
        if (compare.Offset.IsNull) return new OrderRepair(left, compare.Operator, right, null, []);
        var (shifted, readers) = Ready(new Expression.Binary("+", new Expression.Column(compare.Right), new Expression.Constant(compare.Offset)));
        return new OrderRepair(left, compare.Operator, right, shifted, readers);
    }

    AssignRepair? Assign(string column, Expression value)
    {
        if (find(column) is not (var index and >= 0)) return null;
        var (compiled, readers) = Ready(value);
        return new AssignRepair(index, compiled, readers);
    }

    // lower(range) = column: rather the range follows than the column, which other ranges may begin with too.
    RangeRepair? RangeBound(Condition.Equation equation) =>
        equation.Value is Expression.Call { Name: "lower" or "upper", Arguments: [Expression.Column of] } call
            && context.Find(of.Name)?.Type.Kind == TypeKind.Range
        && find(of.Name) is var range and >= 0 && find(equation.Column) is var column and >= 0
        ? new RangeRepair(range, call.Name == "lower", column) : null;

    Repair? Rare(Repair? repair)
    {
        IsRare |= repair is not null;
        return repair;
    }

    Repair? Opaque(Expression expression) => expression switch
    {
        Expression.Like { Negated: false, Kind: LikeKind.Like, Operand: Expression.Column text, Escape: null } like =>
            Rare(Single(text.Name, column =>
        {
            var (pattern, readers) = Ready(like.Pattern);
            return new LikeRepair(column, pattern, readers);
        })),
        Expression.Binary { Operator: "=" } equal => Rare(Either(Side(equal.Left, equal.Right), Side(equal.Right, equal.Left))),
        Expression.Binary { Operator: "<" or "<=" or ">" or ">=" } order => Either(Side(order.Left, order.Right), Side(order.Right, order.Left)),
        Expression.IsDistinct { Negated: true } same => Rare(Either(Side(same.Left, same.Right), Side(same.Right, same.Left))),
        Expression.Binary { Operator: "<@", Left: Expression.Column array } within => Subset(array.Name, within.Right),
        Expression.Binary { Operator: "@>", Left: Expression.Column array } holds => Rare(Assign(array.Name, holds.Right)),
        _ => null,
    };

    AssignRepair? Side(Expression target, Expression value) => target is Expression.Column column ? Assign(column.Name, value) : null;

    static Repair? Either(Repair? first, Repair? second) => (first, second) switch
    {
        (not null, not null) => new EitherRepair([first, second]),
        _ => first ?? second,
    };

    Repair? Subset(string column, Expression items)
    {
        var (compiled, _) = Ready(items);
        if (items.ColumnNames().Any() || compiled.Evaluate(new DraftRow()) is not { Kind: SqlKind.Array, Items.Count: > 0 } array) return null;
        return Rare(Single(column, index => new SubsetRepair(index, [.. array.Items])));
    }

    IEnumerable<Repair?> Patterns(IReadOnlyCollection<Condition> conditions)
    {
        foreach (var patterns in conditions.OfType<Condition.Pattern>().GroupBy(p => p.Column))
        {
            var length = conditions.OfType<Condition.Length>().FirstOrDefault(l => l.Column == patterns.Key && l.Unit == LengthUnit.Characters);
            var most = Math.Min(length?.Maximum ?? LongestPattern, context.Find(patterns.Key)?.Type.Length ?? LongestPattern);
            if (PatternSampler.TryCreate([.. patterns], length?.Minimum ?? 0, most, out _) is { } sampler)
                yield return Rare(Single(patterns.Key, column => new PatternRepair(column, sampler)));
        }
    }

    (CompiledExpression Compiled, IReadOnlyList<ValueReader> Readers) Ready(Expression expression)
    {
        var (names, readers) = (new List<string>(), new List<ValueReader>());
        var compiled = CompiledExpression.Compile(expression, context, name =>
        {
            if (names.IndexOf(name) is var known and >= 0) return known;
            if (find(name) is not (var column and >= 0)) return -1;
            names.Add(name);
            readers.Add(read(column));
            return names.Count - 1;
        });
        return (compiled, readers);
    }
}
