namespace RelSeed.Sqlite.Interop;

/// <summary>What the library answered, for who must tell one refusal from another; always the cause of a <see cref="DatabaseException"/>.</summary>
/// <param name="code">Extended result code: its low byte is the primary code.</param>
sealed class SqliteResultException(int code, string message) : Exception(message)
{
    public int Code { get; } = code;
    public int PrimaryCode => Code & 0xFF;
}
