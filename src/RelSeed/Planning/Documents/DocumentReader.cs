using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Finds what computed columns and checks of a table read of its documents.</summary>
sealed class DocumentReader(Table table)
{
    // Their value may be there though an argument is NULL.
    static readonly HashSet<string> Lenient = new(StringComparer.Ordinal) { "coalesce", "nullif", "concat", "concat_ws", "ifnull", "iif", "greatest", "least" };

    // Whose arguments are texts whatever they give.
    static readonly HashSet<string> OfText = new(StringComparer.Ordinal)
    {
        "lower", "upper", "btrim", "trim", "ltrim", "rtrim", "length", "char_length", "md5", "left", "right", "substr", "substring", "replace", "to_tsvector",
    };

    readonly Dictionary<int, DocumentDraft> _documents = [];

    /// <summary>By column: what its documents must hold.</summary>
    public IReadOnlyDictionary<int, DocumentDraft> Documents => _documents;

    public void ReadComputed(Expression expression, Column target) => Read(expression, target.Type, !target.IsNullable);

    public void ReadCheck(Expression condition)
    {
        switch (condition)
        {
            case Expression.Logical { IsAnd: true } and:
                foreach (var operand in and.Operands) ReadCheck(operand);
                break;
            case Expression.Is { Test: IsTest.Null, Negated: true } test: Read(test.Operand, null, isRequired: true); break;
            case Expression.Binary { Operator: "=" } equal when KindOf(equal.Left, equal.Right) is { } found:
                Add(found.Part, null, isRequired: true, kind: found.Kind);
                break;
            case Expression.Binary { Operator: "?" } has when JsonAccess.Of(has.Left) is { } document && JsonAccess.TextOf(has.Right) is { } member:
                Add(document with { Steps = [.. document.Steps, member] }, null, isRequired: true);
                break;
            case Expression.Binary { Operator: "=" } equal when JsonAccess.TextOf(equal.Right) is { } only && Part(equal.Left) is { } part:
                Add(part, null, isRequired: true, values: [only]);
                break;
            case Expression.In { Negated: false } list when Part(list.Operand) is { } part && Texts(list.Items) is { Count: > 0 } values:
                Add(part, null, isRequired: true, values: values);
                break;
            case Expression.Quantified { Operator: "=", IsAll: false, Items: Expression.Array array } any
                when Part(any.Operand) is { } part && Texts(array.Items) is { Count: > 0 } values:
                Add(part, null, isRequired: true, values: values);
                break;
            default: Read(condition, null, isRequired: false); break;
        }
    }

    static (JsonAccess Part, string Kind)? KindOf(Expression left, Expression right) =>
        left is Expression.Call { Name: "jsonb_typeof" or "json_typeof", Arguments: [var part] } && JsonAccess.Of(part) is { Steps.Count: > 0 } access
            && JsonAccess.TextOf(right) is { } kind ? (access, kind) : null;

    static JsonAccess? Part(Expression expression) =>
        JsonAccess.Of(expression is Expression.Cast { Type.Name: "text" or "character varying" } cast ? cast.Operand : expression) is { Steps.Count: > 0 } access
            ? access : null;

    static EquatableArray<string> Texts(EquatableArray<Expression> items) => items.Select(JsonAccess.TextOf).OfType<string>().ToEquatableArray() is var texts
        && texts.Count == items.Count ? texts : [];

    // What is read as one type all the way down.
    void Read(Expression expression, ColumnType? type, bool isRequired)
    {
        if (JsonAccess.Of(expression) is { Steps.Count: > 0 } part) Add(part, type, isRequired);
        else if (expression is Expression.Cast cast) Read(cast.Operand, DocumentTypes.Of(cast.Type, type), isRequired);
        else if (expression is Expression.AtTimeZone zone) Read(zone.Operand, type, isRequired);
        else if (expression is Expression.Call call) ReadCall(call, type, isRequired);
        else
        {
            var isStrict = isRequired && expression is Expression.Binary or Expression.Unary or Expression.Collate;
            var common = expression is Expression.Collate or Expression.Unary ? type : expression is Expression.Binary binary ? Operand(binary, type) : null;
            foreach (var child in expression.Children()) Read(child, common, isStrict);
        }
    }

    static ColumnType? Operand(Expression.Binary binary, ColumnType? type) =>
        binary.Operator is "+" or "-" or "*" or "/" && type?.Kind.IsNumeric() == true ? type : null;

    void ReadCall(Expression.Call call, ColumnType? type, bool isRequired)
    {
        var isPart = call.Name is "extract" or "date_part" or "date_trunc";
        var inner = isPart ? DocumentTypes.Moment(call) : OfText.Contains(call.Name) ? null
            : Lenient.Contains(call.Name) || call.Arguments.Count == 1 ? type : null;
        foreach (var argument in call.Arguments) Read(argument, inner, isRequired && !Lenient.Contains(call.Name));
    }

    void Add(JsonAccess part, ColumnType? type, bool isRequired, EquatableArray<string> values = default, string? kind = null)
    {
        if (table.IndexOf(part.Column) is not (var column and >= 0)) return;
        var held = table.Columns[column];
        if (held.IsComputed || held.Model?.Json is not null || !(held.Type.Kind == TypeKind.Json || held.Type.Kind.IsText())) return;
        if (!_documents.TryGetValue(column, out var document)) _documents[column] = document = new DocumentDraft();
        document.Add([.. part.Steps], DocumentTypes.Holdable(type), isRequired, values, kind);
    }
}
