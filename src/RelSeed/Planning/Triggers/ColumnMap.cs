using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Puts what a table says of its columns in terms of the row whose trigger fills them.</summary>
sealed class ColumnMap(Table target, Table source, RowSource rows, Dialect dialect)
{
    string? NameOf(string column) => rows.Values[target.IndexOf(column)].Column is var c and >= 0 ? source.Columns[c].Name : null;

    /// <summary>Null when the source does not decide all of its columns, or the key says nothing new.</summary>
    public ForeignKey? Key(ForeignKey key)
    {
        var columns = key.Columns.Select(NameOf).OfType<string>().ToEquatableArray();
        var isOwn = key.Principal == source.Name && columns == key.PrincipalColumns;
        return columns.Count < key.Columns.Count || isOwn ? null : key with { Columns = columns };
    }

    public UniqueKey? Key(UniqueKey key)
    {
        var parts = new List<KeyPart>();
        foreach (var part in key.Parts)
        {
            // A literal is the same in all of these rows and tells none apart.
            if (part.Column is { } literal && rows.Values[target.IndexOf(literal)].Literal is not null) continue;
            var mapped = part.Column is { } column ? part with { Column = NameOf(column) } : part with { Expression = Rename(part.Expression!) };
            if (mapped is { Column: null, Expression: null }) return null;
            parts.Add(mapped);
        }
        var predicate = key.Predicate is null ? null : Rename(key.Predicate);
        if (parts.Count == 0 || (key.Predicate is not null && predicate is null)) return null;
        return key with { Parts = parts.ToEquatableArray(), Predicate = predicate, IsPrimary = false };
    }

    public CheckConstraint? Check(CheckConstraint check)
    {
        if (Rename(check.Expression) is not { } expression) return null;
        var writtenOut = check.WrittenOut is null ? null : Rename(check.WrittenOut);
        return check with { Expression = Unless(expression), WrittenOut = writtenOut is null ? null : Unless(writtenOut) };
    }

    // Rows that the trigger passes by are not bound.
    string Unless(string expression) => rows.Guard is { } guard
        ? $"({Quote(source.Columns[guard.Column].Name)} <> '{guard.Literal!.Replace("'", "''")}') OR ({expression})" : expression;

    static string Quote(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    /// <summary>A source's column takes over what the target's types and NOT NULL demand.</summary>
    public Column Narrow(Column column, int index)
    {
        for (var t = 0; t < target.Columns.Count; t++)
        {
            if (rows.Values[t].Column != index || rows.Guard is not null) continue;
            var into = target.Columns[t];
            var isNullable = column.IsNullable && (into.IsNullable || into.IsComputed);
            var domains = into.Type.Domains.Where(d => !d.Checks.IsEmpty && !column.Type.Domains.Contains(d));
            var length = into.Type.Length is { } most ? Math.Min(most, column.Type.Length ?? most) : column.Type.Length;
            column =
                column with { IsNullable = isNullable, Type = column.Type with { Domains = [.. column.Type.Domains, .. domains], Length = length } };
        }
        return column;
    }

    // The text with the source's names; null when a column of it is not the source's to decide, or it cannot be read.
    string? Rename(string text)
    {
        var names = target.Columns.Select(c => c.Name).ToList();
        if (!ExpressionParser.TryParse(text, dialect, out var expression, out _, names)) return null;
        var used = expression.ColumnNames().Where(n => target.IndexOf(n) >= 0).Distinct().ToList();
        if (used.Exists(n => NameOf(n) is null)) return null;
        if (used.TrueForAll(n => NameOf(n) == n)) return text;
        var renamed = new System.Text.StringBuilder();
        var at = 0;
        foreach (var token in BodyTokens.Read(text, dialect).Where(t => t.Kind is TokenKind.Word or TokenKind.QuotedWord && used.Contains(t.Text)))
        {
            var length = token.Kind == TokenKind.Word ? token.Text.Length : token.Text.Length + 2;
            renamed.Append(text, at, token.Start - at).Append('"').Append(NameOf(token.Text)!.Replace("\"", "\"\"")).Append('"');
            at = token.Start + length;
        }
        return renamed.Append(text, at, text.Length - at).ToString();
    }
}
