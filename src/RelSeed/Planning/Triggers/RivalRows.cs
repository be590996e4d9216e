using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Two tables of which each one's trigger deletes the other's row with the same keys: <c>delete from absent where meeting_id =
/// new.meeting_id and person_id = new.person_id</c>, and the other way round; or refuses its own row where the other's is there. No order of
/// writing keeps both, so they take different parents.</summary>
static class RivalRows
{
    /// <summary>The options with the parents that each of two such tables may take.</summary>
    public static PlanOptions Learn(DatabaseSchema schema, IReadOnlyList<Table> tables, PlanOptions options)
    {
        var named = tables.ToLookup(t => t.Name.Name, StringComparer.Ordinal);
        var rivals = (from table in tables
                      from trigger in table.Triggers
                      where trigger is { Enabled: true, IsRow: true, Timing: not TriggerTiming.InsteadOf }
                      from rival in Against(TriggerReader.Read(trigger, schema.Dialect()))
                      let other = TriggerLookups.Find(named[rival.Table], rival.Schema, table, schema)
                      where other is not null && rival.Keys.Count > 0
                      select (Writer: table, Other: other, Pairs: rival.Keys, Trigger: trigger.Name)).ToList();
        foreach (var first in rivals.Where(d => d.Writer.Name.CompareTo(d.Other.Name) < 0).DistinctBy(d => (d.Writer, d.Other)))
            if (rivals.Exists(d => d.Writer == first.Other && d.Other == first.Writer)
                && SharedParent(first.Writer, first.Other, first.Pairs) is var (left, right, column))
            {
                options = Take(options, first.Writer, left, $"{column} % 2 = 0", first.Trigger);
                options = Take(options, first.Other, right, $"{column} % 2 <> 0", first.Trigger);
            }
        return options;
    }

    static IEnumerable<TriggerBar> Against(TriggerBody body) => body.Deletes.Select(d => new TriggerBar(d.Schema, d.Table, d.Keys)).Concat(body.Bars);

    static PlanOptions Take(PlanOptions options, Table table, ForeignKey key, string condition, string trigger) => LearnedFacts.Add(options,
        table.Name, new LearnedTable { Parents = [new ParentCondition(key.Name, condition, $"trigger {trigger}")] });

    // A number of the parent's that both refer to by columns which the text sets equal.
    static (ForeignKey Left, ForeignKey Right, string Column)? SharedParent(Table table, Table other, EquatableArray<DemandedValue> pairs) => (
        from pair in pairs
        from left in Keys(table, pair.Value.Column)
        from right in Keys(other, pair.Column)
        where left.Principal == right.Principal && left.PrincipalColumns.SequenceEqual(right.PrincipalColumns)
        select ((ForeignKey, ForeignKey, string)?)(left, right, $"\"{left.PrincipalColumns[0].Replace("\"", "\"\"")}\"")).FirstOrDefault();

    static IEnumerable<ForeignKey> Keys(Table table, string? column) => table.ForeignKeys.Where(k =>
        k.Columns is [var only] && only == column && table[only] is { IsNullable: false } told && told.Type.Kind.IsInteger());
}
