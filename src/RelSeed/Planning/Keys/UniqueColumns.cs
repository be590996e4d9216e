using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Columns that hold another value in every row: numbered, or a permutation of their domain.</summary>
static class UniqueColumns
{
    /// <summary>A permutation of a larger domain takes part of it.</summary>
    public const long LargestPermutation = 1L << 62;

    /// <returns>False when the column is decided already or has too few values.</returns>
    public static bool Make(TableDraft draft, KeyDraft key, int column, Func<TableDraft, int, long, DomainSpec?> domains)
    {
        if (draft.Generators[column] is not null) return false;
        if (key.Columns.Length == 1 && Serial(draft, column) is { } serial)
        {
            draft.Set(column, serial.Spec,
                draft.Table.Columns[column].Sequence is null ? $"numbers the rows, for {key.Name}" : "as its sequence would");
            draft.Unique.Add(column);
            return true;
        }
        if (domains(draft, column, draft.Rows) is not { } domain || domain.Size < draft.Rows) return false;
        draft.Set(column, new IndexedSpec(domain, RowIndex(domain, domain.Aspect ?? draft.Table.Columns[column].Name)),
            $"different in every row, for {key.Name}");
        draft.Unique.Add(column);
        return true;
    }

    /// <summary>A column that may be null and has fewer values than there are rows: so many rows have one each, the others none.</summary>
    public static bool HasFewValues(TableDraft draft, KeyDraft key, Func<TableDraft, int, long, DomainSpec?> domains)
    {
        if (key.Key.IsPrimary || key.IsOpaque || key.Columns is not [var column] || key.Free.Count != 1 || key.NeverNull.Contains(column)
            || draft.ExistingRows > 0)
            return false;
        if (!draft.Table.Columns[column].IsNullable || draft.NotNull.Contains(column) || draft.NeverNull.Contains(column)
            || draft.Generators[column] is not null)
            return false;
        // Only some rows could be parents of the others.
        if (draft.References.Exists(r => r.IsSelf && r.PrincipalColumns.Contains(column))) return false;
        if (draft.Table.AllKeys.Any(k => k != key.Key && k.ColumnNames.Contains(draft.Table.Columns[column].Name))) return false;
        if (Serial(draft, column)?.Capacity >= draft.Rows || domains(draft, column, draft.Rows) is not { Size: > 0 } domain
            || domain.Size >= draft.Rows)
            return false;
        draft.Set(column, new IndexedSpec(domain, new BlockIndexSpec(domain.Size, draft.Table.Columns[column].Name)),
            $"different in every row that has one, for {key.Name}");
        draft.Nulls[column] = new NullBeyond(domain.Size);
        draft.Unique.Add(column);
        return true;
    }

    static IndexSpec RowIndex(DomainSpec domain, string salt)
    {
        if (domain is UuidDomain) return new RowOrderIndexSpec();
        var size = Math.Min(domain.Size, LargestPermutation);
        return new RowIndexSpec(size, salt, 1, size);
    }

    // Numbers of so few are digits of a code; of more, those below 1 are none that a key has.
    const int ShortRange = 1_000;

    public static (SerialSpec Spec, long Capacity)? Serial(TableDraft draft, int column)
    {
        var target = draft.Table.Columns[column];
        if (!target.Type.Kind.IsInteger() && !(target.Type.Kind == TypeKind.Decimal && target.Type.ScaleOf() == 0)) return null;
        if (draft.Serials.TryGetValue(column, out var range) is false) return null;
        var step = target.Sequence?.Increment ?? 1;
        var start = target.Sequence?.Start ?? Math.Max(1, range.Min);
        if (draft.Existing?.LargestNumbers.TryGetValue(target.Name, out var largest) == true && step > 0) start = Math.Max(start, largest + step);
        else if (draft.FirstNumbers.TryGetValue(column, out var first) && step > 0 && first < start)
            start -= (start - first + step - 1) / step * step;
        if (target.Sequence is not null) start += step * draft.NumbersOfTriggers;
        // A short range is used to its end: the digit 0, and what is below; beside rows that stand there it goes on behind them.
        else if (draft.ExistingRows == 0 && start > range.Min && (Int128)range.Max - range.Min < ShortRange && draft.Rows > (Int128)range.Max - start + 1)
            start = (long)Int128.Max(range.Min, (Int128)range.Max - draft.Rows + 1);
        if (draft.Slices.TryGetValue(column, out var slice))
            (start, step) = (start + (slice.Place - start % slice.Count + slice.Count) % slice.Count, step * slice.Count);
        if (start < range.Min && step > 0) start += (long)(((Int128)range.Min - start + step - 1) / step * step);
        if (start < range.Min || start > range.Max || step == 0) return null;
        var capacity = step > 0 ? (long)(((Int128)range.Max - start) / step + 1) : (long)(((Int128)start - range.Min) / -(Int128)step + 1);
        return (new SerialSpec(start, step), Math.Max(1, capacity));
    }

    /// <summary>A sequence's column is numbered even where no key asks for it.</summary>
    public static void PlanSequences(TableDraft draft)
    {
        for (var column = 0; column < draft.Table.Columns.Count; column++)
        {
            if (draft.Table.Columns[column].Sequence is null || !draft.IsOpen(column) || Serial(draft, column) is not { } serial
                || serial.Capacity < draft.Rows)
                continue;
            draft.Set(column, serial.Spec, "as its sequence would");
            draft.Unique.Add(column);
        }
    }
}
