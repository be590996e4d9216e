using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Gathers the faults of a plan, so that all are told at once.</summary>
static class PlanFaults
{
    /// <summary>The fault with the table it was found at.</summary>
    public static PlanException Of(TableName table, PlanException fault) =>
        fault.Tables.Count > 0 ? fault : new PlanException(fault.Id, TextOf(fault)) { Tables = [new(table.ToString(), FirstClause(fault))] };

    public static void Throw(List<PlanException> faults)
    {
        if (faults.Count == 0) return;
        if (faults.Count == 1) throw faults[0];
        throw new PlanException(faults[0].Id, string.Join(Environment.NewLine, faults.Select((f, i) => i == 0 ? TextOf(f) : f.Message)))
        {
            Tables = [.. faults.SelectMany(f => f.Tables)],
        };
    }

    static string TextOf(PlanException fault) => fault.Message[(fault.Id.Length + 1)..];

    // The rest of the paragraph says what the user may do.
    static string FirstClause(PlanException fault) =>
        fault.Message.IndexOf(". ", StringComparison.Ordinal) is var end and > 0 ? fault.Message[..end] : fault.Message.TrimEnd('.');
}
