using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>Casts around a column that may be looked through.</summary>
static class ColumnCasts
{
    /// <summary>The cast changes nothing at all.</summary>
    public static bool IsIdentity(Column? column, TypeName type, EvaluationContext context)
    {
        if (type.Dimensions > 0 || !type.Modifiers.IsEmpty) return false;
        if (context.IsSqlite)
            return column is not null && column.Type.Name.Equals(type.Name, StringComparison.OrdinalIgnoreCase) && column.Type.Kind.IsText();
        if (column is null) return type.Name is "text" or "character varying" or "timestamp with time zone" or "timestamp without time zone";
        if (column.IsCaseInsensitive) return type.Name == "citext";
        return KindOf(type.Name) is { } kind
            && (column.Type.Kind == kind || kind == TypeKind.Text && column.Type.Kind is TypeKind.FixedText or TypeKind.Enum);
    }

    /// <summary>The column under casts that keep the value, be it in another type: comparing the cast compares the value.</summary>
    public static string? ColumnOf(Expression expression, EvaluationContext context) => expression switch
    {
        Expression.Column column => column.Name,
        Expression.Cast { Operand: var operand } cast when ColumnOf(operand, context) is { } name
            && KeepsValue(context.Find(name), cast.Type, context) => name,
        Expression.Collate collate when collate.Collation is "C" or "POSIX" or "default" or "BINARY" => ColumnOf(collate.Operand, context),
        _ => null,
    };

    static bool KeepsValue(Column? column, TypeName type, EvaluationContext context)
    {
        if (IsIdentity(column, type, context)) return true;
        if (column is null || type.Dimensions > 0 || !type.Modifiers.IsEmpty || context.IsSqlite) return false;
        return (column.Type.Kind, type.Name) switch
        {
            (TypeKind.Text or TypeKind.FixedText or TypeKind.Enum, "text" or "character varying" or "character" or "citext") => true,
            (TypeKind.Int16 or TypeKind.Int32, "integer" or "bigint" or "numeric" or "double precision") => true,
            (TypeKind.Int64, "bigint" or "numeric") => true,
            (TypeKind.Decimal or TypeKind.Money, "numeric") => true,
            (TypeKind.Float32, "double precision") => true,
            (TypeKind.Date, "timestamp without time zone" or "timestamp with time zone") => true,
            (TypeKind.Timestamp, "timestamp with time zone") or (TypeKind.TimestampTz, "timestamp without time zone") => true,
            _ => false,
        };
    }

    /// <summary>The kind of a type of PostgreSQL by its printed name; null for those that no rule knows.</summary>
    internal static TypeKind? KindOf(string type) => type switch
    {
        "text" or "character varying" => TypeKind.Text,
        "character" => TypeKind.FixedText,
        "smallint" => TypeKind.Int16,
        "integer" => TypeKind.Int32,
        "bigint" => TypeKind.Int64,
        "numeric" => TypeKind.Decimal,
        "real" => TypeKind.Float32,
        "double precision" => TypeKind.Float64,
        "boolean" => TypeKind.Boolean,
        "date" => TypeKind.Date,
        "time without time zone" => TypeKind.Time,
        "timestamp without time zone" => TypeKind.Timestamp,
        "timestamp with time zone" => TypeKind.TimestampTz,
        "interval" => TypeKind.Interval,
        "uuid" => TypeKind.Uuid,
        "json" or "jsonb" => TypeKind.Json,
        "bytea" => TypeKind.Bytes,
        _ => null,
    };
}
