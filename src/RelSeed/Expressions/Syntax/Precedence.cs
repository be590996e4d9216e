namespace RelSeed.Expressions;

/// <summary>How tightly operators bind, a larger number tighter; from each dialect's manual.</summary>
static class Precedence
{
    public const int Lowest = 0, Or = 1, And = 2, Not = 3, AtZone = 11, Collate = 12, Sign = 13, Postfix = 15;

    /// <summary>IS, and its kin.</summary>
    public static int Test(Dialect dialect) => dialect == Dialect.PostgreSql ? 4 : Equality(dialect);

    /// <summary>BETWEEN, IN, LIKE.</summary>
    public static int Match(Dialect dialect) => dialect == Dialect.PostgreSql ? 6 : Equality(dialect);

    /// <summary>Prefix operators other than signs.</summary>
    public static int Prefix(Dialect dialect) => dialect == Dialect.PostgreSql ? 7 : Sign;

    static int Equality(Dialect dialect) => dialect == Dialect.Sqlite ? 4 : 5;

    /// <summary>Of an infix operator; -1 when the dialect has none of that name.</summary>
    public static int Infix(string symbol, Dialect dialect) => symbol switch
    {
        "=" or "<>" or "!=" => Equality(dialect),
        "==" => dialect == Dialect.Sqlite ? Equality(dialect) : -1,
        "<" or ">" or "<=" or ">=" => 5,
        "+" or "-" => 8,
        "*" or "/" or "%" => 9,
        "!" or "`" or "?" when dialect != Dialect.PostgreSql => -1,
        _ => dialect switch
        {
            Dialect.PostgreSql => symbol == "^" ? 10 : 7,
            Dialect.Sqlite => symbol is "||" or "->" or "->>" ? 10 : symbol is "&" or "|" or "<<" or ">>" ? 7 : -1,
            _ => symbol is "&" or "|" or "^" ? 8 : symbol == "||" ? 8 : -1,
        },
    };
}
