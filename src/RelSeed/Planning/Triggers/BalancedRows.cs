using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Tables whose rows must cancel out within their parent, as a trigger demands that waits for the commit or for the statement's end: they
/// stand in pairs of opposite amounts.</summary>
static class BalancedRows
{
    public static Dictionary<TableName, RowBalance> Of(DatabaseSchema schema, IReadOnlyList<Table> tables)
    {
        var found = new Dictionary<TableName, RowBalance>();
        var texts = tables.SelectMany(t => t.Triggers).Where(t => t.Enabled && t.Body.Length > 0 && (t.IsDeferrable || !t.IsRow))
            .Select(t => t.Body).Distinct(StringComparer.Ordinal).Where(BalanceReader.MayAsk).ToList();
        if (texts.Count == 0) return found;
        foreach (var table in tables.Where(t => t.ForeignKeys.Count > 0))
            if (texts.Select(t => BalanceReader.Read(t, table)).FirstOrDefault(b => b is not null) is { } balance) found[table.Name] = balance;
        return found;
    }

    /// <summary>The table with what its side's column may hold.</summary>
    public static Table Apply(Table table, RowBalance? balance)
    {
        if (balance is not { Other: { } side, Sides: { Count: > 0 } sides } || table[side].Type.Kind == TypeKind.Boolean) return table;
        var values = string.Join(", ", sides.Select(s => $"'{s}'"));
        var check = new CheckConstraint("trigger: sides of a balance", $"\"{side.Replace("\"", "\"\"")}\" IN ({values})");
        return table with { Checks = [.. table.Checks, check] };
    }

    /// <summary>A parent that must have a row has two.</summary>
    public static void Raise(Dictionary<TableName, RowBalance> balances, TriggerFolding triggers, Dictionary<TableName, (long Rows, string Reason)> counts,
        TableGraph graph)
    {
        foreach (var (name, balance) in balances.Where(b => triggers.Children.GetValueOrDefault(b.Key)?.Contains(b.Value.Key) == true))
        {
            var parent = graph.Find(name).ForeignKeys.First(k => k.Name == balance.Key).Principal;
            if (counts.TryGetValue(parent, out var parents) && counts[name].Rows < 2 * parents.Rows && counts[name].Reason != RowCounts.AskedForTable)
                counts[name] = (2 * parents.Rows, $"two at least for each of {parent}, as its trigger demands");
        }
    }

    /// <summary>Lets the parents group the rows, two and two.</summary>
    public static void Begin(TableDraft draft, ReferencePlanner references, RowBalance? balance)
    {
        if (balance is null || draft.Profile is not null || draft.IsSearched || draft.Driving is not null) return;
        if (draft.References.Find(r => r.Key.Name == balance.Key) is not { IsUsable: true, Mechanism: null } reference) return;
        draft.Limit(draft.Rows & ~1L, "its rows stand in pairs whose amounts cancel out");
        draft.Balance = balance;
        if (!references.Drive(draft, reference, long.MaxValue, "pairs of opposite amounts")) draft.Balance = null;
    }
}
