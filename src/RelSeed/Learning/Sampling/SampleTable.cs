using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Sampling;

/// <summary>The sampled rows of a table.</summary>
sealed class SampleTable(Table table, long rows)
{
    public Table Table { get; private set; } = table;

    /// <summary>Rows of the whole table.</summary>
    public long TotalRows { get; } = rows;

    public SampleColumn[] Columns { get; } = [.. table.Columns.Select(SampleColumn.Create)];

    /// <summary>Foreign keys to tables that are learned too.</summary>
    public SampleReference[] References { get; set; } = [];

    /// <summary>Position among <see cref="References"/> of the one whose parents group the rows; -1 for none.</summary>
    public int Driving { get; set; } = -1;

    /// <summary>Share of the families that is sampled.</summary>
    public double Rate { get; set; } = 1;

    public int Count { get; set; }

    /// <summary>By row, of the family's root: rows below a table's rate are sampled.</summary>
    public List<double> Places { get; } = [];

    /// <summary>By column: NULLs among all rows, estimates of different values.</summary>
    public long[] Nulls { get; } = new long[table.Columns.Count];

    public DistinctSketch[] Distinct { get; } = [.. table.Columns.Select(_ => new DistinctSketch())];

    /// <summary>Whose rows they are: numbers below <see cref="EntityCount"/>; null when each row is its own.</summary>
    public int[]? Entities { get; set; }

    public int EntityCount { get; set; }

    /// <summary>The reference by whose parents <see cref="Entities"/> are known.</summary>
    public SampleReference? EntityReference { get; set; }

    public bool IsWhole => Rate >= 1;

    /// <summary>A number that puts the rows of a driving parent in order as time does; null for none. Known once all rows are read.</summary>
    public SampleColumn? Ascending => (_ascending ??= new(() => Siblings.FindAscending(this))).Value;

    Lazy<SampleColumn?>? _ascending;

    /// <summary>Takes a column's texts for what they say.</summary>
    public void Take(int column, MomentForm form)
    {
        var changed = Table.Columns[column] with { Type = Table.Columns[column].Type with { Kind = form.Kind } };
        Columns[column] = new AxisSample(changed, form, (TextSample)Columns[column]);
        Table = Table with { Columns = [.. Table.Columns.Select((c, i) => i == column ? changed : c)] };
    }
    public SampleReference? DrivingReference => Driving < 0 ? null : References[Driving];
}

/// <summary>A foreign key of a sampled table.</summary>
sealed class SampleReference(ForeignKey key, int[] columns)
{
    public ForeignKey Key { get; } = key;

    /// <summary>Positions of the dependent's columns.</summary>
    public int[] Columns { get; } = columns;

    public SampleTable Principal { get; set; } = null!;
    public SampleTable Dependent { get; set; } = null!;

    /// <summary>By sampled row: the key it leads to.</summary>
    public List<ulong> Hashes { get; } = [];

    /// <summary>By sampled row: the parent's; -1 for none, -2 for one that is not in the sample.</summary>
    public int[] Parents { get; set; } = [];

    /// <summary>By the principal's sampled rows: how many rows, sampled or not, lead to it.</summary>
    public int[] Degrees { get; set; } = [];

    /// <summary>Rows, sampled or not, that lead to none.</summary>
    public long Nulls { get; set; }
}
