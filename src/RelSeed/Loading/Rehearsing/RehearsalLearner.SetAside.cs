using RelSeed.Expressions;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Triggers that only add rows to other tables, and cannot: those rows are made as any others, and the trigger is off meanwhile.</summary>
sealed partial class RehearsalLearner
{
    /// <returns>False when it must fire.</returns>
    bool SetAside(ref PlanOptions options, RowRefusal refusal, string reason)
    {
        if (refusal.Writer is not { } writer || plan.Schema.Find(writer.Table)?.Triggers.FirstOrDefault(t => t.Name == writer.Name) is not { } trigger)
            return false;
        if (options.Learned.GetValueOrDefault(writer.Table)?.SetAside.Any(s => s.Name == writer.Name) == true) return true;
        var inserts = TriggerReader.Read(trigger, plan.Schema.Dialect()).Inserts;
        var written = plan.Schema.Tables.Select(t => t.Name).Where(t => inserts.Any(i => i.Table == t.Name && (i.Schema ?? t.Schema) == t.Schema));
        return Add(ref options, writer.Table, new LearnedTable { SetAside = [new(writer.Name, [.. written], $"it {reason}")] });
    }

    /// <summary>A trigger looks for rows that another one would have written, had it not been set aside.</summary>
    bool Follow(ref PlanOptions options, RowRefusal refusal)
    {
        if (refusal is not { Kind: RefusalKind.Trigger, Writer: not null, Text: { } text }) return false;
        foreach (var (table, learned) in options.Learned)
            foreach (var trigger in learned.SetAside)
                if (trigger.Written.FirstOrDefault(w => TriggerText.Mentions(text, w.Name)) is { Name: not null } missing)
                    return SetAside(ref options, refusal,
                        $"looks for rows of {plan.Schema.ShortName(missing)} that trigger {trigger.Name} of {plan.Schema.ShortName(table)} would write");
        return false;
    }
}
