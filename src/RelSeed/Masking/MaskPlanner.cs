using RelSeed.Learning;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Masking;

/// <summary>Says which columns are masked, how, and which together.</summary>
public static class MaskPlanner
{
    /// <param name="profile">Learned of the database: it tells what is personal, and ranges of numbers.</param>
    /// <param name="personal">Masks what was recognised as personal, too.</param>
    /// <exception cref="UsageException">RS1230: columns that are not there or must stay; all of them at once.</exception>
    public static IReadOnlyList<MaskGroup> Plan(DatabaseSchema schema, DataProfile profile, IReadOnlyList<MaskWish> wishes, bool personal)
    {
        var faults = new List<string>();
        var chosen = new Dictionary<(TableName, int), (ColumnPlace Place, Meaning? Meaning)>();
        foreach (var wish in wishes)
            if (Find(schema, wish.Column, faults) is { } place)
            {
                if (WhyNot(schema, place) is { } why) faults.Add($"{wish.Column}: {why}.");
                else chosen[(place.Table.Name, place.Column)] = (place, wish.Meaning);
            }
        if (personal)
            foreach (var place in Personal(schema, profile)) chosen.TryAdd((place.Table.Name, place.Column), (place, null));
        if (faults.Count > 0) throw new UsageException("RS1230", string.Join(Environment.NewLine, faults));
        if (chosen.Count == 0)
            throw new UsageException("RS1231",
                "There is nothing to mask: no column is named, or none is recognised as personal. Name columns with --column table.column.");
        return [.. chosen.Values.GroupBy(c => KeyOf(c.Place, c.Meaning)).Select(g => Group([.. g.Select(c => c.Place)], g.First().Meaning, profile))];
    }

    /// <summary>What to ask of the learner, so that it tells ranges of numbers though they follow from other columns.</summary>
    public static EquatableArray<TreatmentWish> Treatments(IEnumerable<MaskWish> wishes) =>
        [.. wishes.Where(w => w.Meaning is null).Select(w => new TreatmentWish(w.Column, "told"))];

    static ColumnPlace? Find(DatabaseSchema schema, string name, List<string> faults)
    {
        var dot = name.LastIndexOf('.');
        if (dot < 0)
        {
            faults.Add($"--column takes table.column, not '{name}'. 'relseed inspect' lists the columns.");
            return null;
        }
        var table = TableSelection.Find(schema, [.. schema.Tables.Where(t => t.PartitionOf is null)], name[..dot], "--column");
        var column = table.Columns.ToList().FindIndex(c => c.Name.Equals(name[(dot + 1)..], StringComparison.OrdinalIgnoreCase));
        if (column < 0)
            faults.Add($"the table {table.Name} has no column '{name[(dot + 1)..]}'; it has {string.Join(", ", table.Columns.Select(c => c.Name))}.");
        return column < 0 ? null : new(table, column);
    }

    /// <summary>Why a column keeps its values; null when it need not.</summary>
    static string? WhyNot(DatabaseSchema schema, ColumnPlace place)
    {
        var (table, column) = (place.Table, place.Table.Columns[place.Column]);
        if (column.IsComputed) return "the server computes it";
        if (table.PrimaryKey is { } key && key.ColumnNames.Contains(column.Name)) return "it is part of the primary key, and keys stay";
        if (table.ForeignKeys.Any(k => k.Columns.Contains(column.Name))) return "it is part of a foreign key, and keys stay";
        if (schema.Tables.SelectMany(t => t.ForeignKeys).Any(k => k.Principal == table.Name && k.PrincipalColumns.Contains(column.Name)))
            return "foreign keys refer to it, and keys stay";
        if (!table.Rights.HasFlag(TableRights.Select) || !table.Rights.HasFlag(TableRights.Update))
            return "this user may not read and update its table";
        return column.Type.Kind is TypeKind.Json or TypeKind.Xml or TypeKind.TsVector or TypeKind.HStore or TypeKind.Array or TypeKind.Range
            or TypeKind.MultiRange or TypeKind.Composite or TypeKind.TsQuery
                or TypeKind.Point or TypeKind.Line or TypeKind.LineSegment or TypeKind.Box or TypeKind.Path or TypeKind.Polygon or TypeKind.Circle
                or TypeKind.Other
            ? "values of its type cannot be told apart by an order" : null;
    }

    // What is recognised in one table is as personal in another that holds a copy.
    static IEnumerable<ColumnPlace> Personal(DatabaseSchema schema, DataProfile profile)
    {
        var all = profile.Tables.SelectMany(t => t.Columns, (t, c) => (Profile: c, Table: schema.Find(t.Name)!))
            .Select(f => (f.Profile, Place: new ColumnPlace(f.Table, f.Table.IndexOf(f.Profile.Name))))
            .Where(f => WhyNot(schema, f.Place) is null).ToList();
        var recognised = all.Where(f => f.Profile.Reason?.StartsWith("recognised", StringComparison.Ordinal) == true)
            .Select(f => KeyOf(f.Place, null)).ToHashSet(StringComparer.Ordinal);
        return all.Where(f => recognised.Contains(KeyOf(f.Place, null))).Select(f => f.Place);
    }

    // Columns that mean the same, or that are named alike.
    static string KeyOf(ColumnPlace place, Meaning? wished)
    {
        var meaning = wished ?? Meanings.Of(place.Table, place.Table.Columns[place.Column]).Kind;
        return $"{(meaning == Meaning.Unknown ? place.Name.ToUpperInvariant() : meaning.ToString())}/{(place.Type.Lane == Lane.Bytes ? Lane.Bytes.ToString() : place.Type.Kind.ToString())}";
    }

    static MaskGroup Group(IReadOnlyList<ColumnPlace> columns, Meaning? meaning, DataProfile profile)
    {
        var isUnique = columns.Any(c => FreshValues.KeyParts(c).Any());
        var codes = meaning is null && !isUnique && columns.Count == 1
            ? profile.Find(columns[0].Table.Name)?.Columns.FirstOrDefault(c => c.Name == columns[0].Name) : null;
        return codes is { Codes: { IsOrdinal: true, Codes.Count: > 0 } book }
            ? new(MaskKind.Nearby, columns.ToEquatableArray(), meaning, isUnique, book)
            : new(MaskKind.Fresh, columns.ToEquatableArray(), meaning, isUnique, null);
    }
}
