using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>The types that parts of documents are read as.</summary>
static class DocumentTypes
{
    /// <summary>The type that a cast names.</summary>
    /// <param name="outer">What the cast's own value is read as, which knows types of the schema's own.</param>
    public static ColumnType? Of(TypeName type, ColumnType? outer)
    {
        var kind = type.Dimensions > 0 ? TypeKind.Array
            : ColumnCasts.KindOf(type.Name) is { } known and not (TypeKind.FixedText or TypeKind.Bytes) ? known : TypeKind.Text;
        if (kind == outer?.Kind || (kind == TypeKind.Text && outer is { Kind: TypeKind.Enum })) return outer;
        // A text on the way to another type is what that type reads.
        if (kind == TypeKind.Text && outer is not null && !outer.Kind.IsText() && type.Name is "text" or "character varying") return outer;
        return kind == TypeKind.Array ? null : Plain(kind, type);
    }

    static ColumnType Plain(TypeKind kind, TypeName type) => new()
    {
        Kind = kind,
        Name = type.Name,
        BaseName = type.Name,
        Length = kind == TypeKind.Text && type.Modifiers is [var length] ? length : null,
        Precision = kind == TypeKind.Decimal ? type.Modifiers is [var digits, ..] ? digits : 12 : null,
        Scale = kind == TypeKind.Decimal ? type.Modifiers is [_, var scale] ? scale : type.Modifiers.IsEmpty ? 2 : 0 : null,
    };

    /// <summary>What a part of an instant or of a duration is taken of.</summary>
    public static ColumnType Moment(Expression.Call call) =>
        call.Arguments.Any(a => a.ToString().Contains("duration", StringComparison.OrdinalIgnoreCase))
            ? Plain(TypeKind.Interval, new TypeName("interval")) : Plain(TypeKind.TimestampTz, new TypeName("timestamp with time zone"));

    /// <summary>Null for types that documents hold no values of.</summary>
    public static ColumnType? Holdable(ColumnType? type) => type is not null
        && (type.Kind.IsText() || type.Kind.IsNumeric() || type.Kind.IsTemporal()
            || type.Kind is TypeKind.Boolean or TypeKind.Uuid or TypeKind.Interval or TypeKind.Json
            || type is { Kind: TypeKind.Enum, Labels.IsEmpty: false })
        ? type : null;
}
