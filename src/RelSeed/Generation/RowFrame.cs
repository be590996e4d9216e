using System.Runtime.CompilerServices;

namespace RelSeed.Generation;

/// <summary>Some rows of one table, whose columns and parents are computed when first asked for and then kept.</summary>
/// <remarks>This is how context is recomputed: a generator asks the frame for another column of its rows, or for the frame of their
/// parents, and the value functions of those run on just these rows. Frames and their arrays are reused, so that a batch allocates
/// nothing once the first ones have grown them. Not for several threads: each has its own.</remarks>
public sealed partial class RowFrame
{
    readonly ColumnVector[] _columns;
    readonly bool[] _filled;
    readonly bool[] _making;
    readonly RowFrame?[] _parents;
    readonly long[][] _parentRows;
    readonly long[][] _ordinals;
    readonly bool[] _located;
    readonly bool[] _parentReady;
    readonly ColumnVector?[] _overlaid;
    long[] _rows = [];
    bool[] _absent = [];
    long[] _existing = [];

    public RowFrame(TableGenerator table)
    {
        Table = table;
        _columns = [.. table.Columns.Select(c => ColumnVector.Create(c.Type))];
        _filled = new bool[_columns.Length];
        _making = new bool[_columns.Length];
        _overlaid = new ColumnVector?[_columns.Length];
        _parents = new RowFrame?[table.References.Count];
        _parentRows = [.. table.References.Select(_ => Array.Empty<long>())];
        _ordinals = [.. table.References.Select(_ => Array.Empty<long>())];
        _located = new bool[table.References.Count];
        _parentReady = new bool[table.References.Count];
        _groupState = new GroupState[table.Groups.Count];
    }

    public TableGenerator Table { get; }
    public int Count { get; private set; }

    /// <summary>Indexes of the made rows, from 0, as generators count them. A row that is absent (no parent) or existed before stands as 0;
    /// what is made for it is not used.</summary>
    public ReadOnlySpan<long> Rows => _rows.AsSpan(0, Count);

    /// <summary>Some row is absent.</summary>
    public bool HasAbsent { get; private set; }

    /// <summary>Some row stood in the database before.</summary>
    public bool HasExisting { get; private set; }

    /// <summary>No made row is present, so no generator runs.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>The rows follow one another: Rows[i] = Rows[0] + i.</summary>
    public bool IsContiguous { get; private set; }

    public bool IsAbsent(int index) => HasAbsent && _absent[index];

    /// <summary>Points the frame at consecutive rows.</summary>
    public void Reset(long first, int count)
    {
        Prepare(count);
        for (var i = 0; i < count; i++) _rows[i] = first + i;
        if (Table.Existing is null && Table.Substitutes is null) IsContiguous = true;
        else Classify(_rows.AsSpan(0, count));
    }

    /// <summary>Points the frame at any rows; -1 for an absent one.</summary>
    public void Reset(ReadOnlySpan<long> rows)
    {
        Prepare(rows.Length);
        Classify(rows);
    }

    // Tells absent, existing and made rows apart.
    void Classify(ReadOnlySpan<long> rows)
    {
        var (made, existing, firstNew, substitutes) = (0, 0, Table.FirstNew, Table.Substitutes);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            _absent[i] = row < 0;
            _existing[i] = row < firstNew ? row : -1;
            if (row >= firstNew) made++;
            else if (row >= 0) existing++;
            _rows[i] = row < firstNew ? 0 : substitutes is null ? row - firstNew : substitutes.Map(row - firstNew);
        }
        HasAbsent = made + existing < rows.Length;
        HasExisting = existing > 0;
        IsEmpty = made == 0 || Table.RowCount == 0;
    }

    void Prepare(int count)
    {
        if (_rows.Length < count)
        {
            _rows = new long[count];
            _absent = new bool[count];
            _existing = new long[count];
        }
        Count = count;
        HasAbsent = false;
        HasExisting = false;
        IsContiguous = false;
        IsEmpty = false;
        Array.Clear(_filled);
        Array.Clear(_located);
        Array.Clear(_parentReady);
        Array.Clear(_groupState);
        Array.Clear(_making);
        (Attempt, _retried) = (0, -1);
        _hasLearned = false;
        _firstsReady = false;
        LearnedAttempts = null;
    }

    /// <summary>The values of a column for the frame's rows.</summary>
    /// <param name="column">0-based position among <see cref="TableGenerator.Columns"/>.</param>
    public ColumnVector Column(int column)
    {
        var isPaired = IsPaired(column);
        if (!isPaired && Table.GroupOfColumn(column) is var group and >= 0) EnterGroup(group);
        var vector = _columns[column];
        if (_filled[column]) return HasExisting ? _overlaid[column]! : vector;
        // Marked first: a column that asks for itself would be a fault of the plan, and must not run for ever.
        _filled[column] = true;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw Circle(column);
        vector.Reset(Count);
        if (IsEmpty) vector.SetAllNull();
        else if (isPaired) Table.Pairs!.Fill(this, Firsts(), column, vector);
        else Make(column, vector);
        return HasExisting ? Overlay(column, vector) : vector;
    }

    void Make(int column, ColumnVector vector)
    {
        _making[column] = true;
        var attempt = Leave(Table.GroupOfColumn(column));
        Table.Columns[column].Fill(this, vector);
        Attempt = attempt;
        _making[column] = false;
    }

    /// <summary>The column is asked for while it is being made: it would be made of itself.</summary>
    internal bool IsBeingMade(int column) => _making[column];

    PlanException Circle(int column) => new("RS2021",
        $"A value of {Table.Name}.{Table.Columns[column].Name} would be made of itself: references and checks of the table lead from a row back to it. "
        + $"Leave the table out with --exclude {Table.Name}.");

    // The values of rows that stood in the database take the place of made ones.
    ColumnVector Overlay(int column, ColumnVector made)
    {
        var result = _overlaid[column] ??= ColumnVector.Create(Table.Columns[column].Type);
        var known = Table.Existing!.Find(column);
        result.Reset(Count);
        for (var i = 0; i < Count; i++)
        {
            if (_existing[i] < 0) result.CopyRow(i, made, i);
            else if (known is not null) result.CopyRow(i, known, (int)_existing[i]);
            else result.CopyNullRow(i);
        }
        return result;
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
        // First: to locate the rows may run a group of columns that asks for this very parent.
        var rows = ParentRows(reference);
        if (_parentReady[reference]) return parent;
        _parentReady[reference] = true;
        parent.Reset(rows);
        return parent;
    }

    /// <summary>Takes parents away by the attempt's coin, for a reference that may be absent.</summary>
    internal void NullParents(int reference)
    {
        var parents = _parentRows[reference];
        for (var i = 0; i < Count; i++)
            if (IsNulled((ulong)reference + 0x10000, i)) parents[i] = -1;
    }

    void Locate(int reference)
    {
        if (Table.GroupOfReference(reference) is var group and >= 0) EnterGroup(group);
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
        var attempt = Leave(Table.GroupOfReference(reference));
        Table.References[reference].Generator.Fill(this, parents, _ordinals[reference].AsSpan(0, Count));
        Attempt = attempt;
        if (!HasAbsent && !HasExisting) return;
        for (var i = 0; i < parents.Length; i++)
            if (_absent[i] || _existing[i] >= 0) parents[i] = -1;
    }
}
