using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Rows of a partitioned table are written to its root, so the root takes over what only its partitions declare: foreign keys,
/// checks, unique keys, NOT NULL.</summary>
static class PartitionFolding
{
    public static Table Fold(DatabaseSchema schema, Table root)
    {
        if (root.Partitioning is null) return root;
        root = WithOneOfApart(schema, root);
        var partitions = Descendants(schema, root).ToList();
        if (partitions.Count == 0) return root;
        return root with
        {
            Columns =
                root.Columns.Select(c => c with { IsNullable = c.IsNullable && partitions.All(p => p.IndexOf(c.Name) < 0 || p[c.Name].IsNullable) })
                .ToEquatableArray(),
            ForeignKeys = [.. root.ForeignKeys, .. Own(root.ForeignKeys, partitions.SelectMany(p => p.ForeignKeys), k => k.ToString())],
            Checks = [.. root.Checks, .. Own(root.Checks, Checks(schema, root), c => c.Expression), .. Nested(schema, root)],
            PrimaryKey = root.PrimaryKey ?? partitions.Select(p => p.PrimaryKey).FirstOrDefault(k => k is not null),
            // Those before the row may change or drop it.
            Triggers = [.. root.Triggers, .. Own(root.Triggers, partitions.SelectMany(p => p.Triggers).Where(t => t.Timing == TriggerTiming.Before), t => t.Name)],
            // A key of each partition holds if it holds over all of them.
            UniqueKeys =
                [.. root.UniqueKeys, .. Own(root.AllKeys, partitions.SelectMany(p => p.AllKeys), k => $"{string.Join(",", k.Parts)} {k.Predicate}")],
        };
    }

    // Keys of the same columns that lead elsewhere from each partition bind the rows of that one: all go to the first.
    static Table WithOneOfApart(DatabaseSchema schema, Table root)
    {
        var partitions = PartitionBounds.Taking(schema, root.Partitioning!).Where(p => p.PartitionBound is { } b && b != "DEFAULT").ToList();
        var areApart = partitions.SelectMany(p => p.ForeignKeys).Where(k => !root.ForeignKeys.Any(r => r.Columns.Equals(k.Columns)))
            .GroupBy(k => string.Join('\0', k.Columns)).Any(g => g.Select(k => k.Principal).Distinct().Count() > 1);
        return areApart ? root with { Partitioning = root.Partitioning! with { Partitions = [partitions[0].Name] } } : root;
    }

    // What not every partition checks binds only the rows within the bounds of those that do.
    static IEnumerable<CheckConstraint> Checks(DatabaseSchema schema, Table root)
    {
        if (root.Partitioning is not { } partitioning) return [];
        var partitions = partitioning.Partitions.Select(schema.Find).OfType<Table>().ToList();
        var own = partitions.ConvertAll(p => p.Checks.Concat(Checks(schema, p)).ToList());
        return partitions.SelectMany((p, i) => own[i].Select(c =>
            own.TrueForAll(o => o.Exists(k => k.Expression == c.Expression))
                || PartitionBounds.Bound(partitioning, p.PartitionBound ?? "") is not { } bound
                ? c : c with { Expression = $"(({bound}) IS NOT TRUE OR ({c.Expression}))" }));
    }

    /// <summary>A key to a partition leads to its root where that partition alone takes the root's rows.</summary>
    public static Table LeadToRoots(DatabaseSchema schema, Table table) =>
        table.ForeignKeys.All(k => OnlyPartitionOf(schema, k.Principal) is null) ? table : table with
        {
            ForeignKeys = table.ForeignKeys.Select(k => OnlyPartitionOf(schema, k.Principal) is { } root ? k with { Principal = root } : k)
                .DistinctBy(k => k.ToString()).ToEquatableArray(),
        };

    static TableName? OnlyPartitionOf(DatabaseSchema schema, TableName name) =>
        schema.Find(name)?.PartitionOf is { } parent && schema.Find(parent) is { PartitionOf: null, Partitioning.Partitions: [var only] } && only == name
            ? parent : null;

    // Bounds of several levels tie columns together, and those of a foreign key choose its parents, as a check would.
    static IEnumerable<CheckConstraint> Nested(DatabaseSchema schema, Table root)
    {
        if (root.Partitioning!.Partitions.Select(schema.Find).OfType<Table>().All(p => p.Partitioning is null)
            && !root.ForeignKeys.Any(k => k.Columns.Any(c => root.Partitioning.Columns.Contains(c))))
            yield break;
        if (PartitionBounds.ConditionOf(schema, root) is { } condition) yield return new CheckConstraint($"{root.Name.Name} partitions", condition);
    }

    static IEnumerable<T> Own<T>(IEnumerable<T> root, IEnumerable<T> partitions, Func<T, string> what)
    {
        var known = root.Select(what).ToHashSet(StringComparer.Ordinal);
        return partitions.Where(p => known.Add(what(p)));
    }

    static IEnumerable<Table> Descendants(DatabaseSchema schema, Table root) => root.Partitioning is null ? [] : root.Partitioning.Partitions
        .Select(schema.Find).OfType<Table>().SelectMany(p => Descendants(schema, p).Prepend(p));

    /// <summary>Narrows the partition key to values for which there is a partition.</summary>
    /// <returns>False when the table has no partition at all.</returns>
    public static bool Narrow(DatabaseSchema schema, Table root, ValueDomain[] domains)
    {
        if (root.Partitioning is not { } partitioning) return true;
        var partitions = PartitionBounds.Taking(schema, partitioning).ToList();
        var bounds = partitions.ConvertAll(p => p.PartitionBound ?? "");
        // Some that this user may not see are not known, and may take rows.
        if (partitions.Count == 0 && partitioning.Partitions.All(p => schema.Find(p) is not null)) return false;
        if (partitioning.Columns.IsEmpty || partitioning.Columns[0].Length == 0 || bounds.Any(b => b == "DEFAULT")) return true;
        var column = root.IndexOf(partitioning.Columns[0]);
        var type = root.Columns[column].Type;
        // The values that a list names are not told as those of an array or a row are.
        if (type.Kind is TypeKind.Array or TypeKind.Composite or TypeKind.Range or TypeKind.MultiRange) return true;
        if (partitioning.Strategy == PartitionStrategy.List)
            domains[column] =
                domains[column] with { Allowed = bounds.SelectMany(PartitionBounds.ListOf).Where(v => Fits(v, type)).ToEquatableArray() };
        else if (partitioning.Strategy == PartitionStrategy.Range && PartitionBounds.LargestRange(bounds, type) is { } range)
            domains[column] = domains[column] with
            {
                Min = Math.Max(range.Min, domains[column].Min ?? long.MinValue),
                Max = Math.Min(range.Max, domains[column].Max ?? long.MaxValue)
            };
        return true;
    }

    static bool Fits(string value, ColumnType type) => type.Lane != Lane.Int64 || CanonicalText.ParseInt64(value, type) is not null;
}

/// <summary>Reads partition bounds as PostgreSQL prints them.</summary>
static class PartitionBounds
{
    /// <summary>The values of <c>FOR VALUES IN ('a', 'b', NULL)</c>, NULL left out.</summary>
    public static IEnumerable<string> ListOf(string bound) => bound.StartsWith("FOR VALUES IN (", StringComparison.Ordinal)
        ? Items(bound["FOR VALUES IN ".Length..]).OfType<string>() : [];

    /// <summary>Partitions that take rows: those that are partitioned themselves and have no partition do not.</summary>
    public static IEnumerable<Table> Taking(DatabaseSchema schema, Partitioning partitioning) =>
        partitioning.Partitions.Select(schema.Find).OfType<Table>()
        .Where(p => p.Partitioning is null || Taking(schema, p.Partitioning).Any());

    /// <summary>What rows must satisfy so that there is a partition for each, as a SQL condition; null when any row will do.</summary>
    public static string? ConditionOf(DatabaseSchema schema, Table table)
    {
        if (table.Partitioning is not { } partitioning) return null;
        var arms = Taking(schema, partitioning)
            .Select(p => string.Join(" AND ", new[] { Bound(partitioning, p.PartitionBound ?? ""), ConditionOf(schema, p) }.OfType<string>()))
            .ToList();
        return arms.Count == 0 || arms.Contains("") ? null : $"({string.Join(" OR ", arms.Select(a => $"({a})"))})";
    }

    // Of one column only: what several columns bound together is left to the server.
    public static string? Bound(Partitioning partitioning, string bound)
    {
        const string In = "FOR VALUES IN ", From = "FOR VALUES FROM (", To = ") TO (";
        if (partitioning.Columns is not [{ Length: > 0 } name]) return null;
        var column = $"\"{name.Replace("\"", "\"\"")}\"";
        if (bound.StartsWith(In, StringComparison.Ordinal)) return $"{column} IN {bound[In.Length..]}";
        if (!bound.StartsWith(From, StringComparison.Ordinal) || bound.IndexOf(To, StringComparison.Ordinal) is not (var middle and > 0)) return null;
        var (low, high) = (bound[From.Length..middle], bound[(middle + To.Length)..^1]);
        List<string> limits =
            [.. low == "MINVALUE" ? [] : new[] { $"{column} >= {low}" }, .. high == "MAXVALUE" ? [] : new[] { $"{column} < {high}" }];
        return limits.Count == 0 ? null : string.Join(" AND ", limits);
    }

    /// <summary>The longest interval that partitions cover without a gap, in the lane's unit; null when none is bounded or bounds are
    /// unreadable.</summary>
    public static (long Min, long Max)? LargestRange(IEnumerable<string> bounds, ColumnType type)
    {
        if (type.Lane != Lane.Int64) return null;
        var ranges = bounds.Select(b => RangeOf(b, type)).OfType<(long From, long To)>().OrderBy(r => r.From).ToList();
        if (ranges.Count == 0) return null;
        var best = ranges[0];
        var open = ranges[0];
        foreach (var range in ranges.Skip(1))
        {
            open = range.From == open.To ? (open.From, range.To) : range;
            if ((Int128)open.To - open.From > (Int128)best.To - best.From) best = open;
        }
        return (best.From, best.To - 1);
    }

    static (long From, long To)? RangeOf(string bound, ColumnType type)
    {
        const string Start = "FOR VALUES FROM ";
        if (!bound.StartsWith(Start, StringComparison.Ordinal) || bound.IndexOf(") TO (", StringComparison.Ordinal) is not (var middle and > 0))
            return null;
        return Limit(Items(bound[Start.Length..(middle + 1)]), type, long.MinValue / 4) is { } from
            && Limit(Items(bound[(middle + 5)..]), type, long.MaxValue / 4) is { } to ? (from, to) : null;
    }

    // MINVALUE and MAXVALUE stand without quotes and are told as null.
    static long? Limit(List<string?> items, ColumnType type, long open) =>
        items.Count == 0 ? null : items[0] is { } text ? CanonicalText.ParseInt64(text, type) : open;

    /// <summary>The items of a list in parentheses; quoted ones without their quotes, the words NULL, MINVALUE and MAXVALUE as null.</summary>
    static List<string?> Items(string list)
    {
        var items = new List<string?>();
        var text = new System.Text.StringBuilder();
        bool quoted = false, wasQuoted = false;
        foreach (var c in list.Trim()[1..])
        {
            if (c == '\'') (quoted, wasQuoted) = (!quoted, true);
            else if (!quoted && c is ',' or ')' && !quoted)
            {
                var item = wasQuoted ? text.ToString() : text.ToString().Trim();
                items.Add(!wasQuoted && item is "NULL" or "MINVALUE" or "MAXVALUE" ? null : item);
                text.Clear();
                wasQuoted = false;
            }
            else if (quoted || c != ' ') text.Append(c);
        }
        return items;
    }
}
