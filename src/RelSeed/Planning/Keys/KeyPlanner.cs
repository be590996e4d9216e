using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Makes every unique key hold by construction: a column that differs in every row, or distinct combinations of a few.</summary>
/// <param name="domains">A domain of distinct values for a column, with at least so many where there are.</param>
sealed class KeyPlanner(ReferencePlanner references, Func<TableDraft, int, long, DomainSpec?> domains)
{
    const long LargestPermutation = 1L << 62;

    /// <summary>Bounds the rows by every key's capacity, then decides the columns and references of each key.</summary>
    public void Plan(TableDraft draft)
    {
        var keys = draft.Table.AllKeys.Select(k => new KeyDraft(draft, k)).OrderBy(k => k.Columns.Length).ThenBy(k => k.Key.Predicate is not null).ThenByDescending(k => k.Key.IsPrimary).ToList();
        foreach (var key in keys) Bound(draft, key);
        var met = new List<KeyDraft>();
        foreach (var key in keys)
        {
            // Rows that differ in fewer columns differ in more.
            if (!met.Exists(m => m.Columns.All(key.Columns.Contains))) Satisfy(draft, key);
            if (!draft.Avoided.Contains(key.Key)) met.Add(key);
        }
        PlanSequences(draft);
    }

    void Bound(TableDraft draft, KeyDraft key)
    {
        if (key.Key.Predicate is not null) return;
        // Rows in which a column is null stand outside the key, as many as there may be.
        if (!key.Key.IsPrimary && !key.Key.NullsNotDistinct && key.Free.Count == 0 && key.Columns.Any(c => draft.Table.Columns[c].IsNullable)) return;
        UInt128 capacity = 1;
        if (key.Free.Count == 0 && key.References.Count == 1) capacity = (UInt128)FreeParents(draft, key.References[0]);
        else
            foreach (var reference in key.References) capacity = Product(capacity, reference.ParentRows);
        foreach (var column in key.Free) capacity = Product(capacity, Serial(draft, column)?.Capacity ?? domains(draft, column, draft.Rows)?.Size ?? 1);
        foreach (var reference in key.Partial.Where(p => !key.References.Contains(p))) capacity = Product(capacity, reference.ParentRows);
        if (capacity < (UInt128)draft.Rows) draft.Limit((long)capacity, $"the key {key.Name} has room for {capacity} rows");
    }

    // Parents that stood in the database may have their one child already.
    static long FreeParents(TableDraft draft, ReferenceDraft reference) =>
        (reference.ParentRows - (draft.ExistingRows > 0 ? reference.ExistingParents : 0)) / (SliceOf(draft, reference)?.Count ?? 1);

    static Slice? SliceOf(TableDraft draft, ReferenceDraft reference) => reference.Columns.Select(c => draft.Slices.GetValueOrDefault(c)).FirstOrDefault(s => s is not null);


    static UInt128 Product(UInt128 left, long right) => left > long.MaxValue ? left : left * (UInt128)Math.Max(0, right);

    void Satisfy(TableDraft draft, KeyDraft key)
    {
        if (draft.Rows == 0 || key.Columns.Any(draft.Unique.Contains)) return;
        if (key.Free.Count == 0 && key.References.Count == 1 && OneToOne(draft, key)) return;
        if (WeakEntity(draft, key)) return;
        if (key.Free.Select(c => (int?)c).FirstOrDefault(c => MakeUnique(draft, key, c!.Value)) is not null) return;
        if (Combine(draft, key)) return;
        if (key.Key.Predicate is not null)
        {
            draft.Avoided.Add(key.Key);
            return;
        }
        throw new PlanException("RS2010",
            $"The key {key.Name} of {draft.Table.Name} cannot be met: its columns ({string.Join(", ", key.Columns.Select(c => draft.Table.Columns[c].Name))}) "
            + $"are already decided by other keys and leave no room for {draft.Rows} distinct rows. Ask for fewer rows with --rows {draft.Table.Name}=N, or leave the table out with --exclude {draft.Table.Name}.");
    }

    static bool OneToOne(TableDraft draft, KeyDraft key)
    {
        var reference = key.References[0];
        if (reference.Mechanism is not null) return false;
        if (reference.IsSelf && reference.IsRequired) reference.Set(new SelfReference(), $"{key.Name} lets each row refer to itself only");
        else
        {
            var offset = draft.ExistingRows > 0 ? reference.ExistingParents : 0;
            var slice = SliceOf(draft, reference);
            var isIdentity = key.Key.IsPrimary || offset > 0 || slice is not null;
            reference.Set(new InjectiveReference(offset + (slice?.Place ?? 0), isIdentity ? "" : key.Name, isIdentity) { Step = slice?.Count ?? 1 }, $"one row a parent by {key.Name}");
        }
        foreach (var column in key.Columns) draft.Unique.Add(column);
        return true;
    }

    // (order_id, line_no): a number that counts within the parent.
    bool WeakEntity(TableDraft draft, KeyDraft key)
    {
        if (key.References.Count != 1 || key.Free.Count != 1) return false;
        var column = key.Free[0];
        var type = draft.Table.Columns[column].Type;
        if (!type.Kind.IsInteger() || !(key.Key.IsPrimary || OrdinalNames.Contains(draft.Table.Columns[column].Name))) return false;
        if (draft.Table.Columns[column].Sequence is not null || draft.Generators[column] is not null) return false;
        if (domains(draft, column, draft.Rows) is not IntegerDomain domain) return false;
        if (!Group(draft, key.References[0], domain.Size, key.Name)) return false;
        var start = domain.Min is <= 1 and > -1_000_000 && domain.Max > 1 ? 1 : domain.Min;
        draft.Set(column, new OrdinalSpec(key.References[0].Index, start, 1), $"counts within its {key.References[0].Key.Principal.Name}, for {key.Name}");
        return true;
    }

    bool Group(TableDraft draft, ReferenceDraft reference, long largest, string key)
    {
        if (reference.Mechanism is FanOutReference or TreeReference) return IsWithin(draft, reference, largest);
        return reference.Mechanism is null && !reference.IsSelf && draft.Driving is null && references.Drive(draft, reference, largest, $"groups the rows, for {key}");
    }

    bool IsWithin(TableDraft draft, ReferenceDraft reference, long largest)
    {
        if (largest >= draft.Rows) return true;
        // The same parents again, with a flatter spread if the first was too skewed for this key.
        return reference.Mechanism is FanOutReference && references.Drive(draft, reference, largest, reference.Reason);
    }

    bool MakeUnique(TableDraft draft, KeyDraft key, int column)
    {
        if (draft.Generators[column] is not null) return false;
        if (Serial(draft, column) is { } serial && key.Columns.Length == 1)
        {
            draft.Set(column, serial.Spec, draft.Table.Columns[column].Sequence is null ? $"numbers the rows, for {key.Name}" : "as its sequence would");
            draft.Unique.Add(column);
            return true;
        }
        if (domains(draft, column, draft.Rows) is not { } domain || domain.Size < draft.Rows) return false;
        draft.Set(column, new IndexedSpec(domain, RowIndex(domain, domain.Aspect ?? draft.Table.Columns[column].Name)), $"different in every row, for {key.Name}");
        draft.Unique.Add(column);
        return true;
    }

    static IndexSpec RowIndex(DomainSpec domain, string salt)
    {
        if (domain is UuidDomain) return new RowOrderIndexSpec();
        var size = Math.Min(domain.Size, LargestPermutation);
        return new RowIndexSpec(size, salt, 1, size);
    }

    static (SerialSpec Spec, long Capacity)? Serial(TableDraft draft, int column)
    {
        var target = draft.Table.Columns[column];
        if (!target.Type.Kind.IsInteger() && !(target.Type.Kind == TypeKind.Decimal && target.Type.ScaleOf() == 0)) return null;
        if (draft.Serials.TryGetValue(column, out var range) is false) return null;
        var step = target.Sequence?.Increment ?? 1;
        var start = target.Sequence?.Start ?? Math.Max(1, range.Min);
        if (draft.Existing?.LargestNumbers.TryGetValue(target.Name, out var largest) == true && step > 0) start = Math.Max(start, largest + step);
        if (target.Sequence is not null) start += step * draft.NumbersOfTriggers;
        if (draft.Slices.TryGetValue(column, out var slice)) (start, step) = (start + (slice.Place - start % slice.Count + slice.Count) % slice.Count, step * slice.Count);
        if (start < range.Min || start > range.Max || step == 0) return null;
        var capacity = step > 0 ? (long)(((Int128)range.Max - start) / step + 1) : (long)(((Int128)start - range.Min) / -(Int128)step + 1);
        return (new SerialSpec(start, step), Math.Max(1, capacity));
    }

    // A sequence's column is numbered even where no key asks for it.
    static void PlanSequences(TableDraft draft)
    {
        for (var column = 0; column < draft.Table.Columns.Count; column++)
        {
            if (draft.Table.Columns[column].Sequence is null || !draft.IsOpen(column) || Serial(draft, column) is not { } serial || serial.Capacity < draft.Rows) continue;
            draft.Set(column, serial.Spec, "as its sequence would");
            draft.Unique.Add(column);
        }
    }

    // Distinct combinations: the parents of one reference group the rows, and the other parts are digits of each row's place in its
    // group; without a group, all parts are digits of the row's place in a permutation.
    bool Combine(TableDraft draft, KeyDraft key)
    {
        var open = key.References.Where(r => r.Mechanism is null && r.Shared.Count == 0).ToList();
        var columns = key.Free.Where(c => draft.Generators[c] is null).ToList();
        var group = key.References.FirstOrDefault(r => r.Mechanism is FanOutReference or TreeReference)
            ?? (draft.Driving is null ? open.FirstOrDefault(r => !r.IsSelf) : null);
        open.Remove(group!);
        var agreeing = key.References.FirstOrDefault(r => r.Mechanism is GroupedReference { Index: null });
        if (group is not null && agreeing is not null && open.Count == 0 && columns.Count == 0) return Agree(draft, key, group, agreeing);
        var digits = Digits(draft, open, columns);
        var room = digits.Aggregate(UInt128.One, (product, digit) => Product(product, digit.Radix));
        var largest = (long)UInt128.Min(room, LargestPermutation);
        if (group is not null && digits.Count > 0 && Group(draft, group, largest, key.Name))
        {
            Spell(draft, key, digits, (size, divisor, radix) => new GroupIndexSpec(group.Index, size, key.Name, divisor, radix), largest);
            return true;
        }
        if (group is not null && group.Mechanism is null) return Combine(draft, key, [.. open.Prepend(group)], columns);
        return group is null && Combine(draft, key, open, columns);
    }

    static bool Agree(TableDraft draft, KeyDraft key, ReferenceDraft group, ReferenceDraft agreeing)
    {
        if (group.Mechanism is null) return false;
        var mechanism = (GroupedReference)agreeing.Mechanism!;
        agreeing.Set(mechanism with { Index = new GroupIndexSpec(group.Index, 0, key.Name, 1, 0) }, agreeing.Reason + $", each once for {key.Name}");
        return true;
    }

    bool Combine(TableDraft draft, KeyDraft key, List<ReferenceDraft> open, List<int> columns)
    {
        var digits = Digits(draft, open, columns);
        var room = digits.Aggregate(UInt128.One, (product, digit) => Product(product, digit.Radix));
        if (digits.Count == 0 || room < (UInt128)draft.Rows) return false;
        Spell(draft, key, digits, (size, divisor, radix) => new RowIndexSpec(size, key.Name, divisor, radix), (long)UInt128.Min(room, LargestPermutation));
        return true;
    }

    List<Digit> Digits(TableDraft draft, List<ReferenceDraft> references, List<int> columns)
    {
        var digits = references.Select(r => new Digit(r, -1, null, r.ParentRows)).ToList();
        foreach (var column in columns)
            if (domains(draft, column, draft.Rows) is { } domain) digits.Add(new Digit(null, column, domain, domain.Size));
        return digits;
    }

    static void Spell(TableDraft draft, KeyDraft key, List<Digit> digits, Func<long, long, long, IndexSpec> index, long room)
    {
        // The product of all radices may pass 2^62; digits beyond that take part with the share that fits.
        UInt128 size = 1;
        var radices = new List<long>();
        foreach (var digit in digits)
        {
            var radix = (long)UInt128.Min((UInt128)digit.Radix, (UInt128)LargestPermutation / size);
            radices.Add(Math.Max(1, radix));
            size *= (UInt128)Math.Max(1, radix);
        }
        long divisor = 1;
        for (var d = 0; d < digits.Count; d++)
        {
            var spec = index((long)size, divisor, radices[d]);
            if (digits[d].Reference is { } reference) reference.Set(new IndexedReference(spec), $"distinct combinations for {key.Name}");
            else draft.Set(digits[d].Column, new IndexedSpec(digits[d].Domain!, spec), $"distinct combinations for {key.Name}");
            divisor *= radices[d];
        }
    }

    sealed record Digit(ReferenceDraft? Reference, int Column, DomainSpec? Domain, long Radix);
}

/// <summary>A unique key as columns, the references that lie wholly inside it, and the columns that no reference decides.</summary>
sealed class KeyDraft
{
    public KeyDraft(TableDraft draft, UniqueKey key)
    {
        Key = key;
        Columns = [.. key.Parts.SelectMany(p => ColumnsOf(draft.Table, p)).Distinct()];
        References = [.. draft.References.Where(r => r.IsUsable && r.OwnsColumns && r.Mechanism is not ImpliedReference && TellsParents(draft, r))];
        Partial = [.. Columns.Select(c => draft.Owners[c]).OfType<ReferenceDraft>().Distinct()];
        Free = [.. Columns.Where(c => draft.Owners[c] is null && !draft.Table.Columns[c].IsComputed).OrderByDescending(c => Preference(draft.Table.Columns[c]))];
    }

    // Different parents give different values to the key: its columns hold all of the reference's, or enough to tell parents apart.
    bool TellsParents(TableDraft draft, ReferenceDraft reference)
    {
        var inside = Enumerable.Range(0, reference.Columns.Length).Where(i => Columns.Contains(reference.Columns[i])).ToList();
        if (!inside.Exists(i => draft.Owners[reference.Columns[i]] == reference)) return false;
        if (inside.Count == reference.Columns.Length) return true;
        var principal = inside.Select(i => reference.Key.PrincipalColumns[i]).ToHashSet(StringComparer.Ordinal);
        return reference.Principal!.AllKeys.Any(k => k.IsPlain && k.ColumnNames.All(principal.Contains));
    }

    public UniqueKey Key { get; }
    public string Name => Key.Name;
    public int[] Columns { get; }
    public List<ReferenceDraft> References { get; }

    /// <summary>All references that decide a column of the key, those that lie partly outside it too.</summary>
    public List<ReferenceDraft> Partial { get; }

    /// <summary>The columns that may be made unique, the most natural first.</summary>
    public List<int> Free { get; }

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

    static IEnumerable<int> ColumnsOf(Table table, KeyPart part)
    {
        if (part.Column is { } column) return [table.IndexOf(column)];
        return Enumerable.Range(0, table.Columns.Count).Where(c => Words(part.Expression!).Contains(table.Columns[c].Name));
    }

    static HashSet<string> Words(string expression) =>
        [.. expression.Split([' ', '(', ')', ',', '"', ':', '+', '-', '|', '=', '\''], StringSplitOptions.RemoveEmptyEntries)];
}

/// <summary>Names of columns that count within a parent.</summary>
static class OrdinalNames
{
    static readonly string[] Words = ["line", "no", "nr", "num", "number", "seq", "sequence", "position", "pos", "ordinal", "index", "idx", "order", "sort", "rank", "version", "revision", "step", "item", "part", "page", "row", "slot", "place", "level"];

    public static bool Contains(string name)
    {
        var lower = name.ToLowerInvariant();
        return Words.Any(w => lower == w || lower.EndsWith("_" + w, StringComparison.Ordinal) || lower.StartsWith(w + "_", StringComparison.Ordinal));
    }
}
