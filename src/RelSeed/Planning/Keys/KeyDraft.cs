using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>A unique key as columns, the references that lie wholly inside it, and the columns that no reference decides.</summary>
sealed class KeyDraft
{
    readonly List<int> _predicate = [];

    KeyDraft(TableDraft draft, UniqueKey key, Dialect dialect)
    {
        Key = key;
        var parts = key.Parts.Select(p => KeyExpressions.Read(draft.Table, p, dialect)).ToList();
        Columns = [.. parts.SelectMany(p => p.Columns).Distinct()];
        Telling = [.. parts.Where(p => p.Telling >= 0).Select(p => p.Telling).Distinct()];
        IsOpaque = parts.Exists(p => p.Telling < 0);
        IsConstant = parts.TrueForAll(p => p.IsConstant);
        NeverNull = [.. parts.Where(p => p.Telling >= 0 && (p.NullCounts || key.NullsNotDistinct)).Select(p => p.Telling)];
        References = [.. draft.References.Where(r => r.IsUsable && r.OwnsColumns && r.Mechanism is not ImpliedReference && TellsParents(draft, r))];
        Partial = [.. Columns.Select(c => draft.Owners[c]).OfType<ReferenceDraft>().Distinct()];
        Free = [.. Telling.Where(c => draft.Owners[c] is null && !draft.Table.Columns[c].IsComputed)
            .OrderByDescending(c => Preference(draft.Table.Columns[c]))];
        if (key.Predicate is not null) _predicate.AddRange(KeyExpressions.ColumnsOf(draft.Table, key.Predicate, dialect));
    }

    /// <summary>The table's keys, those of fewest columns first: they leave least choice.</summary>
    public static List<KeyDraft> Of(TableDraft draft, IEnumerable<UniqueKey> keys, Dialect dialect) =>
        [.. keys.Select(k => new KeyDraft(draft, k, dialect)).OrderBy(k => k.Columns.Length).ThenBy(k => k.Key.Predicate is not null)
            .ThenByDescending(k => k.Key.IsPrimary)];

    // Different parents give different values to the key: its columns hold all of the reference's, or enough to tell parents apart.
    bool TellsParents(TableDraft draft, ReferenceDraft reference)
    {
        var inside = Enumerable.Range(0, reference.Columns.Length).Where(i => Telling.Contains(reference.Columns[i])).ToList();
        if (!inside.Exists(i => draft.Owners[reference.Columns[i]] == reference)) return false;
        if (inside.Count == reference.Columns.Length) return true;
        var principal = inside.Select(i => reference.Key.PrincipalColumns[i]).ToHashSet(StringComparer.Ordinal);
        return reference.Principal!.AllKeys.Any(k => k.IsPlain && k.ColumnNames.All(principal.Contains));
    }

    public UniqueKey Key { get; }
    public string Name => Key.Name;

    /// <summary>All columns it reads, those of its expressions too.</summary>
    public int[] Columns { get; }

    /// <summary>Columns of which different values make the key different: its plain columns, and those inside lower() and the like.</summary>
    public int[] Telling { get; }

    /// <summary>Some part computes what its column's values do not tell: date_trunc, a comparison, a field of JSON.</summary>
    public bool IsOpaque { get; }

    /// <summary>All rows have the same value, so there can be one only.</summary>
    public bool IsConstant { get; }

    /// <summary>Columns whose nulls would be equal to one another.</summary>
    public int[] NeverNull { get; }

    public List<ReferenceDraft> References { get; }

    /// <summary>All references that decide a column of the key, those that lie partly outside it too.</summary>
    public List<ReferenceDraft> Partial { get; }

    /// <summary>The columns that may be made unique, the most natural first.</summary>
    public List<int> Free { get; }

    /// <summary>Rows distinct by the other key are distinct by this one.</summary>
    public bool FollowsFrom(KeyDraft other) =>
        !other.IsOpaque && other.Telling.All(Telling.Contains) && (NeverNull.Length == 0 || other.Key.IsPrimary || other.Key.NullsNotDistinct);

    /// <summary>Rows can be kept out of a partial key: something its predicate reads may be drawn again.</summary>
    public bool MayFallOutside(TableDraft draft) => _predicate.Exists(c =>
        draft.Owners[c] is { } owner ? !owner.IsRequired
            : !draft.Table.Columns[c].IsComputed && draft.Generators[c] is not (SerialSpec or OrdinalSpec));

    // A code or name is expected to differ; a date or a number of things is not.
    static int Preference(Column column) => column.Type.Kind switch
    {
        TypeKind.Uuid => 6,
        TypeKind.Text or TypeKind.FixedText => 5,
        TypeKind.Int64 or TypeKind.Int32 => 4,
        TypeKind.Bytes or TypeKind.Inet or TypeKind.MacAddr => 3,
        TypeKind.Timestamp or TypeKind.TimestampTz => 2,
        _ => 1,
    };
}
