using System.Buffers;
using System.Globalization;
using System.Text;

namespace RelSeed.Expressions;

/// <summary>What SQLite prefers to store and compare a column's values as.</summary>
enum Affinity { None, Blob, Text, Numeric, Integer, Real }

/// <summary>Values as SQLite sees them: five storage classes, affinities, and integers for booleans.</summary>
static class SqliteSemantics
{
    static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789+-.eE");

    /// <summary>By the words in the declared type; its rules and their order stand in SQLite's datatype3 page.</summary>
    public static Affinity AffinityOf(string declared)
    {
        var type = declared.ToUpperInvariant();
        if (type.Contains("INT", StringComparison.Ordinal)) return Affinity.Integer;
        if (type.Contains("CHAR", StringComparison.Ordinal) || type.Contains("CLOB", StringComparison.Ordinal)
            || type.Contains("TEXT", StringComparison.Ordinal))
            return Affinity.Text;
        if (type.Length == 0 || type.Contains("BLOB", StringComparison.Ordinal)) return Affinity.Blob;
        return type.Contains("REAL", StringComparison.Ordinal) || type.Contains("FLOA", StringComparison.Ordinal)
            || type.Contains("DOUB", StringComparison.Ordinal)
            ? Affinity.Real
            : Affinity.Numeric;
    }

    public static Affinity AffinityOf(Expression expression, EvaluationContext context) => expression switch
    {
        Expression.Column column => context.Find(column.Name) is { } found ? AffinityOf(found.Type.Name) : Affinity.None,
        Expression.Cast cast => AffinityOf(cast.Type.Name),
        Expression.Collate collate => AffinityOf(collate.Operand, context),
        _ => Affinity.None,
    };

    /// <summary>A value in the storage class that SQLite gives it.</summary>
    public static SqlValue Store(SqlValue value) => value.Kind switch
    {
        SqlKind.Boolean => SqlValue.Integer(value.AsInteger),
        SqlKind.Decimal => SqlValue.Double((double)value.AsDecimal),
        _ => value,
    };

    /// <summary>True, false or NULL, as a condition takes it.</summary>
    public static SqlValue Truth(SqlValue value)
    {
        if (value.Kind == SqlKind.Boolean) return value;
        var number = Number(value);
        return number.IsNumber ? SqlValue.Boolean(SqlCompare.ToDouble(number) != 0) : number;
    }

    /// <summary>As an operand of arithmetic: a text counts as the number it begins with, else 0.</summary>
    public static SqlValue Number(SqlValue value) => value.Kind switch
    {
        SqlKind.Boolean or SqlKind.Decimal => Store(value),
        SqlKind.Text or SqlKind.CaseInsensitiveText => Prefix(value.AsText),
        SqlKind.Bytes => Prefix(Encoding.UTF8.GetString(value.AsBytes)),
        SqlKind.Integer or SqlKind.Double or SqlKind.Null or SqlKind.NotEvaluable => value,
        _ => SqlValue.NotEvaluable($"{value.Kind} is no storage class of SQLite"),
    };

    static SqlValue Prefix(string text)
    {
        text = text.TrimStart(' ', '\t', '\n', '\v', '\f', '\r');
        var end = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        var isWhole = true;
        if (end < text.Length && text[end] == '.')
        {
            for (end++; end < text.Length && char.IsAsciiDigit(text[end]); end++) { }
            isWhole = false;
        }
        var power = end;
        if (power < text.Length && text[power] is 'e' or 'E')
        {
            power++;
            if (power < text.Length && text[power] is '+' or '-') power++;
            var digits = power;
            while (power < text.Length && char.IsAsciiDigit(text[power])) power++;
            if (power > digits) (end, isWhole) = (power, false);
        }
        if (isWhole && long.TryParse(text[..end], out var whole)) return SqlValue.Integer(whole);
        return double.TryParse(text[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? SqlValue.Double(real)
            : SqlValue.Integer(0);
    }

    /// <summary>The whole text is a number: what numeric affinity changes.</summary>
    static SqlValue ToNumericAffinity(SqlValue value)
    {
        if (!value.IsText) return value;
        var text = value.AsText.Trim(' ', '\t', '\n', '\v', '\f', '\r');
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return SqlValue.Integer(whole);
        var isNumber = text.Length > 0 && !text.AsSpan().ContainsAnyExcept(NumberCharacters) && text.AsSpan().ContainsAnyInRange('0', '9');
        return isNumber && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? SqlValue.Double(real) : value;
    }

    static bool IsNumeric(Affinity affinity) => affinity >= Affinity.Numeric;

    /// <summary>Order of two values that are not NULL: numbers, then texts, then blobs, after each side's affinity has bent the other.</summary>
    public static int? Compare(SqlValue left, Affinity leftAffinity, SqlValue right, Affinity rightAffinity)
    {
        (left, right) = (Store(left), Store(right));
        if (IsNumeric(leftAffinity) && !IsNumeric(rightAffinity)) right = ToNumericAffinity(right);
        else if (IsNumeric(rightAffinity) && !IsNumeric(leftAffinity)) left = ToNumericAffinity(left);
        else if (leftAffinity == Affinity.Text && rightAffinity == Affinity.None) right = ToTextAffinity(right);
        else if (rightAffinity == Affinity.Text && leftAffinity == Affinity.None) left = ToTextAffinity(left);
        if (Class(left) is not { } a || Class(right) is not { } b || !left.IsEvaluable || !right.IsEvaluable) return null;
        if (a != b) return a.CompareTo(b);
        return a switch
        {
            0 => CompareNumbers(left, right),
            1 => left.Kind == SqlKind.CaseInsensitiveText || right.Kind == SqlKind.CaseInsensitiveText
                ? SqlCompare.OrderText(AsciiLower(left.AsText), AsciiLower(right.AsText))
                : SqlCompare.OrderText(left.AsText, right.AsText),
            _ => SqlCompare.Order(left, right),
        };
    }

    /// <summary>SQLite compares an integer with a real exactly.</summary>
    static int? CompareNumbers(SqlValue left, SqlValue right)
    {
        if (left.Kind == right.Kind) return SqlCompare.Order(left, right);
        return left.Kind == SqlKind.Integer ? CompareExact(left.AsInteger, right.AsDouble) : -CompareExact(right.AsInteger, left.AsDouble);
    }

    static int CompareExact(long whole, double real)
    {
        if (real >= 9.3e18) return -1;
        if (real <= -9.3e18) return 1;
        var order = ((Int128)whole).CompareTo((Int128)Math.Truncate(real));
        return order != 0 ? order : 0.0.CompareTo(real - Math.Truncate(real));
    }

    static SqlValue ToTextAffinity(SqlValue value) =>
        value.IsNumber ? TextOf(value) is { } text ? SqlValue.Text(text) : SqlValue.NotEvaluable("a real's text is not told") : value;

    static int? Class(SqlValue value) => value.Kind switch
    {
        SqlKind.Integer or SqlKind.Double => 0,
        SqlKind.Text or SqlKind.CaseInsensitiveText => 1,
        SqlKind.Bytes => 2,
        _ => null,
    };

    /// <summary>Null when the value's text is not certain.</summary>
    public static string? TextOf(SqlValue value) => value.Kind switch
    {
        SqlKind.Text or SqlKind.CaseInsensitiveText => value.AsText,
        SqlKind.Integer or SqlKind.Boolean => value.AsInteger.ToString(CultureInfo.InvariantCulture),
        SqlKind.Double when Math.Abs(value.AsDouble) < 1e15 && value.AsDouble == Math.Truncate(value.AsDouble) =>
            value.AsDouble.ToString("F1", CultureInfo.InvariantCulture),
        SqlKind.Bytes when value.AsBytes.AsSpan().IndexOf((byte)0) < 0 => Encoding.UTF8.GetString(value.AsBytes),
        _ => null,
    };

    public static SqlValue Concatenate(SqlValue left, SqlValue right) =>
        TextOf(left) is { } a && TextOf(right) is { } b ? SqlValue.Text(a + b) : SqlValue.NotEvaluable("a real's text is not told");

    public static string AsciiLower(string text) => string.Create(text.Length, text, static (lower, source) =>
    {
        for (var i = 0; i < source.Length; i++) lower[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
    });

    public static SqlValue Arithmetic(string symbol, SqlValue left, SqlValue right)
    {
        var (a, b) = (Number(left), Number(right));
        if (!a.IsEvaluable) return a;
        if (!b.IsEvaluable) return b;
        if (symbol == "%") return Modulo(a, b);
        if (a.Kind == SqlKind.Integer && b.Kind == SqlKind.Integer)
        {
            if (symbol == "/")
                return b.AsInteger == 0 ? SqlValue.Null : b.AsInteger == -1 ? Whole(-(Int128)a.AsInteger)
                    : SqlValue.Integer(a.AsInteger / b.AsInteger);
            return Whole(symbol switch
            {
                "+" => (Int128)a.AsInteger + b.AsInteger,
                "-" => (Int128)a.AsInteger - b.AsInteger,
                _ => (Int128)a.AsInteger * b.AsInteger
            });
        }
        var (x, y) = (SqlCompare.ToDouble(a), SqlCompare.ToDouble(b));
        if (symbol == "/" && y == 0) return SqlValue.Null;
        var result = symbol switch { "+" => x + y, "-" => x - y, "*" => x * y, _ => x / y };
        return double.IsNaN(result) ? SqlValue.Null : SqlValue.Double(result);
    }

    /// <summary>An integer overflow becomes a real.</summary>
    static SqlValue Whole(Int128 value) =>
        value >= long.MinValue && value <= long.MaxValue ? SqlValue.Integer((long)value) : SqlValue.Double((double)value);

    static SqlValue Modulo(SqlValue left, SqlValue right)
    {
        var (a, b) = (ToInteger(left), ToInteger(right));
        if (b == 0) return SqlValue.Null;
        var rest = b == -1 ? 0 : a % b;
        return left.Kind == SqlKind.Integer && right.Kind == SqlKind.Integer ? SqlValue.Integer(rest) : SqlValue.Double(rest);
    }

    static long ToInteger(SqlValue number) => number.Kind == SqlKind.Integer ? number.AsInteger
        : number.AsDouble >= long.MaxValue ? long.MaxValue : number.AsDouble <= long.MinValue ? long.MinValue : (long)number.AsDouble;

    public static SqlValue Bitwise(string symbol, SqlValue left, SqlValue right)
    {
        var (x, y) = (Number(left), Number(right));
        if (!x.IsNumber || !y.IsNumber) return x.IsEvaluable ? y : x;
        var (a, b) = (ToInteger(x), ToInteger(y));
        return SqlValue.Integer(symbol switch
        {
            "&" => a & b,
            "|" => a | b,
            "<<" => Shift(a, b),
            _ => Shift(a, b == long.MinValue ? long.MaxValue : -b),
        });
    }

    static long Shift(long value, long left) => left >= 64 ? 0 : left >= 0 ? value << (int)left : left <= -64 ? value >> 63 : value >> (int)-left;

    public static SqlValue Cast(SqlValue value, Affinity affinity)
    {
        if (value.IsNull || !value.IsEvaluable) return value;
        switch (affinity)
        {
            case Affinity.Text:
                return TextOf(value) is { } text ? SqlValue.Text(text) : SqlValue.NotEvaluable("a real's text is not told");
            case Affinity.Blob:
                return value.Kind == SqlKind.Bytes ? value : TextOf(value) is { } raw ? SqlValue.Bytes(Encoding.UTF8.GetBytes(raw))
                    : SqlValue.NotEvaluable("a real's text is not told");
        }
        var number = Number(value);
        if (!number.IsNumber) return number;
        return affinity switch
        {
            Affinity.Real => SqlValue.Double(SqlCompare.ToDouble(number)),
            Affinity.Integer => SqlValue.Integer(ToInteger(value.IsText && number.Kind == SqlKind.Double ? WholePrefix(value.AsText) : number)),
            _ => number.Kind == SqlKind.Double && value.IsText && number.AsDouble == Math.Truncate(number.AsDouble)
                && Math.Abs(number.AsDouble) < 1e15
                ? SqlValue.Integer((long)number.AsDouble) : number,
        };
    }

    /// <summary>CAST('1.9e3' AS INTEGER) is 1: only the leading digits count.</summary>
    static SqlValue WholePrefix(string text)
    {
        text = text.TrimStart(' ', '\t', '\n', '\v', '\f', '\r');
        var end = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return long.TryParse(text[..end], out var whole) ? SqlValue.Integer(whole) : Prefix(text[..end]);
    }
}
