using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Makes every unique key hold: by construction where it can be (a column that differs in every row, or distinct combinations of a
/// few), else by choices made once in memory.</summary>
/// <param name="domains">A domain of distinct values for a column, with at least so many where there are.</param>
sealed class KeyPlanner(ReferencePlanner references, Func<TableDraft, int, long, DomainSpec?> domains, Dialect dialect, DateTimeOffset asOf)
{
    readonly KeyCombiner _combiner = new(references, Domains(domains));
    readonly Func<TableDraft, int, long, DomainSpec?> _domains = Domains(domains);

    static Func<TableDraft, int, long, DomainSpec?> Domains(Func<TableDraft, int, long, DomainSpec?> of) =>
        (draft, column, needed) => draft.Spaced.GetValueOrDefault(column) ?? of(draft, column, needed);

    /// <summary>Bounds the rows by every key's capacity, then decides the columns and references of each key.</summary>
    public void Plan(TableDraft draft)
    {
        var keys = KeyDraft.Of(draft, Keys(draft), dialect);
        foreach (var key in keys)
        {
            KeyCapacity.Bound(draft, key, _domains);
            draft.NeverNull.UnionWith(key.NeverNull);
        }
        var arranger = new KeyArranger(draft, keys, _domains);
        if (draft.Rows > 0 && draft.IsSearched) arranger.AddAll();
        else if (draft.Rows > 0)
        {
            // Only what construction leaves is chosen in memory, so that a name that differs in every row frees the keys it is in.
            foreach (var key in Unmet(draft, keys))
                if (!arranger.Covers(key)) arranger.Add(key);
            MeetTies(draft, arranger);
        }
        arranger.Finish();
        UniqueColumns.PlanSequences(draft);
    }

    List<UniqueKey> Keys(TableDraft draft)
    {
        var keys = draft.Table.AllKeys.Where(k => draft.Profile?.Draws(k) != true).ToList();
        foreach (var exclusion in draft.Table.Exclusions)
        {
            if (Exclusions.AsKey(draft, exclusion, dialect, asOf) is { } key) keys.Add(key);
            else draft.Limit(1, $"only a single row is sure to meet the exclusion constraint {exclusion.Name}");
        }
        return keys;
    }

    List<KeyDraft> Unmet(TableDraft draft, List<KeyDraft> keys)
    {
        var (met, unmet) = (new List<KeyDraft>(), new List<KeyDraft>());
        foreach (var key in keys)
        {
            // Rows that differ in fewer columns differ in more.
            if (!met.Exists(key.FollowsFrom) && !Satisfy(draft, key))
            {
                if (key.Key.Predicate is not null && key.MayFallOutside(draft))
                {
                    draft.Avoided.Add(key.Key);
                    continue;
                }
                unmet.Add(key);
            }
            met.Add(key);
        }
        return unmet;
    }

    // Checks between references that keys have decided, or on the values of one: only a choice of the parents can meet them.
    static void MeetTies(TableDraft draft, KeyArranger arranger)
    {
        foreach (var tie in draft.Ties)
        {
            var owners = tie.Select(c => draft.Owners[c]).OfType<ReferenceDraft>().Distinct().ToList();
            if (owners.Exists(o => IsDecided(o) || (tie.Length == 1 && o is { IsRequired: true, Mechanism: null }))) arranger.Tie(owners);
        }
    }

    static bool IsDecided(ReferenceDraft reference) =>
        reference.Mechanism is not null and not GroupedReference { Index: null } and not NoReference and not ImpliedReference and not TreeReference;

    bool Satisfy(TableDraft draft, KeyDraft key)
    {
        if (key.Telling.Any(draft.Unique.Contains)) return true;
        if (draft.Numbered.Exists(n => key.Telling.Contains(n.Column) && key.Telling.Contains(n.Within))) return true;
        // Part of the rows only: to give every row a parent of its own would be more than the key asks.
        var isForSome = key.Key.Predicate is not null && key.Free.Count == 0;
        if (isForSome && key.MayFallOutside(draft)) return false;
        // How many parents a filter leaves is not known yet, so places among them cannot be counted.
        var isFiltered = key.Partial.Exists(r => r.Filters.Count > 0);
        if (!isFiltered && !key.IsOpaque && key.Free.Count == 0 && key.References.Count == 1 && KeyCombiner.OneToOne(draft, key)) return true;
        if (!isFiltered && _combiner.WeakEntity(draft, key)) return true;
        if (key.Free.Select(c => (int?)c).FirstOrDefault(c => UniqueColumns.Make(draft, key, c!.Value, _domains)) is not null) return true;
        return !isFiltered && !key.IsOpaque && _combiner.Combine(draft, key);
    }
}
