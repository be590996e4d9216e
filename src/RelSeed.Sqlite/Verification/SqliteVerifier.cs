using System.Diagnostics;
using RelSeed.Loading;
using RelSeed.Schema;
using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Verification;

/// <summary>Asks the data itself whether every constraint holds, whatever SQLite has enforced.</summary>
sealed class SqliteVerifier(SqliteHandle handle, DatabaseSchema schema, IReadOnlyDictionary<TableName, long> expectedRows)
{
    readonly List<VerificationFinding> _findings = [];
    readonly List<string> _unchecked = [];
    int _checked;

    public VerificationReport Verify(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        foreach (var table in schema.Tables)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Scan(table);
            foreach (var key in table.AllKeys) Ask(table, VerificationKind.Unique, key.Name, UniqueKeySql.Duplicates(table, key));
            foreach (var key in table.ForeignKeys) Ask(table, VerificationKind.ForeignKey, key.Name, ForeignKeySql.Orphans(schema, table, key));
        }
        return new VerificationReport
        {
            Findings = _findings.ToEquatableArray(),
            Checked = _checked,
            Unchecked = _unchecked.ToEquatableArray(),
            Seconds = clock.Elapsed.TotalSeconds,
        };
    }

    void Scan(Table table)
    {
        List<RowRule> rules = [.. RowRule.Of(table)];
        var counts = Probe.Counts(handle, RowRule.ScanSql(table.Name, rules), out var obstacle);
        if (obstacle is not null)
        {
            // One rule that cannot be asked must not hide the others.
            foreach (var rule in rules) AskAlone(table, rule);
            counts = Probe.Counts(handle, RowRule.ScanSql(table.Name, []), out _);
            rules = [];
        }
        for (var i = 0; i < rules.Count; i++) Note(table, rules[i].Kind, rules[i].Constraint, counts[i + 1]);
        if (expectedRows.TryGetValue(table.Name, out var expected))
            Note(table, VerificationKind.RowCount, "", Math.Max(0, expected - counts.FirstOrDefault()));
    }

    void AskAlone(Table table, RowRule rule) =>
        Ask(table, rule.Kind, rule.Constraint, $"SELECT count(*) FROM {SqlText.Table(table.Name.Name)} WHERE {rule.Breaks}");

    void Ask(Table table, VerificationKind kind, string constraint, string sql)
    {
        var rows = Probe.Count(handle, sql, out var obstacle);
        if (obstacle is null) Note(table, kind, constraint, rows);
        else _unchecked.Add($"{table.Name}.{constraint}: {obstacle}");
    }

    void Note(Table table, VerificationKind kind, string constraint, long rows)
    {
        _checked++;
        if (rows > 0) _findings.Add(new VerificationFinding(table.Name, kind, constraint, rows));
    }
}
