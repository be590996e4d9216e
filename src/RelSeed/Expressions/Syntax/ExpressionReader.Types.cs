using System.Collections.Immutable;
using System.Globalization;

namespace RelSeed.Expressions;

/// <summary>Type names, and literals that begin with one.</summary>
sealed partial class ExpressionReader
{
    TypeName ParseType()
    {
        var isWord = Current.Kind == TokenKind.Word;
        var name = ParseName();
        if (isWord) name = name.ToLowerInvariant();
        while (Accept(".")) name = name == "pg_catalog" ? ParseName() : $"{name}.{ParseName()}";
        // An extension's type, in whatever schema it was put.
        if (name.EndsWith(".citext", StringComparison.Ordinal)) name = "citext";
        if (isWord) name = ContinueType(name);
        var modifiers = ParseModifiers();
        if (isWord && name is "timestamp" or "time") name += ParseZone();
        if (isWord) name = TypeName.Canonical(name);
        var dimensions = 0;
        for (; dialect == Dialect.PostgreSql && Current.Is("["); dimensions++)
        {
            _next++;
            if (Current.Kind == TokenKind.Number) _next++;
            Expect("]");
        }
        return new(name, new(modifiers), dimensions);
    }

    /// <summary>The further words of a name of several.</summary>
    string ContinueType(string name)
    {
        if (dialect == Dialect.Sqlite)
        {
            while (Current.Kind == TokenKind.Word && !EndsType()) name += " " + ParseName().ToLowerInvariant();
            return name;
        }
        if (name == "national")
        {
            if (!AcceptWord("char")) ExpectWord("character");
            name = "character";
        }
        if (name == "double" && AcceptWord("precision")) return "double precision";
        return name is "character" or "char" or "bit" && AcceptWord("varying") ? name == "bit" ? "bit varying" : "character varying" : name;
    }

    ImmutableArray<int> ParseModifiers()
    {
        if (!Current.Is("(") || Following.Kind != TokenKind.Number && !Following.Is("-")) return [];
        _next++;
        var modifiers = ImmutableArray.CreateBuilder<int>();
        do
        {
            var sign = Accept("-") ? -1 : 1;
            if (Current.Kind != TokenKind.Number || !int.TryParse(Current.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var modifier))
                throw Unexpected();
            modifiers.Add(sign * modifier);
            _next++;
        }
        while (Accept(","));
        Expect(")");
        return modifiers.ToImmutable();
    }

    string ParseZone()
    {
        if (!Current.IsWord("with") && !Current.IsWord("without")) return "";
        var zone = $" {Current.Text.ToLowerInvariant()} time zone";
        _next++;
        ExpectWord("time");
        ExpectWord("zone");
        return zone;
    }

    /// <summary><c>DATE '2020-02-02'</c>, <c>INTERVAL '1' DAY</c>, <c>timestamp with time zone '…'</c>; null when it is none.</summary>
    Expression.Cast? ParseTypedLiteral()
    {
        if (dialect == Dialect.Sqlite || EndsType()) return null;
        var start = _next;
        if (Following.Kind != TokenKind.String && !MayBeLongTypedLiteral()) return null;
        try
        {
            var type = ParseType();
            if (Current.Kind == TokenKind.String)
            {
                var text = Current.Text;
                _next++;
                if (type.Name == "interval" && Current.Kind == TokenKind.Word && IntervalUnits.Contains(Current.Text)) text += " " + Unit();
                return new(Text(text), type);
            }
        }
        catch (SyntaxFaultException)
        {
            // It was no type: read it as what else it may be.
        }
        _next = start;
        return null;
    }

    static readonly HashSet<string> IntervalUnits =
        new(["year", "month", "week", "day", "hour", "minute", "second"], StringComparer.OrdinalIgnoreCase);

    string Unit()
    {
        var unit = Current.Text.ToLowerInvariant();
        _next++;
        return Current.IsWord("to") ? throw new SyntaxFaultException("an interval of several fields is not read") : unit;
    }

    bool MayBeLongTypedLiteral() =>
        (Current.IsWord("timestamp") || Current.IsWord("time")) && (Following.IsWord("with") || Following.IsWord("without") || Following.Is("("))
        || Current.IsWord("double") && Following.IsWord("precision");

    // A column may be called at or escape; after a type they are operators.
    bool EndsType() => Keywords.EndsOperand(Current.Text) || Current.IsWord("at") || Current.IsWord("escape");
}
