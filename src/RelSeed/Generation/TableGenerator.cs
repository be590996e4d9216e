using RelSeed.Numerics;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>All rows of one table as a function of their index: its columns' generators and its references.</summary>
public sealed class TableGenerator
{
    public required TableName Name { get; init; }

    /// <summary>Rows it holds; indexes run from 0 to RowCount - 1, those that stood in the database before the run first.</summary>
    public required long RowCount { get; init; }

    /// <summary>Index of the first row that is made; the rows before it stood there.</summary>
    public long FirstNew => Existing?.Count ?? 0;

    /// <summary>Rows that are made.</summary>
    public long MadeRows => RowCount - FirstNew;

    /// <summary>What is known of the rows that stood in the table before; null when it was empty.</summary>
    public ExistingRows? Existing { get; init; }

    /// <summary>Made rows that cannot stay, and what stands in for them; set when the plan is compiled.</summary>
    public RowSubstitutes? Substitutes { get; set; }

    /// <summary>Rows for which no draw may hold before the reading stops; set while a plan is tried, null for any number.</summary>
    internal int? MostBroken { get; set; }

    /// <summary>Its rows stand in pairs of opposite amounts; null where they do not.</summary>
    internal PairedRows? Pairs { get; set; }

    /// <summary>Choices of the rows that are made once in memory, where keys need them.</summary>
    internal LazyArrangement? Arrangement { get; set; }

    /// <summary>In catalog order; the columns that are not written too, since others may ask for them.</summary>
    public required IReadOnlyList<GeneratedColumn> Columns { get; init; }

    /// <summary>What a profile's trees draw for its rows; null without a profile.</summary>
    internal Learned.LearnedRows? Learned { get; set; }

    public IReadOnlyList<GeneratedReference> References { get; set; } = [];

    /// <summary>Columns and references that checks tie together, drawn again for rows that a check refuses.</summary>
    public IReadOnlyList<CheckGroup> Groups
    {
        get;
        set
        {
            field = value;
            _groupOfColumn = new int[Columns.Count];
            _groupOfReference = new int[References.Count];
            Array.Fill(_groupOfColumn, -1);
            Array.Fill(_groupOfReference, -1);
            for (var g = 0; g < value.Count; g++)
            {
                foreach (var column in value[g].Columns) _groupOfColumn[column] = g;
                foreach (var reference in value[g].References) _groupOfReference[reference] = g;
            }
        }
    } = [];

    int[] _groupOfColumn = [];
    int[] _groupOfReference = [];

    /// <summary>Position in <see cref="Groups"/>, -1 for none.</summary>
    public int GroupOfColumn(int column) => _groupOfColumn.Length == 0 ? -1 : _groupOfColumn[column];

    public int GroupOfReference(int reference) => _groupOfReference.Length == 0 ? -1 : _groupOfReference[reference];

    /// <summary>Positions of the columns that are written to the database, ascending.</summary>
    public required IReadOnlyList<int> Written { get; init; }
}

/// <summary>A column of a <see cref="TableGenerator"/>: values first, then nulls.</summary>
public sealed class GeneratedColumn(string name, ColumnType type)
{
    public string Name { get; } = name;
    public ColumnType Type { get; } = type;

    /// <summary>Set when the whole plan is compiled, since generators refer to one another's tables.</summary>
    public ColumnGenerator Values { get; set; } = null!;

    public NullGenerator? Nulls { get; set; }

    public void Fill(RowFrame frame, ColumnVector target)
    {
        Values.Fill(frame, target);
        Nulls?.Mark(frame, target);
    }
}

/// <param name="Parent">The table referred to.</param>
public sealed record GeneratedReference(string Name, TableGenerator Parent, ReferenceGenerator Generator);
