using RelSeed.Schema;

namespace RelSeed.Sqlite.Schema.CreateText;

/// <summary>Reads the head of CREATE TRIGGER text that SQLite has accepted; never fails.</summary>
static class CreateTriggerParser
{
    public static (TriggerTiming Timing, TriggerEvents Event) Parse(string sql)
    {
        var tokens = new SqlTokens(sql);
        for (var i = StartOfTiming(tokens); i < tokens.Count; i++)
            if (EventAt(tokens, i) is var found and not TriggerEvents.None) return (TimingAt(tokens, i - 1), found);
        return (TriggerTiming.Before, TriggerEvents.None);
    }

    // Behind the trigger's name, which may be spelt like an event.
    static int StartOfTiming(SqlTokens tokens)
    {
        var at = tokens.FindWord("TRIGGER", 0) + 1;
        if (tokens.IsWord(at, "IF") && tokens.IsWord(at + 1, "NOT")) at += 3;
        return tokens.IsSymbol(at + 1, ".") ? at + 3 : at + 1;
    }

    static TriggerEvents EventAt(SqlTokens tokens, int index) =>
        tokens.IsWord(index, "INSERT") ? TriggerEvents.Insert
        : tokens.IsWord(index, "UPDATE") ? TriggerEvents.Update
        : tokens.IsWord(index, "DELETE") ? TriggerEvents.Delete
        : TriggerEvents.None;

    static TriggerTiming TimingAt(SqlTokens tokens, int index) =>
        tokens.IsWord(index, "AFTER") ? TriggerTiming.After
        : tokens.IsWord(index, "OF") ? TriggerTiming.InsteadOf
        : TriggerTiming.Before;
}
