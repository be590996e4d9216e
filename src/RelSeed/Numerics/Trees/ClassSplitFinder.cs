namespace RelSeed.Numerics.Trees;

/// <summary>For targets that are names: Gini's index.</summary>
sealed class ClassSplitFinder(IReadOnlyList<CodeColumn> features, CodeColumn target) : SplitFinder(features)
{
    const int Rounds = 3;

    readonly int[] _classOf = new int[target.Size];
    readonly int[] _classCounts = new int[target.Size];
    readonly int[] _codeAt = new int[features.Count == 0 ? 0 : features.Max(f => f.Size)];
    readonly int[] _codes = new int[features.Count == 0 ? 0 : features.Max(f => f.Size)];
    readonly int[] _counts = new int[features.Count == 0 ? 0 : features.Max(f => f.Size)];
    readonly double[] _scores = new double[features.Count == 0 ? 0 : features.Max(f => f.Size)];
    readonly long[] _left = new long[target.Size];
    readonly double[] _direction = new double[target.Size];
    int[] _histogram = [];
    int[] _values = [];
    int _classes;
    double _degrees = 1;

    protected override double Degrees => _degrees;

    public override void Begin(ReadOnlySpan<int> rows) => _values = new int[rows.Length];

    // The classes present in the node are numbered from 0, so that a deep node costs what its few classes cost.
    protected override double Weigh(ReadOnlySpan<int> rows)
    {
        _classOf.AsSpan().Fill(-1);
        _classes = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            ref var number = ref _classOf[target.Codes[rows[i]]];
            if (number < 0)
            {
                _classCounts[_classes] = 0;
                number = _classes++;
            }
            _classCounts[number]++;
            _values[i] = number;
        }
        double squares = 0, variance = 0, variances = 0;
        for (var c = 0; c < _classes; c++)
        {
            squares += (double)_classCounts[c] * _classCounts[c];
            var share = (double)_classCounts[c] / rows.Length;
            variance += share * (1 - share);
            variances += share * (1 - share) * share * (1 - share);
        }
        // Satterthwaite's: directions that vary little count little.
        _degrees = variances > 0 ? Math.Max(1, variance * variance / variances - 1) : 1;
        return _classes < 2 ? 0 : rows.Length - squares / rows.Length;
    }

    protected override Split? FindOf(int feature, ReadOnlySpan<int> rows, int leafRows)
    {
        var column = Features[feature];
        var present = Present(column, rows);
        if (present < 2) return null;
        Count(column, rows, present);
        var order = Order(column, present);
        var (cut, gain) = Scan(order, rows.Length, leafRows);
        if (cut == 0) return null;
        Span<int> codes = stackalloc int[cut];
        for (var i = 0; i < cut; i++) codes[i] = _codes[order[i]];
        return Cut(feature, codes, cut, present, gain);
    }

    // Codes present in the node, ascending.
    int Present(CodeColumn column, ReadOnlySpan<int> rows)
    {
        var counts = _codeAt.AsSpan(0, column.Size);
        counts.Clear();
        foreach (var row in rows) counts[column.Codes[row]]++;
        var present = 0;
        for (var code = 0; code < counts.Length; code++)
        {
            if (counts[code] == 0) continue;
            (_codes[present], _counts[present]) = (code, counts[code]);
            counts[code] = present++;
        }
        return present;
    }

    void Count(CodeColumn column, ReadOnlySpan<int> rows, int present)
    {
        if (_histogram.Length < present * _classes) _histogram = new int[present * _classes];
        _histogram.AsSpan(0, present * _classes).Clear();
        var (at, codes, histogram, classes) = (_codeAt, column.Codes, _histogram, _classes);
        for (var i = 0; i < rows.Length; i++) histogram[at[codes[rows[i]]] * classes + _values[i]]++;
    }

    int[] Order(CodeColumn column, int present)
    {
        var order = new int[present];
        for (var i = 0; i < present; i++) order[i] = i;
        if (column.IsOrdinal) return order;
        Score(present);
        Array.Sort(_scores, order, 0, present);
        return order;
    }

    // Each code's class shares along the direction in which they vary most.
    void Score(int present)
    {
        double rows = 0;
        for (var i = 0; i < present; i++) rows += _counts[i];
        var most = _classCounts.AsSpan(0, _classes).IndexOf(Max(_classCounts.AsSpan(0, _classes)));
        for (var c = 0; c < _classes; c++) _direction[c] = c == most ? 1 : 0;
        for (var round = 0; round < (_classes == 2 ? 1 : Rounds); round++)
        {
            double mean = 0;
            for (var c = 0; c < _classes; c++) mean += _classCounts[c] / rows * _direction[c];
            for (var i = 0; i < present; i++)
            {
                double sum = 0;
                var shares = _histogram.AsSpan(i * _classes, _classes);
                for (var c = 0; c < shares.Length; c++) sum += shares[c] * _direction[c];
                _scores[i] = sum / _counts[i] - mean;
            }
            if (round + 1 < Rounds && _classes > 2) Turn(present, rows);
        }
    }

    void Turn(int present, double rows)
    {
        Array.Clear(_direction, 0, _classes);
        double length = 0;
        for (var i = 0; i < present; i++)
        {
            var shares = _histogram.AsSpan(i * _classes, _classes);
            for (var c = 0; c < shares.Length; c++) _direction[c] += _scores[i] * (shares[c] - _counts[i] * (_classCounts[c] / rows));
        }
        for (var c = 0; c < _classes; c++) length += _direction[c] * _direction[c];
        length = length > 0 ? Math.Sqrt(length) : 1;
        for (var c = 0; c < _classes; c++) _direction[c] /= length;
    }

    (int Cut, double Gain) Scan(int[] order, int rows, int leafRows)
    {
        Array.Clear(_left, 0, _classes);
        double leftSquares = 0, rightSquares = 0, best = 0;
        for (var c = 0; c < _classes; c++) rightSquares += (double)_classCounts[c] * _classCounts[c];
        var whole = rightSquares / rows;
        int left = 0, cut = 0;
        for (var i = 0; i < order.Length - 1; i++)
        {
            var shares = _histogram.AsSpan(order[i] * _classes, _classes);
            for (var c = 0; c < shares.Length; c++)
            {
                long h = shares[c];
                if (h == 0) continue;
                var right = _classCounts[c] - _left[c];
                leftSquares += h * (2 * _left[c] + h);
                rightSquares -= h * (2 * right - h);
                _left[c] += h;
            }
            left += _counts[order[i]];
            if (left < leafRows) continue;
            if (rows - left < leafRows) break;
            var score = leftSquares / left + rightSquares / (rows - left);
            if (score > best) (best, cut) = (score, i + 1);
        }
        var gain = best - whole;
        return gain > 0 ? (cut, gain) : (0, 0);
    }

    static int Max(ReadOnlySpan<int> counts)
    {
        var most = 0;
        foreach (var count in counts) most = Math.Max(most, count);
        return most;
    }
}
