using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>Reads what an append must know of the rows that stand in the database: keys that are taken, parents that can be referred to.</summary>
public static class ExistingReader
{
    /// <summary>Rows read of a table at most; of a larger one the first so many serve as parents, and keys beyond them are not known.</summary>
    public const int MostRows = 1_000_000;

    /// <param name="tables">Those that hold rows.</param>
    /// <exception cref="PlanException">RS2013: a table holds more rows than its keys can be checked against.</exception>
    public static async Task<Dictionary<TableName, ExistingRows>> ReadAsync(
        SeedTarget target, DatabaseSchema schema, IEnumerable<TableName> tables, CancellationToken cancellationToken)
    {
        var referred = schema.Tables.SelectMany(t => t.ForeignKeys).ToLookup(k => k.Principal, k => k.PrincipalColumns);
        var found = new Dictionary<TableName, ExistingRows>();
        foreach (var name in tables)
        {
            var table = schema.Find(name)!;
            var needed = table.AllKeys.SelectMany(k => k.ColumnNames).Concat(referred[name].SelectMany(c => c))
                .Concat(table.Columns.Where(c => c.Sequence is not null).Select(c => c.Name)).Select(table.IndexOf).ToHashSet();
            var telling = Enumerable.Range(0, table.Columns.Count).Where(c => referred.Contains(name) && IsTelling(table.Columns[c]));
            found[name] = await ReadAsync(target, table, needed, [.. needed.Union(telling).Order()], cancellationToken);
        }
        return found;
    }

    // What may be asked of a parent: its type, its state, when it came to be.
    static bool IsTelling(Column column) => column.Model is { Values.IsEmpty: false }
        || column.Type.Kind is TypeKind.Boolean or TypeKind.Enum or TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz
        || column.Type.Kind.IsInteger();

    static async Task<ExistingRows> ReadAsync(
        SeedTarget target, Table table, HashSet<int> needed, int[] columns, CancellationToken cancellationToken)
    {
        var vectors = columns.ToDictionary(c => c, c => ColumnVector.Create(table.Columns[c].Type));
        foreach (var vector in vectors.Values) vector.Reset(0);
        var rows = 0;
        await foreach (var row in target.ReadColumnsAsync(table, columns, MostRows + 1L, cancellationToken))
        {
            if (rows == MostRows)
                throw new PlanException("RS2013",
                    $"{table.Name} holds more than {MostRows} rows, too many to append beside by comparing keys. Fill a database of its own, or start anew with --truncate.");
            for (var i = 0; i < columns.Length; i++)
                Append(vectors[columns[i]], rows, row[i], table.Columns[columns[i]].Type, needed.Contains(columns[i]));
            rows++;
        }
        return new ExistingRows(rows, vectors);
    }

    // An infinite date, or a word where SQLite takes any: nothing is known of it, unless it is a key.
    static void Append(ColumnVector vector, int row, string? text, ColumnType type, bool isNeeded)
    {
        vector.Extend(row + 1);
        if (text is null || (!isNeeded && type.Lane == Lane.Int64 && CanonicalText.ParseInt64(text, type) is null)) vector.CopyNullRow(row);
        else vector.CopyRow(row, ValueLists.Parse([text], type), 0);
    }

    /// <summary>What the planner needs of it.</summary>
    public static Dictionary<TableName, ExistingTable> Summarise(DatabaseSchema schema, IReadOnlyDictionary<TableName, ExistingRows> existing) =>
        existing.ToDictionary(e => e.Key, e => new ExistingTable(e.Value.Count, Largest(schema.Find(e.Key)!, e.Value)));

    static Dictionary<string, long> Largest(Table table, ExistingRows rows)
    {
        var largest = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var c = 0; c < table.Columns.Count; c++)
        {
            if (rows.Find(c) is not Int64Vector values || values.Count == 0) continue;
            var most = long.MinValue;
            for (var i = 0; i < values.Count; i++)
                if (!values.IsNull(i)) most = Math.Max(most, values.Values[i]);
            if (most > long.MinValue) largest[table.Columns[c].Name] = most;
        }
        return largest;
    }
}
