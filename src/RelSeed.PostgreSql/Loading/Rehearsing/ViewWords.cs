using System.Text.RegularExpressions;
using Npgsql;
using RelSeed.PostgreSql.Schema;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading.Rehearsing;

/// <summary>Texts that the views list which a function reads: a trigger may take only those.</summary>
sealed partial class ViewWords(LoadSession session)
{
    // More than that is data, no list of what is allowed.
    const int MostWords = 40;

    const string Columns = """
        select n.nspname::text, c.relname::text, a.attname::text
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        join pg_type t on t.oid = a.atttypid
        where c.relkind in ('v', 'm') and n.nspname <> 'information_schema' and t.typcategory = 'S'
          and $1 ~ ('\m' || regexp_replace(c.relname, '(\W)', '\\\1', 'g') || '\M') and $1 ~ ('\m' || regexp_replace(a.attname, '(\W)', '\\\1', 'g') || '\M')
          and has_table_privilege(c.oid, 'SELECT')
        order by 1, 2, a.attnum
        """;

    readonly Dictionary<string, EquatableArray<string>> _known = new(StringComparer.Ordinal);

    public async Task<EquatableArray<string>> WordsAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var text = string.Join('\n', texts);
        if (!_known.TryGetValue(text, out var words)) _known[text] = words = await ReadAsync(text, cancellationToken);
        return words;
    }

    async Task<EquatableArray<string>> ReadAsync(string text, CancellationToken cancellationToken)
    {
        var columns = await session.QueryAsync(Columns, row => (View: new TableName(row.GetString(0), row.GetString(1)), Name: row.GetString(2)),
            cancellationToken, new NpgsqlParameter { Value = text });
        var words = new List<string>();
        foreach (var asked in Asked.Matches(text).Cast<Match>())
            words.AddRange(await SelectAsync(asked.Groups["value"].Value, asked.Groups["view"].Value, cancellationToken));
        foreach (var (view, name) in columns) words.AddRange(await SelectAsync(SqlName.Quote(name), SqlName.Quote(view), cancellationToken));
        return words.Distinct(StringComparer.Ordinal).ToEquatableArray();
    }

    async Task<IReadOnlyList<string>> SelectAsync(string value, string view, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> words = [];
        await session.ExecuteAsync("savepoint relseed_view", cancellationToken);
        try
        {
            words = await session.QueryAsync($"select distinct ({value})::text from {view} where ({value}) is not null order by 1 limit {MostWords}",
                row => row.GetString(0), cancellationToken);
        }
        catch (PostgresException fault) when (RefusalReader.IsRefusal(fault) || fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            await session.ExecuteAsync("rollback to savepoint relseed_view", cancellationToken);
        }
        await session.ExecuteAsync("release savepoint relseed_view", cancellationToken);
        return words;
    }

    // What a parameter is looked up by: exists (select 1 from view where value = parameter). The value comes from a text into a statement, so it is a name,
    // or names and literals put together: nothing that could do anything.
    [GeneratedRegex(
        """\bexists\s*\(\s*select\s+[\w*]+\s+from\s+(?<view>[\w.]+)\s+where\s+"""
        + """(?<value>([a-z_][\w.]*|(concat|lower|upper)\s*\(\s*([a-z_][\w.]*|'[^'\\]*')(\s*,\s*([a-z_][\w.]*|'[^'\\]*'))*\s*\)))\s*=\s*(\w+|\$\d)\s*\)""",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    internal static partial Regex Asked { get; }
}
