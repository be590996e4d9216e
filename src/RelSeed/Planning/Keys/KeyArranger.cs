using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Gathers the keys that construction cannot meet, with all keys, references and columns they depend on, to be met by choices made
/// once in memory.</summary>
sealed class KeyArranger(TableDraft draft, IReadOnlyList<KeyDraft> keys, Func<TableDraft, int, long, DomainSpec?> domains)
{
    /// <summary>More rows would cost more memory and time than a key is worth.</summary>
    const long MostRows = 1_000_000;

    /// <summary>Values a column is chosen from: enough that a row finds one.</summary>
    const long SpareValues = 64;

    const double OptionalShare = 0.15;

    readonly HashSet<KeyDraft> _keys = [];
    readonly HashSet<ReferenceDraft> _references = [];
    readonly SortedSet<int> _columns = [];

    public bool Covers(KeyDraft key) => _keys.Contains(key);

    public void Add(KeyDraft key)
    {
        _keys.Add(key);
        Close();
    }

    /// <summary>Lets references be chosen together.</summary>
    public void Tie(IEnumerable<ReferenceDraft> references)
    {
        foreach (var reference in references) Take(reference);
        Close();
    }

    /// <summary>Chooses all that keys, references and checks over several columns read.</summary>
    public void AddAll()
    {
        _keys.UnionWith(keys);
        foreach (var reference in draft.References.Where(r => r.IsUsable && r.Mechanism is not ImpliedReference and not NoReference))
            _references.Add(reference);
        foreach (var column in draft.Related.Concat(_references.SelectMany(r => r.Columns))
            .Concat(_references.Where(r => r.IsSelf).SelectMany(r => r.PrincipalColumns)).Where(IsChoice))
            _columns.Add(column);
        Close();
    }

    // Whatever shares a reference or a column with a key is decided with it.
    void Close()
    {
        for (var before = -1; before != Size;)
        {
            before = Size;
            foreach (var key in _keys.ToList())
            {
                foreach (var reference in key.Partial) Take(reference);
                foreach (var column in key.Columns.Where(IsChoice)) _columns.Add(column);
            }
            foreach (var reference in _references.ToList())
                foreach (var column in reference.Shared.Select(i => reference.Columns[i])) TakeShared(reference, column);
            foreach (var key in keys.Where(IsTouched))
                if (key.Key.Predicate is not null && key.MayFallOutside(draft)) draft.Avoided.Add(key.Key);
                else _keys.Add(key);
        }
        foreach (var reference in _references) reference.Set(new ArrangedReference(-1), "");
        foreach (var column in _columns) draft.Set(column, new AllNullSpec(), "");
        if (draft.Driving is not null && _references.Contains(draft.Driving)) draft.Driving = null;
    }

    int Size => _keys.Count + _references.Count + _columns.Count;

    void Take(ReferenceDraft reference)
    {
        if (!reference.IsUsable || !reference.OwnsColumns || reference.Mechanism is ImpliedReference or NoReference || !_references.Add(reference))
            return;
        foreach (var column in reference.Columns.Where(c => draft.Owners[c] == reference)) draft.Unique.Remove(column);
    }

    void TakeShared(ReferenceDraft reference, int column)
    {
        if (draft.Owners[column] is { } owner && owner != reference) Take(owner);
        else if (draft.Owners[column] is null && IsChoice(column)) _columns.Add(column);
    }

    bool IsChoice(int column) => draft.Owners[column] is null && !draft.Unique.Contains(column) && !draft.Table.Columns[column].IsComputed
        && draft.Generators[column] is null or OrdinalSpec or AllNullSpec or IndexedSpec { Index: RowIndexSpec or GroupIndexSpec }
        && domains(draft, column, draft.Rows) is not null;

    // A column of its own that differs in every row keeps a key whatever else changes.
    bool IsTouched(KeyDraft key) =>
        !key.Telling.Any(draft.Unique.Contains) && (key.Partial.Exists(_references.Contains) || key.Columns.Any(_columns.Contains));

    /// <summary>Writes what was gathered into the draft.</summary>
    public void Finish()
    {
        if (_references.Count == 0 && _columns.Count == 0) return;
        draft.Limit(MostRows, $"its keys are met by choices in memory, for at most {MostRows} rows");
        var reason =
            $"{(_keys.Count == 0 ? "a check that ties it to others" : string.Join(", ", _keys.Select(k => k.Name).Order(StringComparer.Ordinal)))}: "
            + $"chosen once in memory, 4 bytes a row ({draft.Rows * 4 / 1024 + 1} KiB)";
        var choices = new List<ArrangedChoice>();
        foreach (var reference in _references.OrderBy(r => r.Index))
        {
            reference.Set(new ArrangedReference(choices.Count), reason);
            choices.Add(Choice(reference));
        }
        foreach (var column in _columns)
        {
            var numbers = draft.IsSearched ? Numbers(column) : null;
            var domain = numbers ?? domains(draft, column, draft.Rows)!;
            draft.Set(column, new ArrangedSpec(domain, choices.Count), reason);
            if (draft.IsSearched) draft.Nulls[column] = NullSpec.Never;
            var share = draft.IsSearched && MayBeNull(column) ? OptionalShare : 0;
            choices.Add(new ArrangedChoice(-1, column, Math.Min(domain.Size, 2 * draft.Rows + SpareValues), MayBeNull(column),
                share)
            { InOrder = numbers is not null });
        }
        draft.Arrangement = new RowArrangement(choices.ToEquatableArray(),
            _keys.Select(k => k.Key).OrderBy(k => k.Name, StringComparer.Ordinal).ToEquatableArray())
        { IsWhole = draft.IsSearched };
    }

    // Numbers beside those that references bring, so that comparisons between the two can hold.
    IntegerDomain? Numbers(int column)
    {
        if (UniqueColumns.Serial(draft, column) is not ({ Step: > 0 } serial, var capacity)) return null;
        return new IntegerDomain(serial.Start, serial.Start + serial.Step * (Math.Min(capacity, 2 * draft.Rows + SpareValues) - 1), serial.Step);
    }

    ArrangedChoice Choice(ReferenceDraft reference)
    {
        var owned = reference.Columns.Where(c => draft.Owners[c] == reference).ToList();
        var mayBeNull = owned.All(MayBeNull) && (owned.Count > 0 || reference.Columns.Any(c => draft.Table.Columns[c].IsNullable))
            && !(reference.Key.IsMatchFull && reference.Shared.Count > 0);
        return new ArrangedChoice(reference.Index, -1, reference.ParentRows, mayBeNull, mayBeNull && !reference.IsSelf ? OptionalShare : 0);
    }

    bool MayBeNull(int column) => draft.Table.Columns[column].IsNullable && !draft.Referred.Contains(column) && !draft.NotNull.Contains(column)
        && !(draft.Table.PrimaryKey?.ColumnNames.Contains(draft.Table.Columns[column].Name) ?? false);
}
