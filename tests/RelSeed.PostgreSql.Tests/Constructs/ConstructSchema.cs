using System.Globalization;

namespace RelSeed.PostgreSql.Tests.Constructs;

/// <summary>A hand-written schema of one construct, with what is expected of it in comments: <c>-- expect TABLE N</c> (rows a table can hold),
/// <c>-- times TABLE N</c> (so many times the rows asked for, since triggers make rows), <c>-- least TABLE</c> (no fewer than asked),
/// <c>-- rows TABLE=N</c>, <c>-- set NAME=VALUE</c>, <c>-- server N</c> (the oldest version that takes it).</summary>
sealed record ConstructSchema(string Name, string Sql)
{
    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Constructs");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.sql").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    public static ConstructSchema Load(string name) => new(name, File.ReadAllText(Path.Combine(Folder, name + ".sql")));

    /// <summary>Rows a table holds when so many are asked of it.</summary>
    public long Expected(string table, long asked)
    {
        var wanted = Rows.TryGetValue(table, out var own) ? own : asked;
        if (Lines("times").Select(l => l.Split(' ')).FirstOrDefault(p => p[0] == table) is [_, var times])
            wanted *= long.Parse(times, CultureInfo.InvariantCulture);
        return Lines("expect").Select(l => l.Split(' ')).FirstOrDefault(p => p[0] == table) is [_, var most] && most != "all"
            ? Math.Min(wanted, long.Parse(most, CultureInfo.InvariantCulture)) : wanted;
    }

    /// <summary>It may hold more rows than expected.</summary>
    public bool IsLeast(string table) => Lines("least").Contains(table);

    public IReadOnlyDictionary<string, long> Rows =>
        Lines("rows").Select(l => l.Split('=')).ToDictionary(p => p[0], p => long.Parse(p[1], CultureInfo.InvariantCulture));

    public IEnumerable<(string Name, string Value)> Settings => Lines("set").Select(l => l.Split('=', 2)).Select(p => (p[0], p[1]));

    public int OldestServer => Lines("server").Select(l => int.Parse(l, CultureInfo.InvariantCulture)).FirstOrDefault();

    IEnumerable<string> Lines(string word) =>
        Sql.Split('\n').Where(l => l.StartsWith($"-- {word} ", StringComparison.Ordinal)).Select(l => l[(word.Length + 4)..].Trim());
}
