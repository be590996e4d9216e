using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Turns what columns that the database computes ask of the columns they are computed from into what the planner already obeys: checks,
/// and the shapes of documents.</summary>
static class ComputedFolding
{
    // A computed column may read others (SQLite).
    const int MostLevels = 4;

    public static Table Apply(Table table, Dialect dialect)
    {
        var names = table.Columns.Select(c => c.Name).ToList();
        var computed = table.Columns.Where(c => c is { IsComputed: true, GeneratedExpression: not null })
            .Select(c => (Column: c, Expression: Parse(c.GeneratedExpression!))).Where(c => c.Expression is not null).ToList();
        if (computed.Count == 0 && !table.Checks.Any(c => MayReadDocuments(c.Expression))) return table;
        var checks = table.Checks.Select(c => Replaced(c)).ToList();
        checks.AddRange(computed.Where(c => !c.Column.IsNullable).Select(c => new CheckConstraint($"NOT NULL of {c.Column.Name}",
            new Expression.Is(Replace(c.Expression!), IsTest.Null, Negated: true).ToString())));
        return Shape(table with { Checks = [.. checks] });

        Expression? Parse(string text) => ExpressionParser.TryParse(text, dialect, out var expression, out _, names) ? expression : null;

        CheckConstraint Replaced(CheckConstraint check) =>
            computed.Exists(c => check.Expression.Contains(c.Column.Name, StringComparison.OrdinalIgnoreCase)) && Parse(check.Expression) is { } read
                && Replace(read) is var replaced && replaced != read ? check with { Expression = replaced.ToString() } : check;

        Expression Replace(Expression expression, int level = 0) =>
            expression is Expression.Column name && level < MostLevels && computed.Find(c => c.Column.Name == name.Name).Expression is { } made
                ? Replace(made, level + 1) : expression.Map(e => Replace(e, level));

        Table Shape(Table folded)
        {
            var reader = new DocumentReader(folded);
            foreach (var (column, expression) in computed) reader.ReadComputed(Replace(expression!), column, Left(table, column, dialect));
            foreach (var check in checks.Where(c => MayReadDocuments(c.Expression)))
                if (Parse(check.Expression) is { } condition) reader.ReadCheck(condition);
            return reader.Documents.Values.Any(d => d.HasParts)
                ? folded with { Columns = [.. folded.Columns.Select((c, i) => Shaped(c, reader.Documents.GetValueOrDefault(i)))] } : folded;
        }
    }

    // What checks of the computed column alone leave of its values.
    static ColumnModel? Left(Table table, Column column, Dialect dialect)
    {
        var domain = ValueDomain.Any;
        foreach (var check in table.Checks.Where(c => c.Expression.Contains(column.Name, StringComparison.OrdinalIgnoreCase)))
        {
            if (!ExpressionParser.TryParse(check.Expression, dialect, out var condition, out _, [.. table.Columns.Select(c => c.Name)])
                || !condition.ColumnNames().SequenceEqual([column.Name]))
                continue;
            var context = new EvaluationContext(dialect, DateTimeOffset.UnixEpoch, name => name == column.Name ? column : null);
            foreach (var conjunct in Conjuncts.OfCheck(condition, context)) DomainNarrowing.Apply(conjunct.Condition, column, ref domain);
        }
        return domain == ValueDomain.Any ? null : ModelDomain.ToModel(domain, column.Type);
    }

    static Column Shaped(Column column, DocumentDraft? document) => document is not { HasParts: true } ? column : column with
    {
        IsNullable = column.IsNullable && !document.IsRequired,
        Model = (column.Model ?? new ColumnModel()) with { Json = document.ToShape() },
    };

    static bool MayReadDocuments(string check) =>
        check.Contains("->", StringComparison.Ordinal) || check.Contains("#>", StringComparison.Ordinal)
            || check.Contains(" ? ", StringComparison.Ordinal) || check.Contains("json", StringComparison.OrdinalIgnoreCase);
}
