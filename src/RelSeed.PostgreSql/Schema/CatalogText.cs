using Npgsql;

namespace RelSeed.PostgreSql.Schema;

static class CatalogText
{
    public static string? GetStringOrNull(this NpgsqlDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);

    /// <summary>An expression without the parentheses that enclose all of it.</summary>
    public static string Bare(string expression)
    {
        while (IsEnclosed(expression)) expression = expression[1..^1];
        return expression;
    }

    static bool IsEnclosed(string expression)
    {
        if (expression is not ['(', .., ')']) return false;
        var depth = 0;
        var quote = '\0';
        for (var i = 0; i < expression.Length - 1; i++)
        {
            var c = expression[i];
            // A doubled quote inside quotes closes and opens again, which comes to the same.
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '\'' or '"') quote = c;
            else if (c == '(') depth++;
            else if (c == ')' && --depth == 0) return false;
        }
        return true;
    }
}
