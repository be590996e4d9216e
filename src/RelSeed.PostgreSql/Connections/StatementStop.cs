using Npgsql;

namespace RelSeed.PostgreSql.Connections;

/// <summary>Asks the server to stop a COPY that its triggers hold up: the connection itself waits for the answer and can ask nothing.</summary>
static class StatementStop
{
    // What a pooler tells as the process may be another's.
    const string Stop = "select pg_cancel_backend(pid) from pg_stat_activity where pid = $1 and usename = current_user and query ilike 'copy %'";

    /// <summary>Never throws: without another connection the statement is waited for.</summary>
    public static async Task AskAsync(NpgsqlConnection waiting)
    {
        try
        {
            await using var other = (NpgsqlConnection)((ICloneable)waiting).Clone();
            await other.OpenAsync();
            await using var command = new NpgsqlCommand(Stop, other) { Parameters = { new() { Value = waiting.ProcessID } } };
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            // The wait goes on.
        }
    }
}
