using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Texts that a check casts to another type, or decodes, must be of its form: each row would be an error else.</summary>
static class CastTexts
{
    /// <summary>By name of a column of texts: the form of what it is cast to, where that is one type in every row.</summary>
    public static IEnumerable<(string Column, string Pattern)> Of(Expression check, Func<string, Column?> find) =>
        Casts(check).GroupBy(c => c.Column).Where(g => find(g.Key)?.Type.Kind.IsText() == true)
            .Select(g => (g.Key, Forms: g.Select(c => FormOf(c.Type)).Distinct().ToList()))
            .Where(g => g.Forms is [{ }]).Select(g => (g.Key, g.Forms[0]!));

    // What stands in an arm is not cast in every row.
    static IEnumerable<(string Column, string Type)> Casts(Expression expression) => expression switch
    {
        Expression.Logical { IsAnd: false } or Expression.Case => [],
        Expression.Cast { Type.Dimensions: 0 } cast when Texts(cast.Operand) is { } column && !IsText(cast.Type) => [(column, cast.Type.Name)],
        Expression.Call { Name: "decode", Arguments: [var operand, var form] }
            when Texts(operand) is { } column && JsonAccess.TextOf(form) is { } name => [(column, name)],
        _ => expression.Children().SelectMany(Casts),
    };

    static string? Texts(Expression operand) => operand switch
    {
        Expression.Column column => column.Name,
        Expression.Cast cast when IsText(cast.Type) => Texts(cast.Operand),
        // What is taken out, or written otherwise, leaves digits that are digits.
        Expression.Call { Name: "regexp_replace" or "replace" or "translate" or "lower" or "upper" or "btrim", Arguments: [var text, ..] } => Texts(text),
        _ => null,
    };

    static bool IsText(TypeName type) => type.Name is "text" or "character varying" or "character" or "citext";

    static string? FormOf(string type) => type switch
    {
        "smallint" or "integer" or "bigint" => "^[1-9][0-9]{0,3}$",
        "numeric" or "real" or "double precision" => @"^[1-9][0-9]{0,2}(\.[0-9])?$",
        "date" => "^20(1[0-9]|2[0-5])-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$",
        "timestamp without time zone" or "timestamp with time zone" =>
            "^20(1[0-9]|2[0-5])-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$",
        "time without time zone" or "time with time zone" or "interval" => "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$",
        "uuid" => "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
        "hex" => "^([0-9a-f]{2}){16}$",
        "base64" => "^([A-Za-z0-9]{4}){6}$",
        "inet" => @"^10(\.(1?[0-9]{1,2})){3}$",
        _ => null,
    };
}
