using System.Text;

namespace RelSeed.Expressions;

/// <summary>LIKE and its kin. A pattern that is a constant is made ready once.</summary>
sealed partial class ExpressionCompiler
{
    Compute CompileLike(Expression.Like like)
    {
        var (operand, pattern) = (Compile(like.Operand), Compile(like.Pattern));
        var isRegex = like.Kind is LikeKind.Regex or LikeKind.RegexIgnoreCase or LikeKind.Similar;
        if (isRegex) return CompileRegex(like, operand, pattern);
        var negated = like.Negated;
        if (like.Kind == LikeKind.Glob) return Pair(operand, pattern, (t, p) => GlobValue(t, p, negated));
        if (EscapeOf(like) is not { } escape) return Unable("the escape of LIKE is no single character");
        var ignoreCase = like.Kind == LikeKind.ILike;
        return Pair(operand, pattern, (t, p) => LikeValue(t, p, escape, ignoreCase, negated));
    }

    static Compute Pair(Compute left, Compute right, Func<SqlValue, SqlValue, SqlValue> apply) => row => Strict(left(row), right(row), apply);

    /// <summary>'\0' for none; null when it is no single character.</summary>
    char? EscapeOf(Expression.Like like) => like.Escape switch
    {
        null => context.Dialect == Dialect.PostgreSql ? '\\' : '\0',
        Expression.Literal { Kind: LiteralKind.String, Text.Length: <= 1 } literal => literal.Text.Length == 0 ? '\0' : literal.Text[0],
        _ => null,
    };

    SqlValue LikeValue(SqlValue text, SqlValue pattern, char escape, bool ignoreCase, bool negated)
    {
        if (context.IsSqlite)
        {
            if (SqliteSemantics.TextOf(text) is not { } subject || SqliteSemantics.TextOf(pattern) is not { } mask)
                return SqlValue.NotEvaluable("LIKE of no text");
            return SqlValue.Boolean(LikeMatcher.IsMatch(subject, mask, escape, ignoreAsciiCase: true) != negated);
        }
        if (!text.IsText || !pattern.IsText) return SqlValue.NotEvaluable("LIKE of no text");
        ignoreCase |= text.Kind == SqlKind.CaseInsensitiveText || pattern.Kind == SqlKind.CaseInsensitiveText;
        if (LikeMatcher.HasOpenEscape(pattern.AsText, escape)) return SqlValue.Error("the LIKE pattern ends with its escape");
        var matches = LikeMatcher.IsMatch(text.AsText, pattern.AsText, escape, ignoreCase);
        if (ignoreCase && !(Ascii.IsValid(text.AsText) && Ascii.IsValid(pattern.AsText))
            && matches != LikeMatcher.IsMatch(text.AsText.ToLowerInvariant(), pattern.AsText.ToLowerInvariant(), escape, ignoreAsciiCase: false))
            return SqlValue.NotEvaluable("the case of letters beyond ASCII depends on the locale");
        return SqlValue.Boolean(matches != negated);
    }

    static SqlValue GlobValue(SqlValue text, SqlValue pattern, bool negated) =>
        SqliteSemantics.TextOf(text) is { } subject && SqliteSemantics.TextOf(pattern) is { } mask
            && !subject.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')
            ? SqlValue.Boolean(GlobMatcher.IsMatch(subject, mask) != negated)
            : SqlValue.NotEvaluable("GLOB of no text");

    Compute CompileRegex(Expression.Like like, Compute operand, Compute pattern)
    {
        var (kind, negated) = (like.Kind, like.Negated);
        if (kind == LikeKind.Similar && EscapeOf(like) is not { } _) return Unable("the escape of SIMILAR TO is no single character");
        var escape = kind == LikeKind.Similar ? EscapeOf(like)!.Value : '\\';
        RegexMatcher Make(string text, bool ignoreCase) =>
            RegexMatcher.Create(kind == LikeKind.Similar ? SimilarPattern.ToRegex(text, escape) : text, ignoreCase);
        var ready = like.Pattern.ColumnNames().Count == 0 && pattern(NoRow.Instance) is { IsText: true } constant
            ? (Pattern: constant.AsText, Exact: new Lazy<RegexMatcher>(() => Make(constant.AsText, ignoreCase: false)),
                Loose: new Lazy<RegexMatcher>(() => Make(constant.AsText, ignoreCase: true)))
            : default;
        return Pair(operand, pattern, (text, mask) =>
        {
            if (!text.IsText || !mask.IsText) return SqlValue.NotEvaluable("a regular expression on no text");
            var ignoreCase = kind == LikeKind.RegexIgnoreCase || text.Kind == SqlKind.CaseInsensitiveText || mask.Kind == SqlKind.CaseInsensitiveText;
            var matcher = ready.Pattern is null ? Make(mask.AsText, ignoreCase) : ignoreCase ? ready.Loose.Value : ready.Exact.Value;
            var result = matcher.IsMatch(text.AsText);
            return negated ? Not(result) : result;
        });
    }
}
