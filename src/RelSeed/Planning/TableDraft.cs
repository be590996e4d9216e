using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>A table's plan while it is being made: what is decided so far, column by column and reference by reference.</summary>
sealed class TableDraft
{
    public TableDraft(Table table, long requested, string reason, ExistingTable? existing)
    {
        (Table, Existing) = (table, existing);
        (Requested, Rows, RowsReason) = (requested, requested, reason);
        Generators = new GeneratorSpec?[table.Columns.Count];
        Reasons = new string[table.Columns.Count];
        Nulls = new NullSpec?[table.Columns.Count];
        Owners = new ReferenceDraft?[table.Columns.Count];
    }

    public Table Table { get; }
    public long Requested { get; }

    /// <summary>Rows that stand in the table and stay; null when it is empty.</summary>
    public ExistingTable? Existing { get; }

    public long ExistingRows => Existing?.Rows ?? 0;
    public long Rows { get; private set; }
    public string RowsReason { get; private set; }
    public GeneratorSpec?[] Generators { get; }
    public string[] Reasons { get; }
    public NullSpec?[] Nulls { get; }

    /// <summary>By column: the reference that decides its value, if any.</summary>
    public ReferenceDraft?[] Owners { get; }

    public List<ReferenceDraft> References { get; } = [];

    /// <summary>The reference whose parents group the rows, once one does.</summary>
    public ReferenceDraft? Driving { get; set; }

    /// <summary>Columns that hold a different value in every row where they are not null.</summary>
    public HashSet<int> Unique { get; } = [];

    /// <summary>Integer columns that may be numbered row by row, with the interval their type and constraints leave.</summary>
    public Dictionary<int, (long Min, long Max)> Serials { get; } = [];

    /// <summary>Numbers at which the numbering of a column must begin, if not before.</summary>
    public Dictionary<int, long> FirstNumbers { get; } = [];

    /// <summary>Columns another table refers to; they are never null.</summary>
    public HashSet<int> Referred { get; } = [];

    /// <summary>Partial keys that all rows must stay outside of, since their columns leave no other way.</summary>
    public HashSet<UniqueKey> Avoided { get; } = [];

    /// <summary>Columns that may be null by their type, but not by a check.</summary>
    public HashSet<int> NotNull { get; } = [];

    /// <summary>Columns whose nulls would be equal in some key.</summary>
    public HashSet<int> NeverNull { get; } = [];

    /// <summary>The columns of each check that reads foreign keys' columns alone: of two references or more, or one with a list of values.</summary>
    public List<int[]> Ties { get; } = [];

    /// <summary>Columns that some check reads together with others.</summary>
    public HashSet<int> Related { get; } = [];

    /// <summary>Columns whose values must keep a distance, with the values they may take.</summary>
    public Dictionary<int, DomainSpec> Spaced { get; } = [];

    /// <summary>Pairs of columns that a check wants equal, and that it wants different.</summary>
    public List<(int Left, int Right)> Equal { get; } = [];

    public List<(int Left, int Right)> Different { get; } = [];

    /// <summary>Choices made in memory for keys that no construction meets.</summary>
    public RowArrangement? Arrangement { get; set; }

    /// <summary>All that its keys, references and checks read is to be chosen in memory.</summary>
    public bool IsSearched { get; set; }

    /// <summary>Whose triggers make its rows; empty for a table that is written.</summary>
    public IReadOnlyList<RowSource> Sources { get; set; } = [];

    /// <summary>By column: the part of a domain that it takes, which tables share since their triggers fill one table.</summary>
    public Dictionary<int, Slice> Slices { get; } = [];

    /// <summary>Numbers of the table's sequences that triggers may take for rows of their own.</summary>
    public long NumbersOfTriggers { get; set; }

    /// <summary>Its amounts must cancel out within a parent: the rows stand in pairs.</summary>
    public Expressions.RowBalance? Balance { get; set; }

    /// <summary>Columns that count within the value of another.</summary>
    public List<(int Column, int Within)> Numbered { get; } = [];

    /// <summary>Its rows stand in bands, by which its triggers tell what to write.</summary>
    public Banding? Banding { get; set; }

    /// <summary>Foreign keys of whose parents each must have a child.</summary>
    public IReadOnlySet<string> EveryParent { get; set; } = new HashSet<string>();

    /// <summary>How the table's profile fits it; null without one.</summary>
    public ProfileDraft? Profile { get; set; }

    /// <summary>Sets rows that others decide.</summary>
    public void Fill(long rows, string reason) => (Rows, RowsReason) = (rows, reason);

    public void Limit(long rows, string reason)
    {
        if (rows >= Rows) return;
        (Rows, RowsReason) = (rows, reason);
    }

    public void Set(int column, GeneratorSpec generator, string reason)
    {
        Generators[column] = generator;
        Reasons[column] = reason;
    }

    public bool IsOpen(int column) => Generators[column] is null && Owners[column] is null && !Table.Columns[column].IsComputed;

    public int[] IndexesOf(IEnumerable<string> columns) => [.. columns.Select(Table.IndexOf)];
}

/// <summary>A foreign key while its mechanism is being decided.</summary>
sealed class ReferenceDraft(ForeignKey key, int index, int[] columns, int[] principalColumns, Table? principal, long parentRows, long existingParents)
{
    public ForeignKey Key { get; } = key;

    /// <summary>0-based position among the table's references.</summary>
    public int Index { get; } = index;

    public int[] Columns { get; } = columns;
    public int[] PrincipalColumns { get; } = principalColumns;

    /// <summary>Null when the plan does not cover the table.</summary>
    public Table? Principal { get; } = principal;

    /// <summary>Rows the parent will have, existing ones among them; 0 when it is not covered.</summary>
    public long ParentRows { get; } = parentRows;

    /// <summary>Those of the parent's rows that stood in the database before; they come first.</summary>
    public long ExistingParents { get; } = existingParents;

    /// <summary>Some rows can have a parent.</summary>
    public bool IsUsable => ParentRows > 0;

    /// <summary>Why none can, where it is not usable.</summary>
    public string Obstacle { get; init; } = $"{key.Principal} holds no rows";

    /// <summary>No column of it may be null.</summary>
    public bool IsRequired { get; init; }

    public bool IsSelf { get; init; }

    /// <summary>Positions whose values come back through a key of the principal, so that only some parents will do.</summary>
    public int[] ComesBack { get; init; } = [];

    /// <summary>The most rows one parent may have, by the keys met so far.</summary>
    public long LargestGroup { get; set; } = long.MaxValue;

    /// <summary>The rows of each parent, when a rule says.</summary>
    public Configuration.ChildCount? Counts { get; set; }

    /// <summary>Every parent must have a row.</summary>
    public bool MustCover { get; init; }

    /// <summary>Positions in <see cref="Columns"/> whose value another reference or generator decides.</summary>
    public List<int> Shared { get; } = [];

    /// <summary>Positions in <see cref="Columns"/> that the reference decides, but that a check wants equal to a column decided before.</summary>
    public List<(int Position, int Column)> Agreements { get; } = [];

    /// <summary>Columns of the row that the parent must agree with, each with the parent's column.</summary>
    public IReadOnlyList<(int Column, int Principal)> Agreed =>
        [.. Shared.Select(i => (Columns[i], PrincipalColumns[i])), .. Agreements.Select(a => (a.Column, PrincipalColumns[a.Position]))];

    public ReferenceSpec? Mechanism { get; private set; }
    public string Reason { get; private set; } = "";
    public List<ParentFilter> Filters { get; } = [];

    /// <summary>Decides at least one column.</summary>
    public bool OwnsColumns => Shared.Count < Columns.Length;

    public void Set(ReferenceSpec mechanism, string reason)
    {
        Mechanism = mechanism;
        Reason = reason;
    }
}
