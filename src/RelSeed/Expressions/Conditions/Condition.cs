using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>What a conjunct asks of a row, in a form that values can be made from. A closed set of cases.</summary>
/// <remarks>
/// In a CHECK every case but <see cref="NotNull"/>, <see cref="IsNull"/> and those made of them also holds where a column it names is NULL;
/// <c>x IS NULL OR …</c> is therefore told as the condition alone. In a filter such columns get a <see cref="NotNull"/> beside it.
/// A condition tells what to aim at, and may be narrower than the conjunct (<c>upper(x) IN ('A')</c> as x in {A}); whether a row holds is for
/// <see cref="CompiledPredicate"/> to say.
/// </remarks>
public abstract record Condition
{
    private protected Condition()
    {
    }

    /// <summary>The column is one of the values, or none of them. Values are distinct, never NULL; an enum's label is a text.</summary>
    public sealed record InSet(string Column, EquatableArray<SqlValue> Values, bool Negated = false) : Condition
    {
        public override string ToString() => $"{Column} {(Negated ? "not in" : "in")} {{{string.Join(", ", Values)}}}";
    }

    /// <param name="Minimum">NULL for no bound, as in <paramref name="Maximum"/>.</param>
    public sealed record Range(string Column, SqlValue Minimum, SqlValue Maximum, bool MinimumInclusive, bool MaximumInclusive) : Condition
    {
        public override string ToString() =>
            $"{Column} in {(MinimumInclusive ? '[' : '(')}{(Minimum.IsNull ? "" : Minimum)}, {(Maximum.IsNull ? "" : Maximum)}{(MaximumInclusive ? ']' : ')')}";
    }

    /// <param name="Maximum">Null for no bound.</param>
    /// <param name="IsTrimmed">Blanks at the ends do not count.</param>
    public sealed record Length(string Column, int Minimum, int? Maximum, LengthUnit Unit, bool IsTrimmed = false) : Condition
    {
        public override string ToString() =>
            $"length of {Column} in [{Minimum}, {Maximum}] {Unit.ToString().ToLowerInvariant()}{(IsTrimmed ? ", trimmed" : "")}";
    }

    /// <param name="Kind">Like, Similar, Glob or Regex; case is told by <paramref name="IgnoreCase"/>.</param>
    /// <param name="Escape">LIKE's escape; '\0' for none.</param>
    public sealed record Pattern(string Column, LikeKind Kind, string Text, char Escape, bool Negated = false, bool IgnoreCase = false) : Condition
    {
        public override string ToString() =>
            $"{Column} {(Negated ? "not " : "")}{Kind.ToString().ToLowerInvariant()}{(IgnoreCase ? " ignoring case" : "")} {Text}";
    }

    /// <summary><c>left operator right + offset</c>.</summary>
    /// <param name="Offset">NULL for none; a number, or an interval between times.</param>
    public sealed record Compare(string Left, Comparison Operator, string Right, SqlValue Offset = default) : Condition
    {
        public override string ToString() => $"{Left} {Operator.ToSymbol()} {Right}{(Offset.IsNull ? "" : $" + {Offset}")}";
    }

    public sealed record NotNull(string Column) : Condition
    {
        public override string ToString() => $"{Column} not null";
    }

    public sealed record IsNull(string Column) : Condition
    {
        public override string ToString() => $"{Column} null";
    }

    /// <summary>Where all of the guard is true, all of the consequence holds.</summary>
    public sealed record Implies(EquatableArray<Condition> Guard, EquatableArray<Condition> Consequence) : Condition
    {
        public override string ToString() => $"if {All(Guard)} then {All(Consequence)}";
    }

    /// <summary>Left and right are true together, or neither is.</summary>
    /// <param name="NotLeft">What makes the left false; <paramref name="NotRight"/> likewise.</param>
    public sealed record Iff(
        EquatableArray<Condition> Left, EquatableArray<Condition> Right, EquatableArray<Condition> NotLeft, EquatableArray<Condition> NotRight)
            : Condition
    {
        public override string ToString() => $"{All(Left)} exactly if {All(Right)}";
    }

    public sealed record AllOrNoneNull(EquatableArray<string> Columns) : Condition
    {
        public override string ToString() => $"all or none of {string.Join(", ", Columns)} null";
    }

    /// <summary>From minimum to maximum of the columns are not NULL.</summary>
    public sealed record NonNullCount(EquatableArray<string> Columns, int Minimum, int Maximum) : Condition
    {
        public override string ToString() => $"{Minimum} to {Maximum} of {string.Join(", ", Columns)} not null";
    }

    /// <summary>At least one arm holds, all of its conditions together. An arm may hold further disjunctions.</summary>
    public sealed record AnyOf(EquatableArray<EquatableArray<Condition>> Arms) : Condition
    {
        public override string ToString() => $"any of {string.Join(" | ", Arms.Select(All))}";
    }

    /// <summary>The column is what the expression computes of other columns.</summary>
    public sealed record Equation(string Column, Expression Value) : Condition
    {
        public override string ToString() => $"{Column} = {Value}";
    }

    /// <summary>The expression, of this column alone, leaves the value as it is; applying it once makes any value hold: lower, trim.</summary>
    public sealed record Normalised(string Column, Expression Form) : Condition
    {
        public override string ToString() => $"{Column} unchanged by {Form}";
    }

    /// <param name="Types">As jsonb_typeof names them: object, array, string, number, boolean, null; any JSON when there is none.</param>
    public sealed record JsonShape(string Column, EquatableArray<string> Types) : Condition
    {
        public override string ToString() => $"{Column} is JSON {string.Join(" or ", Types)}".TrimEnd();
    }

    /// <summary>No row satisfies it.</summary>
    public sealed record Never : Condition
    {
        public override string ToString() => "never";
    }

    /// <summary>Anything else: try candidate rows, or ask the database.</summary>
    public sealed record Opaque(Expression Expression, EquatableArray<string> Columns) : Condition
    {
        public override string ToString() => $"opaque {Expression}";
    }

    static string All(EquatableArray<Condition> conditions) => $"({string.Join(" and ", conditions)})";
}

/// <summary>Characters (code points), bytes, bits, or items of an array.</summary>
public enum LengthUnit { Characters, Bytes, Bits, Items }

public enum Comparison { Less, LessOrEqual, Equal, NotEqual, GreaterOrEqual, Greater }

public static class Comparisons
{
    public static string ToSymbol(this Comparison comparison) => comparison switch
    {
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Equal => "=",
        Comparison.NotEqual => "<>",
        Comparison.GreaterOrEqual => ">=",
        _ => ">",
    };

    /// <summary>The same with its sides exchanged.</summary>
    public static Comparison Flip(this Comparison comparison) => comparison switch
    {
        Comparison.Less => Comparison.Greater,
        Comparison.LessOrEqual => Comparison.GreaterOrEqual,
        Comparison.GreaterOrEqual => Comparison.LessOrEqual,
        Comparison.Greater => Comparison.Less,
        _ => comparison,
    };

    /// <summary>What is true where it is false.</summary>
    public static Comparison Negate(this Comparison comparison) => comparison switch
    {
        Comparison.Less => Comparison.GreaterOrEqual,
        Comparison.LessOrEqual => Comparison.Greater,
        Comparison.Equal => Comparison.NotEqual,
        Comparison.NotEqual => Comparison.Equal,
        Comparison.GreaterOrEqual => Comparison.Less,
        _ => Comparison.LessOrEqual,
    };

    /// <summary>Null for an operator that compares nothing.</summary>
    internal static Comparison? Parse(string symbol) => symbol switch
    {
        "<" => Comparison.Less,
        "<=" => Comparison.LessOrEqual,
        "=" => Comparison.Equal,
        "<>" => Comparison.NotEqual,
        ">=" => Comparison.GreaterOrEqual,
        ">" => Comparison.Greater,
        _ => null,
    };
}
