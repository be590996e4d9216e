namespace RelSeed.Generation.Learned;

/// <summary>The learned draws of a frame's rows.</summary>
sealed class LearnedState(int steps, int references)
{
    /// <summary>By step and row; 0 for NULL.</summary>
    public ushort[][] Codes { get; } = [.. Enumerable.Range(0, steps).Select(_ => Array.Empty<ushort>())];

    /// <summary>By step and row: the value on the axis, of ordinal steps.</summary>
    public double[][] Values { get; } = [.. Enumerable.Range(0, steps).Select(_ => Array.Empty<double>())];

    /// <summary>By reference of the profile and row: the parent picked.</summary>
    public long[][] Picked { get; } = [.. Enumerable.Range(0, references).Select(_ => Array.Empty<long>())];

    /// <summary>By row: what draws count by.</summary>
    public long[] Counters { get; private set; } = [];

    public long[] Parents { get; private set; } = [];
    public long[] Ordinals { get; private set; } = [];
    public ushort[] OrdinalCodes { get; private set; } = [];
    public ushort[] RemainingCodes { get; private set; } = [];

    /// <summary>By row: siblings after it, below 0, where they are known; and 1 where they are, else 0.</summary>
    public double[] Remaining { get; private set; } = [];

    public ushort[] HasRemaining { get; private set; } = [];

    /// <summary>By row: the sum that a step begins at, and 1 where there is one, else 0.</summary>
    public double[] Sum { get; private set; } = [];

    public ushort[] HasSum { get; private set; } = [];

    /// <summary>Rows by wave: those without a previous sibling, those behind these, and so on.</summary>
    public int[] Order { get; private set; } = [];

    public List<int> WaveEnds { get; } = [];

    /// <summary>What keeps the draws of a small table even; null for none.</summary>
    public EvenDraws? Even { get; set; }

    /// <summary>Where trees find their features, by model.</summary>
    public FeatureColumn[][] Features { get; set; } = [];

    /// <summary>The rows with the siblings before them, when the frame has not all.</summary>
    public RowFrame? Expanded { get; set; }

    /// <summary>Parents of the driving reference, where the frame's own may not be asked.</summary>
    public RowFrame? ParentFrame { get; set; }

    public void Reset(int count)
    {
        if (Counters.Length >= count) return;
        var size = Math.Max(16, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count));
        for (var s = 0; s < Codes.Length; s++) (Codes[s], Values[s]) = (new ushort[size], new double[size]);
        for (var r = 0; r < Picked.Length; r++) Picked[r] = new long[size];
        (Counters, Parents, Ordinals, OrdinalCodes, RemainingCodes, Order) =
            (new long[size], new long[size], new long[size], new ushort[size], new ushort[size], new int[size]);
        (Remaining, HasRemaining) = (new double[size], new ushort[size]);
        (Sum, HasSum) = (new double[size], new ushort[size]);
    }

    public void CopyRow(int row, LearnedState from, int source)
    {
        for (var s = 0; s < Codes.Length; s++) (Codes[s][row], Values[s][row]) = (from.Codes[s][source], from.Values[s][source]);
        for (var r = 0; r < Picked.Length; r++) Picked[r][row] = from.Picked[r][source];
    }

    public void Clear(int row)
    {
        for (var s = 0; s < Codes.Length; s++) Codes[s][row] = 0;
        for (var r = 0; r < Picked.Length; r++) Picked[r][row] = -1;
    }
}
