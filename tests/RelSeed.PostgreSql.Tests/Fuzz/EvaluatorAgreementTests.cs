using System.Globalization;
using FsCheck.Fluent;
using Npgsql;
using RelSeed.Expressions;
using RelSeed.Schema;
using RelSeed.Tests.Expressions;

namespace RelSeed.PostgreSql.Tests.Fuzz;

/// <summary>Random conditions over random rows have the same truth value in the evaluator as in the server.</summary>
public class EvaluatorAgreementTests(PostgreSqlFixture server)
{
    const int Wanted = 10_000, AtOnce = 40, Rows = 24;

    [Fact]
    public async Task Ten_thousand_random_conditions_have_the_servers_truth_value()
    {
        await using var database =
            await server.CreateDatabaseAsync(
            "create table r (id integer primary key, p boolean, q boolean, r boolean, a integer, b integer, c integer, s text collate \"C\", t text collate \"C\")");
        var rows = ExpressionGenerators.Row.Sample(Rows, 10).ToList();
        await using var connection = await database.OpenAsync();
        for (var i = 0; i < Rows; i++) await InsertAsync(connection, i, rows[i]);
        var (compared, unread) = (0, 0);
        var different = new List<string>();
        foreach (var some in ExpressionGenerators.Conditions.Generator.Sample(Wanted * 6 / 5, 24).Chunk(AtOnce))
        {
            foreach (var (expression, truths) in await AskAsync(connection, some))
            {
                for (var i = 0; i < Rows; i++)
                {
                    var ours = ExpressionGenerators.Evaluate(expression, rows[i]);
                    if (!ours.IsEvaluable) unread++;
                    else if (truths is null) different.Add($"{expression} is refused by the server and {ours} here");
                    else if (ours.ToString() != truths[i]) different.Add($"{expression} is {truths[i]} in the server and {ours} here, for row {i}");
                }
                compared++;
            }
        }
        Assert.Equal([], different.Take(5));
        Assert.True(compared >= Wanted, $"{compared} compared");
        Assert.True(unread < compared * Rows / 20, $"{unread} of {compared * Rows} not evaluated");
    }

    /// <summary>The truth value of each expression for each row; null where the server raises an error of the values. What is no valid SQL
    /// (an operator over two NULLs without a type) is left out.</summary>
    static async Task<List<(Expression Expression, string[]? Truths)>> AskAsync(NpgsqlConnection connection, Expression[] expressions)
    {
        try
        {
            var columns = string.Join(", ", expressions.Select(e => $"coalesce(({e})::text, 'NULL')"));
            var truths = expressions.Select(_ => new string[Rows]).ToList();
            await using var command = new NpgsqlCommand($"select {columns} from r order by id", connection);
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            for (var row = 0; await reader.ReadAsync(TestContext.Current.CancellationToken); row++)
                for (var e = 0; e < expressions.Length; e++) truths[e][row] = Print(reader.GetString(e));
            return [.. expressions.Zip(truths, (e, t) => (e, (string[]?)t))];
        }
        catch (PostgresException refused) when (expressions.Length == 1)
        {
            return refused.SqlState.StartsWith("22", StringComparison.Ordinal) ? [(expressions[0], null)] : [];
        }
        catch (PostgresException)
        {
            var half = expressions.Length / 2;
            return [.. await AskAsync(connection, [.. expressions.Take(half)]), .. await AskAsync(connection, [.. expressions.Skip(half)])];
        }
    }

    // The server's text of a boolean, as the evaluator prints it.
    static string Print(string text) =>
        text switch { "true" => SqlValue.True.ToString(), "false" => SqlValue.False.ToString(), _ => SqlValue.Null.ToString() };

    static async Task InsertAsync(NpgsqlConnection connection, int id, Dictionary<string, SqlValue> row)
    {
        var names = ExpressionGenerators.Columns.Select(c => c.Name).ToList();
        await using var command =
            new NpgsqlCommand($"insert into r (id, {string.Join(", ", names)}) values ($1, {string.Join(", ", names.Select((_, i) => $"${i + 2}"))})",
            connection);
        command.Parameters.AddWithValue(id);
        foreach (var name in names) command.Parameters.AddWithValue(Parameter(row[name]));
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    static object Parameter(SqlValue value) => value.Kind switch
    {
        SqlKind.Null => DBNull.Value,
        SqlKind.Boolean => value.IsTrue,
        SqlKind.Integer => (int)value.AsInteger,
        _ => value.AsText,
    };
}
