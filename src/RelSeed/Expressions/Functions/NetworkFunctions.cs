using RelSeed.Numerics;
using static RelSeed.Expressions.ScalarFunction;

namespace RelSeed.Expressions;

/// <summary>PostgreSQL's addresses: order, text, functions and which network holds which.</summary>
static class NetworkFunctions
{
    public static readonly KeyValuePair<string, ScalarFunction>[] PostgreSql =
    [
        Strict("host", 1, static (a, _) => On(a[0], static n => SqlValue.Text((n with { Prefix = n.Bits }).Print(withPrefix: false)))),
        Strict("masklen", 1, static (a, _) => On(a[0], static n => SqlValue.Integer(n.Prefix))),
        Strict("family", 1, static (a, _) => On(a[0], static n => SqlValue.Integer(n.Family))),
    ];

    static SqlValue On(SqlValue value, Func<NetworkValue, SqlValue> apply) => value.Kind == SqlKind.Network
        ? apply(NetworkValue.Of(value.AsInteger)) : SqlValue.NotEvaluable("a network function on no address");

    public static SqlValue Parse(string text) =>
        NetworkValue.Parse(text)?.Pack() is { } packed ? SqlValue.Network(packed) : SqlValue.NotEvaluable("an address that is not read");

    public static string Print(long network) => NetworkValue.Of(network).Print(withPrefix: false);

    public static int Order(long left, long right) => NetworkValue.Compare(NetworkValue.Of(left), NetworkValue.Of(right));

    /// <summary>The operators &lt;&lt;, &lt;&lt;=, &gt;&gt;, &gt;&gt;= and &amp;&amp; of two networks.</summary>
    public static SqlValue Contain(string symbol, SqlValue left, SqlValue right)
    {
        if (left.Kind != SqlKind.Network || right.Kind != SqlKind.Network) return SqlValue.NotEvaluable($"the operator {symbol} is not evaluated");
        var (a, b) = (NetworkValue.Of(left.AsInteger), NetworkValue.Of(right.AsInteger));
        return SqlValue.Boolean(symbol switch
        {
            "<<" => b.Covers(a) && b.Prefix < a.Prefix,
            "<<=" => b.Covers(a),
            ">>" => a.Covers(b) && a.Prefix < b.Prefix,
            ">>=" => a.Covers(b),
            _ => a.Covers(b) || b.Covers(a),
        });
    }
}
