using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Meets keys by references: one row a parent, numbers within a parent, distinct combinations.</summary>
sealed class KeyCombiner(ReferencePlanner references, Func<TableDraft, int, long, DomainSpec?> domains)
{
    public static bool OneToOne(TableDraft draft, KeyDraft key)
    {
        var reference = key.References[0];
        // Rows spread evenly over at least as many parents are one a parent.
        if (reference is { MustCover: true, Mechanism: FanOutReference { ZeroShare: 0 } } && draft.Rows <= reference.ParentRows) return true;
        if (reference is { LargestGroup: <= 1, Mechanism: FanOutReference }) return true;
        if (reference.Mechanism is not null) return false;
        if (reference.IsSelf && reference.IsRequired) reference.Set(new SelfReference(), $"{key.Name} lets each row refer to itself only");
        else
        {
            var offset = KeyCapacity.TakenParents(draft, reference);
            var slice = KeyCapacity.SliceOf(draft, reference);
            var isIdentity = key.Key.IsPrimary || offset > 0 || slice is not null;
            reference.Set(new InjectiveReference(offset + (slice?.Place ?? 0), isIdentity ? "" : key.Name, isIdentity) { Step = slice?.Count ?? 1 },
                $"one row a parent by {key.Name}");
        }
        foreach (var column in key.Columns) draft.Unique.Add(column);
        return true;
    }

    /// <summary>(order_id, line_no): a number that counts within the parent.</summary>
    public bool WeakEntity(TableDraft draft, KeyDraft key)
    {
        if (key.References.Count != 1 || key.Free.Count != 1) return false;
        var column = key.Free[0];
        var type = draft.Table.Columns[column].Type;
        if (!type.Kind.IsInteger() || !(key.Key.IsPrimary || OrdinalNames.Contains(draft.Table.Columns[column].Name))) return false;
        if (draft.Table.Columns[column].Sequence is not null || draft.Generators[column] is not null) return false;
        if (domains(draft, column, draft.Rows) is not IntegerDomain domain) return false;
        if (!Group(draft, key.References[0], domain.Size, key.Name)) return false;
        var start = domain.Min is <= 1 and > -1_000_000 && domain.Max > 1 ? 1 : domain.Min;
        draft.Set(column, new OrdinalSpec(key.References[0].Index, start, 1),
            $"counts within its {key.References[0].Key.Principal.Name}, for {key.Name}");
        return true;
    }

    bool Group(TableDraft draft, ReferenceDraft reference, long largest, string key)
    {
        if (reference.Mechanism is FanOutReference or LearnedFanOutReference or TreeReference) return IsWithin(draft, reference, largest);
        return reference.Mechanism is null && !reference.IsSelf && draft.Driving is null
            && references.Drive(draft, reference, largest, $"groups the rows, for {key}");
    }

    bool IsWithin(TableDraft draft, ReferenceDraft reference, long largest)
    {
        if (largest >= draft.Rows) return true;
        // The same parents again, with a flatter spread if the first was too skewed for this key.
        return reference.Mechanism is FanOutReference or LearnedFanOutReference && references.Drive(draft, reference, largest, reference.Reason);
    }

    /// <summary>Distinct combinations: the parents of one reference group the rows, and the other parts are digits of each row's place in its
    /// group; without a group, all parts are digits of the row's place in a permutation.</summary>
    public bool Combine(TableDraft draft, KeyDraft key)
    {
        var open = key.References.Where(r => r.Mechanism is null && r.Shared.Count == 0).ToList();
        var columns = key.Free.Where(c => draft.Generators[c] is null).ToList();
        var group = key.References.FirstOrDefault(r => r.Mechanism is FanOutReference or LearnedFanOutReference or TreeReference)
            ?? (draft.Driving is null ? open.FirstOrDefault(r => !r.IsSelf) : null);
        open.Remove(group!);
        var agreeing = key.References.FirstOrDefault(r => r.Mechanism is GroupedReference { Index: null });
        if (group is not null && agreeing is not null && open.Count == 0 && columns.Count == 0) return false;
        var digits = Digits(draft, open, columns);
        var room = digits.Aggregate(UInt128.One, (product, digit) => KeyCapacity.Product(product, digit.Radix));
        var largest = (long)UInt128.Min(room, UniqueColumns.LargestPermutation);
        if (group is not null && digits.Count > 0 && Group(draft, group, largest, key.Name))
        {
            Spell(draft, key, digits, (size, divisor, radix) => new GroupIndexSpec(group.Index, size, key.Name, divisor, radix), largest);
            return true;
        }
        if (group is not null && group.Mechanism is null) return Combine(draft, key, [.. open.Prepend(group)], columns);
        return group is null && Combine(draft, key, open, columns);
    }

    bool Combine(TableDraft draft, KeyDraft key, List<ReferenceDraft> open, List<int> columns)
    {
        var digits = Digits(draft, open, columns);
        var room = digits.Aggregate(UInt128.One, (product, digit) => KeyCapacity.Product(product, digit.Radix));
        if (digits.Count == 0 || room < (UInt128)draft.Rows) return false;
        Spell(draft, key, digits, (size, divisor, radix) => new RowIndexSpec(size, key.Name, divisor, radix),
            (long)UInt128.Min(room, UniqueColumns.LargestPermutation));
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
            var radix = (long)UInt128.Min((UInt128)digit.Radix, (UInt128)UniqueColumns.LargestPermutation / size);
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
