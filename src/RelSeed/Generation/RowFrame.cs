namespace RelSeed.Generation;

/// <summary>Some rows of one table, whose columns and parents are computed when first asked for and then kept.</summary>
/// <remarks>This is how context is recomputed: a generator asks the frame for another column of its rows, or for the frame of their
/// parents, and the value functions of those run on just these rows. Frames and their arrays are reused, so that a batch allocates
/// nothing once the first ones have grown them. Not for several threads: each has its own.</remarks>
public sealed class RowFrame
{
    readonly ColumnVector[] _columns;
    readonly bool[] _filled;
    readonly RowFrame?[] _parents;
    readonly long[][] _parentRows;
    readonly long[][] _ordinals;
    readonly bool[] _located;
    readonly bool[] _parentReady;
    long[] _rows = [];
    bool[] _absent = [];

    public RowFrame(TableGenerator table)
    {
        Table = table;
        _columns = [.. table.Columns.Select(c => ColumnVector.Create(c.Type))];
        _filled = new bool[_columns.Length];
        _parents = new RowFrame?[table.References.Count];
        _parentRows = [.. table.References.Select(_ => Array.Empty<long>())];
        _ordinals = [.. table.References.Select(_ => Array.Empty<long>())];
        _located = new bool[table.References.Count];
        _parentReady = new bool[table.References.Count];
    }

    public TableGenerator Table { get; }
    public int Count { get; private set; }

    /// <summary>Row indexes in the table. Where a row is absent (no parent) it stands for row 0 and its values must not be used.</summary>
    public ReadOnlySpan<long> Rows => _rows.AsSpan(0, Count);

    /// <summary>Some row is absent.</summary>
    public bool HasAbsent { get; private set; }

    /// <summary>No row is present, so nothing is computed: all columns are null.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>The rows follow one another: Rows[i] = Rows[0] + i.</summary>
    public bool IsContiguous { get; private set; }

    public bool IsAbsent(int index) => HasAbsent && _absent[index];

    /// <summary>Points the frame at consecutive rows.</summary>
    public void Reset(long first, int count)
    {
        Prepare(count);
        for (var i = 0; i < count; i++) _rows[i] = first + i;
        IsContiguous = true;
    }

    /// <summary>Points the frame at any rows; -1 for an absent one.</summary>
    public void Reset(ReadOnlySpan<long> rows)
    {
        Prepare(rows.Length);
        var present = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var absent = rows[i] < 0;
            _absent[i] = absent;
            _rows[i] = absent ? 0 : rows[i];
            if (!absent) present++;
        }
        HasAbsent = present < rows.Length;
        IsEmpty = present == 0 || Table.RowCount == 0;
    }

    void Prepare(int count)
    {
        if (_rows.Length < count)
        {
            _rows = new long[count];
            _absent = new bool[count];
        }
        Count = count;
        HasAbsent = false;
        IsContiguous = false;
        IsEmpty = false;
        Array.Clear(_filled);
        Array.Clear(_located);
        Array.Clear(_parentReady);
    }

    /// <summary>The values of a column for the frame's rows.</summary>
    /// <param name="column">0-based position among <see cref="TableGenerator.Columns"/>.</param>
    public ColumnVector Column(int column)
    {
        var vector = _columns[column];
        if (_filled[column]) return vector;
        // Marked first: a column that asks for itself would be a fault of the plan, and must not run for ever.
        _filled[column] = true;
        vector.Reset(Count);
        if (IsEmpty) vector.SetAllNull();
        else Table.Columns[column].Fill(this, vector);
        return vector;
    }

    /// <summary>The parent row of each row by a reference; -1 for none.</summary>
    /// <param name="reference">0-based position among <see cref="TableGenerator.References"/>.</param>
    public ReadOnlySpan<long> ParentRows(int reference)
    {
        Locate(reference);
        return _parentRows[reference].AsSpan(0, Count);
    }

    /// <summary>Each row's 0-based place in its sibling group; only for a reference that groups.</summary>
    public ReadOnlySpan<long> Ordinals(int reference)
    {
        Locate(reference);
        return _ordinals[reference].AsSpan(0, Count);
    }

    /// <summary>The parents of the rows, row by row.</summary>
    public RowFrame Parent(int reference)
    {
        var parent = _parents[reference] ??= new RowFrame(Table.References[reference].Parent);
        if (_parentReady[reference]) return parent;
        _parentReady[reference] = true;
        parent.Reset(ParentRows(reference));
        return parent;
    }

    void Locate(int reference)
    {
        if (_located[reference]) return;
        _located[reference] = true;
        if (_parentRows[reference].Length < Count)
        {
            _parentRows[reference] = new long[_rows.Length];
            _ordinals[reference] = new long[_rows.Length];
        }
        var parents = _parentRows[reference].AsSpan(0, Count);
        if (IsEmpty)
        {
            parents.Fill(-1);
            return;
        }
        Table.References[reference].Generator.Fill(this, parents, _ordinals[reference].AsSpan(0, Count));
        if (!HasAbsent) return;
        for (var i = 0; i < parents.Length; i++)
            if (_absent[i]) parents[i] = -1;
    }
}
