namespace RelSeed.Generation;

/// <summary>Makes the values of one column for the rows of a frame: a pure function of seed, plan and row.</summary>
/// <remarks>Stateless after construction and shared by threads; whatever must be remembered is in the frame.</remarks>
public abstract class ColumnGenerator
{
    /// <summary>Fills every row of the target, which has been reset to the frame's count.</summary>
    public abstract void Fill(RowFrame frame, ColumnVector target);
}

/// <summary>Chooses the parent row of each row of a frame.</summary>
public abstract class ReferenceGenerator
{
    /// <param name="parents">Row indexes in the parent table, -1 for no parent.</param>
    /// <param name="ordinals">The row's 0-based place among its siblings, where the mechanism has groups; else untouched.</param>
    public abstract void Fill(RowFrame frame, Span<long> parents, Span<long> ordinals);
}

/// <summary>Decides which rows of a column are null, after its values were made.</summary>
public abstract class NullGenerator
{
    /// <param name="frame">May be asked for other columns and references of the same rows.</param>
    public abstract void Mark(RowFrame frame, ColumnVector target);
}

/// <summary>Names a position for each row, from which a value of a finite domain is made: the heart of uniqueness by construction.</summary>
public abstract class IndexGenerator
{
    /// <param name="indexes">From 0 to the domain's size - 1.</param>
    public abstract void Fill(RowFrame frame, Span<long> indexes);
}
