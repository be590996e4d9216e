using System.Collections.Immutable;
using System.Numerics;
using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>OR: of cases of one column, of which columns are NULL, of a guard and what follows from it.</summary>
sealed partial class ConditionClassifier
{
    const int MostColumnsOfNullPattern = 8, MostArmsCompared = 200;

    void AddDisjunction(IEnumerable<Expression> operands, List<Conjunct> conjuncts)
    {
        var arms = operands.Where(o => o is not Expression.Constant { Value: { IsFalse: true } or { IsNull: true } }
            || passesNull && o is Expression.Constant { Value.IsNull: true }).ToList();
        if (passesNull && arms.Exists(a => a is Expression.Constant { Value.IsNull: true })) return;
        if (passesNull && arms.Count <= MostArmsCompared) DropPassingNulls(arms);
        if (arms.Count <= 1)
        {
            Add(arms.Count == 1 ? arms[0] : Expression.Constant.False, conjuncts);
            return;
        }
        var whole = Expression.Or(arms);
        if (((Condition?)MergedSet(arms) ?? MergedPattern(arms)) is { } merged)
        {
            conjuncts.Add(new(whole, merged));
            if (!passesNull) AddNotNull(whole, conjuncts);
        }
        else conjuncts.Add(new(whole, NullPattern(arms) ?? (Condition?)Implication(arms) ?? AnyOf(arms)));
    }

    /// <summary>c IS NULL OR p is p, when p lets NULL pass anyway.</summary>
    static void DropPassingNulls(List<Expression> arms)
    {
        for (var i = arms.Count - 1; i >= 0; i--)
        {
            if (arms[i] is not Expression.Is { Test: IsTest.Null, Negated: false, Operand: Expression.Column column }) continue;
            var others = arms.Where((_, at) => at != i);
            if (others.Any(o => Strictness.PassesWhenNull(o, column.Name))) arms.RemoveAt(i);
        }
    }

    /// <summary>x = 1 OR x IN (2, 3) as one set.</summary>
    Condition.InSet? MergedSet(List<Expression> arms)
    {
        var sets = new List<Condition.InSet>();
        foreach (var arm in arms)
        {
            if (arm is Expression.Logical || Classify(arm) is not Condition.InSet { Negated: false } set
                || sets.Count > 0 && sets[0].Column != set.Column)
                return null;
            sets.Add(set);
        }
        return new(sets[0].Column, new([.. sets.SelectMany(s => s.Values).Distinct()]));
    }

    /// <summary>x ~ 'a' OR x ~ 'b' as one expression.</summary>
    Condition.Pattern? MergedPattern(List<Expression> arms)
    {
        var patterns = new List<Condition.Pattern>();
        foreach (var arm in arms)
        {
            if (arm is not Expression.Like || Classify(arm) is not Condition.Pattern { Kind: LikeKind.Regex, Negated: false } pattern
                || patterns.Count > 0 && (patterns[0].Column != pattern.Column || patterns[0].IgnoreCase != pattern.IgnoreCase)
                || pattern.Text.StartsWith("***", StringComparison.Ordinal) || pattern.Text.StartsWith("(?", StringComparison.Ordinal))
                return null;
            patterns.Add(pattern);
        }
        return patterns[0] with { Text = string.Join('|', patterns.Select(p => $"(?:{p.Text})")) };
    }

    /// <summary>All arms say nothing but which columns are NULL: how many may be?</summary>
    static Condition? NullPattern(List<Expression> arms)
    {
        var columns = Expression.Or(arms).ColumnNames();
        if (columns.Count is < 2 or > MostColumnsOfNullPattern) return null;
        var allowed = new bool[1 << columns.Count];
        foreach (var arm in arms)
        {
            var tests = arm is Expression.Logical { IsAnd: true } and ? and.Operands : [arm];
            var (set, clear) = (0, 0);
            foreach (var test in tests)
            {
                if (test is not Expression.Is { Test: IsTest.Null, Operand: Expression.Column column } isNull) return null;
                var bit = 1 << IndexOf(columns, column.Name);
                if (isNull.Negated) set |= bit;
                else clear |= bit;
            }
            for (var mask = 0; mask < allowed.Length; mask++)
                if ((mask & set) == set && (mask & clear) == 0) allowed[mask] = true;
        }
        var counts = Enumerable.Range(0, columns.Count + 1).Where(k => Masks(k).All(m => allowed[m])).ToArray();
        return Enumerable.Range(0, allowed.Length).All(m => !allowed[m] || counts.Contains(BitOperations.PopCount((uint)m)))
            ? FromCounts([.. columns], counts) : null;

        IEnumerable<int> Masks(int bits) => Enumerable.Range(0, allowed.Length).Where(m => BitOperations.PopCount((uint)m) == bits);
    }

    static int IndexOf(IReadOnlyList<string> columns, string name)
    {
        for (var i = 0; i < columns.Count; i++)
            if (columns[i] == name) return i;
        return -1;
    }

    /// <summary>status &lt;&gt; 'x' OR y as "if status = 'x' then y".</summary>
    Condition.Implies? Implication(List<Expression> arms)
    {
        var guards = arms.Where(IsGuard).ToArray();
        if (guards.Length == 0 || guards.Length == arms.Count) return null;
        var rest = Expression.Or(arms.Where(a => !IsGuard(a)));
        return new(Falsehood(Expression.Or(guards)), Conditions(rest));
    }

    /// <summary>It rules out a value, and so reads as the negation of a guard; in a filter, where NULL is no negation, only if it is never
    /// NULL.</summary>
    bool IsGuard(Expression arm) => arm is Expression.Is { Test: IsTest.Null, Negated: false, Operand: Expression.Column }
        || RulesOut(arm) && (passesNull || arm.ColumnNames().All(c => context.Find(c)?.IsNullable == false));

    static bool RulesOut(Expression arm) => arm switch
    {
        Expression.Unary { Operator: "NOT", Operand: Expression.Column } => true,
        Expression.In { Negated: true } => true,
        Expression.Binary { Operator: "<>", Right: Expression.Constant } => true,
        _ => false,
    };

    Condition.AnyOf AnyOf(List<Expression> arms) => new(new([.. arms.Select(Conditions)]));
}
