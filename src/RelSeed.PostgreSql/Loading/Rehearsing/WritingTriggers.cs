using Npgsql;
using RelSeed.Loading;
using RelSeed.PostgreSql.Loading.Rebuild;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading.Rehearsing;

/// <summary>Finds the trigger that a failing function belongs to, where it could be switched off for a load: it fires after the row, so the row is what it
/// is without it, and it raises no errors of its own.</summary>
sealed class WritingTriggers(LoadSession session)
{
    const string Triggers = $"""
        select n.nspname::text, c.relname::text, t.tgname::text
        from pg_trigger t
        join pg_class c on c.oid = t.tgrelid
        join pg_namespace n on n.oid = c.relnamespace
        where t.tgfoid = to_regprocedure($1) and not t.tgisinternal and t.tgparentid = 0 and t.tgenabled in ('O', 'A') and t.tgconstraint = 0
          and t.tgtype & {BeforeOrInstead} = 0 and t.tgtype & {InsertOrUpdate} <> 0
          and c.relkind = 'r' and not c.relispartition and pg_has_role(c.relowner, 'USAGE')
          and not exists ({EventTriggerQuery.Sql})
        """;

    // Bits of pg_trigger.tgtype.
    const string BeforeOrInstead = "66";
    const string InsertOrUpdate = "20";

    readonly Dictionary<string, List<(TableName Table, string Name)>> _known = new(StringComparer.Ordinal);

    /// <param name="functions">Signatures of those that ran, innermost first; the innermost ones may merely have been called.</param>
    /// <param name="texts">Their bodies.</param>
    public async Task<(TableName Table, string Name)?> FindAsync(
        TableName table, List<string> functions, List<string> texts, CancellationToken cancellationToken)
    {
        for (var f = 0; f < Math.Min(functions.Count, texts.Count) && !TriggerText.Raises(texts[f]); f++)
        {
            if (!_known.TryGetValue(functions[f], out var found))
                _known[functions[f]] = found = await session.QueryAsync(Triggers,
                    row => (new TableName(row.GetString(0), row.GetString(1)), row.GetString(2)), cancellationToken,
                    new NpgsqlParameter { Value = functions[f] });
            var own = found.FindAll(t => t.Table == table);
            if (own.Count == 1) return own[0];
            if (found.Count > 0) return found.Count == 1 ? found[0] : null;
        }
        return null;
    }
}
