using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Finds what computed columns and checks of a table read of its documents.</summary>
sealed class DocumentReader(Table table)
{
    // Their value may be there though an argument is NULL.
    static readonly HashSet<string> Lenient =
        new(StringComparer.Ordinal) { "coalesce", "nullif", "concat", "concat_ws", "ifnull", "iif", "greatest", "least" };

    // Whose arguments are texts whatever they give.
    static readonly HashSet<string> OfText = new(StringComparer.Ordinal)
    {
        "lower", "upper", "btrim", "trim", "ltrim", "rtrim", "length", "char_length", "md5", "left", "right", "substr", "substring", "replace",
        "to_tsvector",
    };

    readonly Dictionary<int, DocumentDraft> _documents = [];

    /// <summary>By column: what its documents must hold.</summary>
    public IReadOnlyDictionary<int, DocumentDraft> Documents => _documents;

    /// <param name="model">The values that checks leave of the computed column.</param>
    public void ReadComputed(Expression expression, Column target, ColumnModel? model) =>
        Read(expression, new(target.Type, !target.IsNullable, model));

    public void ReadCheck(Expression condition)
    {
        switch (condition)
        {
            case Expression.Logical { IsAnd: true } and:
                foreach (var operand in and.Operands) ReadCheck(operand);
                break;
            case Expression.Is { Test: IsTest.Null, Negated: true } test: Read(test.Operand, new(null, IsRequired: true)); break;
            case Expression.Binary { Operator: "=" } equal when KindOf(equal.Left, equal.Right) is { } found:
                Add(found.Part, new(null, IsRequired: true, Kind: found.Kind));
                break;
            case Expression.Binary { Operator: "?" } has when JsonAccess.Of(has.Left) is { } document && JsonAccess.TextOf(has.Right) is { } member:
                Add(document with { Steps = [.. document.Steps, member] }, new(null, IsRequired: true));
                break;
            case Expression.Binary { Operator: "=" } equal when JsonAccess.TextOf(equal.Right) is { } only && Part(equal.Left) is { } part:
                Add(part, new(null, IsRequired: true, OneOf([only])));
                break;
            case Expression.In { Negated: false } list when Part(list.Operand) is { } part && Texts(list.Items) is { Count: > 0 } values:
                Add(part, new(null, IsRequired: true, OneOf(values)));
                break;
            case Expression.Quantified { Operator: "=", IsAll: false, Items: Expression.Array array } any
                when Part(any.Operand) is { } part && Texts(array.Items) is { Count: > 0 } values:
                Add(part, new(null, IsRequired: true, OneOf(values)));
                break;
            default: Read(condition, new(null, IsRequired: false)); break;
        }
    }

    static (JsonAccess Part, string Kind)? KindOf(Expression left, Expression right) =>
        left is Expression.Call { Name: "jsonb_typeof" or "json_typeof", Arguments: [var part] } && JsonAccess.Of(part) is { Steps.Count: > 0 } access
            && JsonAccess.TextOf(right) is { } kind ? (access, kind) : null;

    static JsonAccess? Part(Expression expression) =>
        JsonAccess.Of(expression is Expression.Cast { Type.Name: "text" or "character varying" } cast ? cast.Operand : expression)
            is { Steps.Count: > 0 } access ? access : null;

    static EquatableArray<string> Texts(EquatableArray<Expression> items) =>
        items.Select(JsonAccess.TextOf).OfType<string>().ToEquatableArray() is var texts && texts.Count == items.Count ? texts : [];

    static ColumnModel OneOf(EquatableArray<string> values) => new() { Values = [.. values.Select(v => new ValueShare(v, 1))] };

    // What is read as one type all the way down.
    void Read(Expression expression, DocumentNeed need)
    {
        if (JsonAccess.Of(expression) is { Steps.Count: > 0 } part) Add(part, need);
        // In whatever arm it stands, it tells what the member is where it is there.
        else if (expression is Expression.Binary { Operator: "=" } equal && KindOf(equal.Left, equal.Right) is { } found)
            Add(found.Part, new(null, IsRequired: false, Kind: found.Kind));
        else if (expression is Expression.Cast cast) Read(cast.Operand, need with { Type = DocumentTypes.Of(cast.Type, need.Type) });
        else if (expression is Expression.AtTimeZone zone) Read(zone.Operand, need with { Model = null });
        else if (expression is Expression.Call call) ReadCall(call, need);
        else if (expression is Expression.Collate collate) Read(collate.Operand, need);
        else
        {
            var isStrict = need.IsRequired && expression is Expression.Binary or Expression.Unary;
            var isNumber = need.Type?.Kind.IsNumeric() == true
                && expression is Expression.Unary or Expression.Binary { Operator: "+" or "-" or "*" or "/" };
            foreach (var child in expression.Children()) Read(child, new(isNumber ? need.Type : null, isStrict));
        }
    }

    void ReadCall(Expression.Call call, DocumentNeed need)
    {
        var isLenient = Lenient.Contains(call.Name);
        var inner = call.Name is "extract" or "date_part" or "date_trunc" ? new DocumentNeed(DocumentTypes.Moment(call), need.IsRequired)
            : OfText.Contains(call.Name) ? new(null, need.IsRequired)
            : isLenient ? new(need.Type, IsRequired: false)
            : call.Arguments.Count == 1 ? need : new(null, need.IsRequired);
        foreach (var argument in call.Arguments) Read(argument, inner);
    }

    void Add(JsonAccess part, DocumentNeed need)
    {
        if (table.IndexOf(part.Column) is not (var column and >= 0)) return;
        var held = table.Columns[column];
        if (held.IsComputed || held.Model?.Json is not null || !(held.Type.Kind == TypeKind.Json || held.Type.Kind.IsText())) return;
        if (!_documents.TryGetValue(column, out var document)) _documents[column] = document = new DocumentDraft();
        document.Add([.. part.Steps], need with { Type = DocumentTypes.Holdable(need.Type) });
    }
}
