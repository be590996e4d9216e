namespace RelSeed.Expressions;

/// <summary>A part of a column's document that an expression reads: <c>doc -> 'a' ->> 'b'</c>, <c>json_extract(doc, '$.a[0]')</c>.</summary>
/// <param name="Steps">Member names from the outside in; an array's item is its 0-based number in brackets. Empty for the document itself.</param>
sealed record JsonAccess(string Column, IReadOnlyList<string> Steps)
{
    /// <summary>Null for what is no such expression.</summary>
    public static JsonAccess? Of(Expression expression) => expression switch
    {
        Expression.Column column => new(column.Name, []),
        Expression.Cast { Type.Name: "json" or "jsonb" } cast => Of(cast.Operand),
        Expression.Binary { Operator: "->" or "->>" } binary => Of(binary.Left)?.With(Step(binary.Right)),
        Expression.Binary { Operator: "#>" or "#>>" } binary => Of(binary.Left)?.With(ArrayOf(binary.Right)),
        Expression.Subscript { IsSlice: false, Index: { } index } subscript => Of(subscript.Operand)?.With(Step(index)),
        Expression.Call { Name: "json_extract" or "jsonb_extract", Arguments: [var document, var path] } => Of(document)?.With(PathOf(path)),
        Expression.Call
        {
            Name: "jsonb_extract_path" or "jsonb_extract_path_text" or "json_extract_path" or "json_extract_path_text",
            Arguments: { Count: > 1 } arguments
        } => Of(arguments[0])?.With(All(arguments.Skip(1).Select(Step))),
        _ => null,
    };

    public static int? IndexOf(string step) =>
        step.StartsWith('[') && step.EndsWith(']') && int.TryParse(step.AsSpan(1, step.Length - 2), out var index) ? index : null;

    JsonAccess? With(IReadOnlyList<string>? steps) => steps is null ? null : this with { Steps = [.. Steps, .. steps] };

    /// <summary>The text of a constant; null for anything else.</summary>
    public static string? TextOf(Expression expression) => expression switch
    {
        Expression.Literal { Kind: LiteralKind.String } literal => literal.Text,
        Expression.Constant { Value: { IsText: true } text } => text.AsText,
        Expression.Cast { Operand: Expression.Literal { Kind: LiteralKind.String } literal, Type.Dimensions: 0 } => literal.Text,
        _ => null,
    };

    static IReadOnlyList<string>? Step(Expression step) => step is Expression.Literal { Kind: LiteralKind.Integer } number ? [$"[{number.Text}]"]
        : TextOf(step) is not { } text ? null : text.StartsWith('$') ? Path(text) : [text];

    static List<string>? PathOf(Expression path) => TextOf(path) is { } text ? Path(text) : null;

    // '{a,0,b}'::text[] or ARRAY['a', 'b'].
    static List<string>? ArrayOf(Expression path)
    {
        if (path is Expression.Array array) return All(array.Items.Select(Step));
        var text = path is Expression.Cast { Operand: Expression.Literal { Kind: LiteralKind.String } inner } ? inner.Text : TextOf(path);
        if (text is not ['{', .., '}']) return null;
        return [.. text[1..^1].Split(',').Select(s => s.Trim().Trim('"')).Select(s => s.Length > 0 && s.All(char.IsAsciiDigit) ? $"[{s}]" : s)];
    }

    static List<string>? All(IEnumerable<IReadOnlyList<string>?> steps)
    {
        var all = new List<string>();
        foreach (var step in steps)
        {
            if (step is null) return null;
            all.AddRange(step);
        }
        return all;
    }

    // SQLite's form: $.a."b c"[0].
    static List<string>? Path(string text)
    {
        var steps = new List<string>();
        for (var i = 1; i < text.Length;)
        {
            var end = text[i] == '[' ? text.IndexOf(']', i) + 1
                : text[i] == '.' && i + 1 < text.Length && text[i + 1] == '"' ? text.IndexOf('"', i + 2) + 1
                : text[i] == '.' ? text.AsSpan(i + 1).IndexOfAny('.', '[') is var next and >= 0 ? i + 1 + next : text.Length
                : 0;
            if (end <= i) return null;
            steps.Add(text[i] == '[' ? text[i..end] : text[(i + 1)..end].Trim('"'));
            i = end;
        }
        return steps;
    }
}
