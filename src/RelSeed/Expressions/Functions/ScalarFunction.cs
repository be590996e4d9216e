using System.Collections.Frozen;

namespace RelSeed.Expressions;

delegate SqlValue ScalarBody(ReadOnlySpan<SqlValue> arguments, EvaluationContext context);

/// <summary>A function the evaluator knows.</summary>
/// <param name="IsStrict">NULL for any NULL argument, so that the body sees none.</param>
sealed record ScalarFunction(int MinimumArguments, int MaximumArguments, bool IsStrict, ScalarBody Body)
{
    public static KeyValuePair<string, ScalarFunction> Strict(string name, int minimum, int maximum, ScalarBody body) =>
        new(name, new(minimum, maximum, IsStrict: true, body));

    public static KeyValuePair<string, ScalarFunction> Strict(string name, int arguments, ScalarBody body) =>
        Strict(name, arguments, arguments, body);

    public static KeyValuePair<string, ScalarFunction> Lenient(string name, int minimum, int maximum, ScalarBody body) =>
        new(name, new(minimum, maximum, IsStrict: false, body));
}

/// <summary>The functions of each dialect by name.</summary>
static class FunctionCatalog
{
    static readonly FrozenDictionary<string, ScalarFunction> PostgreSql = Join(
        TextFunctions.PostgreSql, NumberFunctions.PostgreSql, TimeFunctions.PostgreSql, JsonFunctions.PostgreSql, ArrayFunctions.PostgreSql,
        RangeFunctions.PostgreSql, NetworkFunctions.PostgreSql);

    static readonly FrozenDictionary<string, ScalarFunction> Sqlite = Join(SqliteFunctions.All);

    static FrozenDictionary<string, ScalarFunction> Join(params IEnumerable<KeyValuePair<string, ScalarFunction>>[] groups) =>
        groups.SelectMany(g => g).ToFrozenDictionary();

    /// <summary>Null for what the evaluator does not know.</summary>
    public static ScalarFunction? Find(Dialect dialect, string name, int arguments)
    {
        var functions = dialect switch { Dialect.PostgreSql => PostgreSql, Dialect.Sqlite => Sqlite, _ => null };
        return functions is not null && functions.TryGetValue(name, out var function) && arguments >= function.MinimumArguments
            && arguments <= function.MaximumArguments
            ? function
            : null;
    }
}
