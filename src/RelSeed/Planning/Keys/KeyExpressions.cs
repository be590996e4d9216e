using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>What a part of a key says of the table's columns.</summary>
/// <param name="Columns">Positions of the columns it reads.</param>
/// <param name="Telling">The column of which values that differ (in more than case) make the part differ; -1 for none.</param>
/// <param name="NullCounts">A null of that column is a value of the part.</param>
sealed record KeyPartFacts(int[] Columns, int Telling, bool NullCounts)
{
    /// <summary>It has this value in every row: <c>x IS NOT NULL</c> of a column that never is.</summary>
    public bool IsConstant { get; init; }
}

/// <summary>Reads the expressions of keys.</summary>
static class KeyExpressions
{
    // Each gives different results for arguments that differ in more than case and blanks at the ends.
    static readonly HashSet<string> Injective = new(StringComparer.OrdinalIgnoreCase)
    {
        "lower", "upper", "trim", "btrim", "ltrim", "rtrim", "md5", "sha256", "sha384", "sha512", "digest", "encode", "hex", "reverse",
            "quote_literal", "to_jsonb", "convert_to",
    };

    static readonly HashSet<string> TextTypes =
        new(StringComparer.OrdinalIgnoreCase) { "text", "citext", "varchar", "character varying", "bytea", "bpchar" };

    public static KeyPartFacts Read(Table table, KeyPart part, Dialect dialect)
    {
        if (part.Column is { } name)
        {
            var column = table.IndexOf(name);
            // A generated column tells what its expression tells.
            return table.Columns[column].GeneratedExpression is { } made ? Read(table, made, dialect)
                : new KeyPartFacts([column], column, NullCounts: false);
        }
        return Read(table, part.Expression!, dialect);
    }

    static KeyPartFacts Read(Table table, string text, Dialect dialect)
    {
        var names = table.Columns.Select(c => c.Name).ToList();
        if (!ExpressionParser.TryParse(text, dialect, out var expression, out _, names))
        {
            // Not readable: the database decides, and different values of its one column are the best guess.
            var mentioned = Mentioned(table, text);
            return new KeyPartFacts(mentioned, mentioned.Length == 1 ? mentioned[0] : -1, NullCounts: false);
        }
        var (telling, nullCounts) = Tell(table, expression, dialect);
        return new KeyPartFacts(Positions(table, expression), telling, nullCounts)
        {
            IsConstant = IsConstant(expression) || expression is Expression.Is { Test: IsTest.Null, Operand: Expression.Column c }
                && table.IndexOf(c.Name) is var at and >= 0 && !table.Columns[at].IsNullable,
        };
    }

    /// <summary>Positions of the columns a condition reads.</summary>
    public static int[] ColumnsOf(Table table, string text, Dialect dialect) =>
        ExpressionParser.TryParse(text, dialect, out var expression, out _, [.. table.Columns.Select(c => c.Name)]) ? Positions(table, expression)
            : Mentioned(table, text);

    static int[] Positions(Table table, Expression expression) => [.. expression.ColumnNames().Select(table.IndexOf).Where(c => c >= 0).Distinct()];

    static (int Column, bool NullCounts) Tell(Table table, Expression expression, Dialect dialect) => expression switch
    {
        Expression.Column c => (table.IndexOf(c.Name), false),
        Expression.Collate c => Tell(table, c.Operand, dialect),
        Expression.Cast c when TextTypes.Contains(c.Type.Name) => Tell(table, c.Operand, dialect),
        Expression.Call { Arguments.Count: > 0 } c when Injective.Contains(c.Name) && c.Arguments.Skip(1).All(IsConstant) =>
            Tell(table, c.Arguments[0], dialect),
        // A function of the schema's own: the database decides, and different values are the best guess.
        Expression.Call { Arguments: [var only] } c when FunctionCatalog.Find(dialect, c.Name, 1) is null => Tell(table, only, dialect),
        Expression.Call { Arguments.Count: 2 } c when c.Name.Equals("coalesce", StringComparison.OrdinalIgnoreCase) && IsConstant(c.Arguments[1]) =>
            (Tell(table, c.Arguments[0], dialect).Column, true),
        _ => (-1, false),
    };

    static bool IsConstant(Expression expression) => expression switch
    {
        Expression.Literal or Expression.Constant => true,
        Expression.Cast c => IsConstant(c.Operand),
        _ => false,
    };

    // The words of a text that cannot be read.
    static int[] Mentioned(Table table, string text)
    {
        var words = text.Split([' ', '(', ')', ',', '"', ':', '+', '-', '|', '=', '\''], StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        return [.. Enumerable.Range(0, table.Columns.Count).Where(c => words.Contains(table.Columns[c].Name))];
    }
}
