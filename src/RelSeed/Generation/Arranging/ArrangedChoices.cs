using RelSeed.Numerics;

namespace RelSeed.Generation;

/// <summary>One choice of an arrangement: what may be chosen, and the values that each candidate gives the row's columns.</summary>
sealed class ChoiceSource
{
    /// <summary>Positions of the row's columns it decides.</summary>
    public required int[] Columns { get; init; }

    /// <summary>By column: the value of each candidate.</summary>
    public required ColumnVector[] Values { get; init; }

    /// <summary>By candidate: the parent's row, or the index in the domain.</summary>
    public required long[] Targets { get; init; }

    /// <summary>Columns of the row that must equal the candidate's, decided by earlier choices.</summary>
    public int[] SharedColumns { get; init; } = [];

    public ColumnVector[] SharedValues { get; init; } = [];

    public bool MayBeNull { get; init; }
    public ulong NullThreshold { get; set; }

    /// <summary>The table's own rows: only those before the row, or itself.</summary>
    public bool IsSelf { get; init; }

    public bool MayBeItself { get; init; }

    /// <summary>Of the table's own rows in a search: by owned column, the column of the other row it takes.</summary>
    public int[] PrincipalColumns { get; init; } = [];

    /// <summary>By shared column: the column of the other row that must equal it.</summary>
    public int[] SharedPrincipals { get; init; } = [];

    /// <summary>Some of its columns may be null though others may not.</summary>
    public bool MayBePartial { get; init; }

    /// <summary>Candidates are tried in their order, each row beginning at its own.</summary>
    public bool InOrder { get; init; }

    Dictionary<UInt128, int[]>? _groups;

    /// <summary>Candidates that agree with the row on the shared columns; null for all. Where one of those is null, nothing need agree.</summary>
    public int[]? Find(ChosenRow row)
    {
        if (SharedColumns.Length == 0 || row.Hash(SharedColumns) is var shared && shared == 0) return null;
        return (_groups ??= Group()).GetValueOrDefault(shared, []);
    }

    Dictionary<UInt128, int[]> Group() => Enumerable.Range(0, Targets.Length)
        .GroupBy(i => SharedValues.Aggregate(UInt128.One, (hash, values) => ValueHash.Add(hash, values, i)))
        .Where(g => g.Key != 0).ToDictionary(g => g.Key, g => g.ToArray());
}

/// <summary>Hashes of tuples of values, 128 bits wide.</summary>
static class ValueHash
{
    /// <returns>0 once any value is null.</returns>
    public static UInt128 Add(UInt128 hash, ColumnVector values, int row) =>
        hash == 0 || values.IsNull(row) ? UInt128.Zero : Add(hash, RowDigest.HashValue(values, row));

    public static UInt128 Add(UInt128 hash, ulong value)
    {
        var low = CounterRandom.Mix((ulong)hash + value * 0x9E3779B97F4A7C15);
        var high = CounterRandom.Mix((ulong)(hash >> 64) ^ (value + 0xD1B54A32D192ED03));
        return new UInt128(high, low | 1);
    }

    public static UInt128 Add(UInt128 hash, string text)
    {
        foreach (var character in text) hash = Add(hash, character);
        return Add(hash, (ulong)text.Length);
    }
}
