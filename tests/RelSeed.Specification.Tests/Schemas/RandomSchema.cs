namespace RelSeed.Specification.Tests.Schemas;

/// <summary>A schema made of chance: keys of every kind that overlap, references that share columns and form cycles, checks over them.
/// In the SQL that PostgreSQL and SQLite share.</summary>
public sealed class RandomSchema
{
    /// <summary>One schema of so many may be refused; some of them can hold no row at all.</summary>
    public const int RefusedShare = 4;

    static readonly string[] Types =
        ["integer", "bigint", "smallint", "text", "varchar(12)", "varchar(40)", "boolean", "date", "timestamp", "numeric(8, 2)"];

    readonly Random _chance;
    readonly List<RandomTable> _tables = [];

    RandomSchema(int seed) => _chance = new Random(seed);

    public static RandomSchema Of(int seed)
    {
        var schema = new RandomSchema(seed);
        var count = 1 + schema._chance.Next(5);
        for (var t = 0; t < count; t++) schema._tables.Add(schema.Table($"t{t}"));
        foreach (var table in schema._tables)
            for (var k = schema._chance.Next(4); k > 0; k--) schema.AddReference(table);
        foreach (var table in schema._tables) schema.AddRules(table);
        return schema;
    }

    /// <param name="inline">References stand in CREATE TABLE, where SQLite wants them; else they are added afterwards.</param>
    public string ToSql(bool inline) => string.Join("\n", _tables.Select(t => t.Create(inline)).Concat(_tables.SelectMany(t => t.Indexes))
        .Concat(inline ? [] : _tables.SelectMany(t => t.References.Select(r => $"ALTER TABLE {t.Name} ADD {r};"))));

    bool Chance(int percent) => _chance.Next(100) < percent;

    T Any<T>(IReadOnlyList<T> of) => of[_chance.Next(of.Count)];

    RandomTable Table(string name)
    {
        var table = new RandomTable(name);
        switch (_chance.Next(10))
        {
            case < 5: table.Columns.Add(new("id", "integer", IsRequired: true)); table.Primary = ["id"]; break;
            case < 7: table.Columns.AddRange([new("k1", "integer", true), new("k2", Any(Types[..5]), true)]); table.Primary = ["k1", "k2"]; break;
            case < 9: table.Columns.Add(new("code", Any(["varchar(12)", "text", "bigint"]), true)); table.Primary = ["code"]; break;
        }
        for (var c = 1 + _chance.Next(5); c > 0; c--) table.Columns.Add(new($"c{c}", Any(Types), Chance(50)));
        if (Chance(40)) table.Keys.Add([Any(table.Columns).Name]);
        return table;
    }

    void AddReference(RandomTable table)
    {
        var parent = Any(_tables);
        var keys = parent.Keys.Concat(parent.Primary.Length > 0 ? [parent.Primary] : Array.Empty<string[]>()).ToList();
        if (keys.Count == 0) return;
        var key = Any(keys);
        var (columns, isRequired) = (new List<string>(), Chance(55));
        foreach (var principal in key.Select(parent.Find))
        {
            var shared = table.Columns.Where(c => c.Type == principal.Type && c.Name.StartsWith('f') && !columns.Contains(c.Name)).ToList();
            if (shared.Count > 0 && Chance(30)) columns.Add(Any(shared).Name);
            else
            {
                table.Columns.Add(new($"f{table.Columns.Count}", principal.Type, isRequired));
                columns.Add(table.Columns[^1].Name);
            }
        }
        table.References.Add($"FOREIGN KEY ({string.Join(", ", columns)}) REFERENCES {parent.Name} ({string.Join(", ", key)})");
        if (Chance(20)) table.Keys.Add([.. columns]);
    }

    void AddRules(RandomTable table)
    {
        for (var k = _chance.Next(3); k > 0; k--)
        {
            var columns = table.Columns.OrderBy(_ => _chance.Next()).Take(1 + _chance.Next(3)).Select(c => c.Name).ToArray();
            if (Chance(70)) table.Keys.Add(columns);
            else table.Indexes.Add(
                $"CREATE UNIQUE INDEX {table.Name}_u{k} ON {table.Name} ({string.Join(", ", columns)}) WHERE {Any(table.Columns).Name} IS {Any(["NULL", "NOT NULL"])};");
        }
        for (var k = _chance.Next(4); k > 0; k--)
            if (Check(table, Any(table.Columns)) is { } check) table.Checks.Add(check);
    }

    string? Check(RandomTable table, RandomColumn column)
    {
        var alike = table.Columns.Where(c => c != column && c.Type == column.Type).ToList();
        if (alike.Count > 0 && column.Type != "boolean" && Chance(40)) return $"{column.Name} {Any(["<", "<=", "<>"])} {Any(alike).Name}";
        if (!column.IsRequired && Chance(40)) return NullRule(column, Any(table.Columns));
        if (column.Name[0] is 'f' or 'k') return null;
        return column.Type switch
        {
            "integer" or "bigint" or "smallint" =>
                Any([$"{column.Name} > 0", $"{column.Name} BETWEEN 1 AND 90", $"{column.Name} IN (1, 2, 3, 5, 8, 13, 21, 34)",
                    $"{column.Name} >= 10 AND {column.Name} < 3000"]),
            "numeric(8, 2)" => Any([$"{column.Name} >= 0", $"{column.Name} > 0 AND {column.Name} < 1000"]),
            "text" or "varchar(12)" or "varchar(40)" =>
                Any([$"length({column.Name}) >= 3", $"length({column.Name}) BETWEEN 1 AND 10", $"{column.Name} <> ''",
                    $"{column.Name} = lower({column.Name})", $"{column.Name} LIKE 'x%'"]),
            "date" => $"{column.Name} >= '2001-01-01'",
            _ => null,
        };
    }

    string? NullRule(RandomColumn column, RandomColumn other) => column == other ? null : _chance.Next(3) switch
    {
        0 when !other.IsRequired => $"({column.Name} IS NULL) = ({other.Name} IS NULL)",
        1 when !other.IsRequired => $"{column.Name} IS NOT NULL OR {other.Name} IS NOT NULL",
        _ when other.Type == "boolean" => $"NOT {other.Name} OR {column.Name} IS NOT NULL",
        _ => null,
    };

    sealed record RandomColumn(string Name, string Type, bool IsRequired);

    sealed class RandomTable(string name)
    {
        public string Name => name;
        public List<RandomColumn> Columns { get; } = [];
        public string[] Primary { get; set; } = [];
        public List<string[]> Keys { get; } = [];
        public List<string> References { get; } = [];
        public List<string> Checks { get; } = [];
        public List<string> Indexes { get; } = [];

        public RandomColumn Find(string column) => Columns.Find(c => c.Name == column)!;

        public string Create(bool inline) => $"CREATE TABLE {name} ({string.Join(", ", Parts(inline))});";

        IEnumerable<string> Parts(bool inline) => Columns.Select(c => $"{c.Name} {c.Type}{(c.IsRequired ? " NOT NULL" : "")}")
            .Concat(Primary.Length > 0 ? [$"PRIMARY KEY ({string.Join(", ", Primary)})"] : Array.Empty<string>())
            .Concat(Keys.DistinctBy(k => string.Join(",", k)).Where(k => !k.SequenceEqual(Primary)).Select(k => $"UNIQUE ({string.Join(", ", k)})"))
            .Concat(Checks.Select(c => $"CHECK ({c})"))
            .Concat(inline ? References : []);
    }
}
