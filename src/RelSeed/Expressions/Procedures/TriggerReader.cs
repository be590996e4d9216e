using System.Runtime.CompilerServices;
using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>Reads what INSERT triggers do out of their text: PL/pgSQL bodies, SQLite's CREATE TRIGGER.</summary>
/// <remarks>Any text is safe. It follows statements and blocks, not expressions; what it does not understand counts as uncertain.
/// Linear in the text's length.</remarks>
public static class TriggerReader
{
    /// <summary>Characters of the longest text that is read.</summary>
    public const int MaxLength = 100_000;

    // A plan is made many times over; a trigger of one schema is always read in its dialect.
    static readonly ConditionalWeakTable<Trigger, TriggerBody> Known = [];

    /// <param name="trigger">Fires on INSERT, or nothing is read.</param>
    public static TriggerBody Read(Trigger trigger, Dialect dialect) => Known.GetValue(trigger, t => ReadText(t, dialect));

    static TriggerBody ReadText(Trigger trigger, Dialect dialect)
    {
        var body = dialect == Dialect.Sqlite ? trigger.Definition : trigger.Body;
        if (!trigger.Events.HasFlag(TriggerEvents.Insert) || body.Length is 0 or > MaxLength || trigger.Definition.Length > MaxLength)
            return TriggerBody.Empty;
        var head = BodyTokens.Read(trigger.Definition, dialect);
        var condition = ConditionOf(head, dialect, out var start);
        var tokens = dialect == Dialect.Sqlite ? head[start..] : BodyTokens.Read(body, dialect);
        return new StatementWalk(tokens, dialect, condition).Run();
    }

    // FOR EACH ROW WHEN (…) EXECUTE FUNCTION, or WHEN … BEGIN.
    static List<Token> ConditionOf(List<Token> head, Dialect dialect, out int start)
    {
        var end = dialect == Dialect.Sqlite ? "BEGIN" : "EXECUTE";
        start = head.FindIndex(t => t.IsWord(end));
        if (start < 0) start = head.Count;
        var when = head.FindIndex(0, start, t => t.IsWord("WHEN"));
        return when < 0 ? [] : head[(when + 1)..start];
    }
}
