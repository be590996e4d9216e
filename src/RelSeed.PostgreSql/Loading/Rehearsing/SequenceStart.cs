using RelSeed.Planning;
using RelSeed.PostgreSql.Schema;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading.Rehearsing;

/// <summary>Moves sequences behind the rows to come, for triggers that take numbers from them meanwhile.</summary>
/// <remarks>Unlike setval and nextval, ALTER SEQUENCE … RESTART is part of the transaction, and so is every nextval after it: rolled back, the
/// sequence is as it was. Only its owner may do it.</remarks>
sealed class SequenceStart(LoadSession session)
{
    const string Owned = """
        select n.nspname::text, c.relname::text, s.seqincrement, s.seqmin, s.seqmax
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_sequence s on s.seqrelid = c.oid
        where n.nspname::text = any($1) and pg_has_role(c.relowner, 'USAGE')
        """;

    public async Task SetAsync(SeedPlan plan, CancellationToken cancellationToken)
    {
        if (!MayBeCalled(plan)) return;
        var behind = Behind(plan);
        var schemas = Catalog.Names(plan.Tables.Select(t => t.Table.Name.Schema).Concat(behind.Keys.Select(s => s.Schema)).Distinct());
        var sequences = await session.QueryAsync(Owned,
            row => (Name: new TableName(row.GetString(0), row.GetString(1)), Increment: row.GetInt64(2), Min: row.GetInt64(3), Max: row.GetInt64(4)),
            cancellationToken, schemas);
        var statements = new List<string>();
        foreach (var sequence in sequences)
        {
            var last = (await session.QueryAsync($"select last_value, is_called from {SqlName.Quote(sequence.Name)}",
                row => (Value: row.GetInt64(0), IsCalled: row.GetBoolean(1)), cancellationToken))[0];
            var next = (Int128)last.Value + (last.IsCalled ? sequence.Increment : 0);
            if (behind.TryGetValue(sequence.Name, out var planned))
                next = sequence.Increment > 0 ? Int128.Max(next, planned) : Int128.Min(next, planned);
            if (next >= sequence.Min && next <= sequence.Max)
                statements.Add($"alter sequence {SqlName.Quote(sequence.Name)} restart with {(long)next}");
        }
        await session.ExecuteAsync(statements, cancellationToken);
    }

    // Without triggers, and without columns left to their defaults, nobody calls a sequence.
    static bool MayBeCalled(SeedPlan plan) => plan.Tables.Any(t => t.Rows > 0
        && (t.Table.Triggers.Any(g => g.Enabled && g.Events.HasFlag(TriggerEvents.Insert))
        || t.Columns.Any(c => c.IsOmitted && c.Column.Default is not null)));

    static Dictionary<TableName, Int128> Behind(SeedPlan plan)
    {
        var behind = new Dictionary<TableName, Int128>();
        foreach (var table in plan.Tables.Where(t => t.Rows > 0))
            foreach (var column in table.Columns)
                if (column is { Column.Sequence.Name: var name, Generator: SerialSpec serial })
                {
                    var next = serial.Start + (Int128)serial.Step * table.Rows;
                    behind[name] = behind.TryGetValue(name, out var known) ? serial.Step > 0 ? Int128.Max(known, next)
                        : Int128.Min(known, next) : next;
                }
        return behind;
    }
}
