using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Profiling;

namespace RelSeed.Generation.Learned;

/// <summary>A step of a profile made ready: how its codes are drawn for rows without and with a previous sibling.</summary>
sealed class LearnedStep
{
    readonly ulong _nulls;
    readonly ulong _codes;
    readonly ulong _values;
    readonly double[] _times;

    /// <param name="book">Of the column, or of the principal's column.</param>
    public LearnedStep(StepProfile profile, ProfiledStep planned, Codebook book, ulong key)
    {
        (Profile, Planned, Key) = (profile, planned, key);
        (_nulls, _codes, _values) = (CounterRandom.Derive(key, 1), CounterRandom.Derive(key, 2), CounterRandom.Derive(key, 3));
        Table = new CodeTable(book, planned.Least, planned.Most);
        Even = [.. Enumerable.Range(1, book.Size - 1).Where(c => planned.Allowed.IsEmpty || planned.Allowed[c]).DefaultIfEmpty(1)];
        var weights = Weights(book, planned);
        _times = weights;
        Total = (int)Math.Min(1 << 20, weights.Sum());
        Agreements = [.. profile.Agreements.Select(a => new AgreementTable(a, weights))];
        First = new LearnedModel(profile.First, book, planned);
        Next = profile.Next is null ? First : new LearnedModel(profile.Next, book, planned);
    }

    double[] Weights(Codebook book, ProfiledStep planned)
    {
        var weights = new double[book.Size];
        foreach (var share in Profile.First.Values?.Nodes[0].Shares ?? [])
            for (var code = share.First; code <= share.Last && code < weights.Length; code++) weights[code] = planned.Allowed.IsEmpty || planned.Allowed[code] ? share.Weight : 0;
        return weights;
    }

    public StepProfile Profile { get; }
    public ProfiledStep Planned { get; }

    /// <summary>Of its own draws.</summary>
    public ulong Key { get; }

    /// <summary>What a code must go together with.</summary>
    public AgreementTable[] Agreements { get; }

    /// <summary>Position of the agreements' features in <see cref="LearnedState.Features"/>; -1 without.</summary>
    public int AgreementFeatures { get; set; } = -1;

    public CodeTable Table { get; }

    /// <summary>The codes that may be drawn.</summary>
    public int[] Even { get; }

    public LearnedModel First { get; }
    public LearnedModel Next { get; }

    /// <summary>Reference of the profile that is picked after this step; -1 for none.</summary>
    public int Picks { get; init; } = -1;

    /// <summary>How far each next sibling leads on at least, where all do; 0 elsewhere.</summary>
    public double LeastAhead => Next.Profile.Base == BaseKind.Previous ? Math.Max(0, Next.Differences!.Range.Least) : 0;

    /// <summary>Rows of which was learned how often each code stands.</summary>
    public int Total { get; }

    /// <summary>How often a distinct code may stand.</summary>
    public int MostOf(int code) => Math.Max(1, (int)_times[code]);

    /// <summary>A told value stands once, as long as there are others.</summary>
    public bool IsDistinct { get; init; }

    /// <summary>Its values are days, so that differences begin at the base's day.</summary>
    public bool IsDay { get; init; }

    /// <summary>The step that tells whether this one's reference is present; -1 for none.</summary>
    public int Presence { get; init; } = -1;

    public ulong NullWord(long counter) => CounterRandom.At(_nulls, counter);
    public ulong CodeWord(long counter) => CounterRandom.At(_codes, counter);
    public ulong ValueWord(long counter) => CounterRandom.At(_values, counter);
}

/// <summary>One model of a step.</summary>
sealed class LearnedModel
{
    /// <param name="only">By code, NULL first: the only ones to be drawn; null for all that the plan allows.</param>
    public LearnedModel(ValueModel profile, Codebook book, ProfiledStep planned, bool[]? only = null, int level = 0)
    {
        (Profile, Level) = (profile, level);
        var allowed = Allowed(book, planned, only);
        if (profile.Nulls is not null && planned.MayBeNull)
            Nulls = new TreeProgram(profile.Nulls, 2, only is null ? null : [only.AsSpan(1).Contains(true), only[0]]);
        Differences = profile.Differences is null ? null : new CodeTable(profile.Differences with { Weekdays = [], Hours = [] });
        Usual = UsualTimes.Of(profile.Differences);
        SameCode = profile.HasSame ? book.Size : -1;
        var targets = profile.Differences?.Size ?? (profile.HasSame ? book.Size + 1 : book.Size);
        if (profile.Values is not null)
            Values = new TreeProgram(profile.Values, targets,
                profile.Base != BaseKind.None || allowed is null ? null : profile.HasSame ? [.. allowed, only is null] : allowed);
        Fallback = MakeFallback(profile, book, allowed);
        Otherwise = profile.Otherwise is { } otherwise ? new LearnedModel(otherwise, book, planned, only, level + 1) : null;
        Map = profile.Map is null ? null : [.. profile.Map.Codes];
    }

    static bool[]? Allowed(Codebook book, ProfiledStep planned, bool[]? only)
    {
        var allowed = planned.Allowed.IsEmpty ? null : planned.Allowed.ToArray();
        if (only is null || !only.AsSpan(1).Contains(true)) return allowed;
        return [.. Enumerable.Range(0, book.Size).Select(c => c > 0 && only[c] && (allowed is null || allowed[c]))];
    }

    public ValueModel Profile { get; }
    public TreeProgram? Nulls { get; }
    public TreeProgram? Values { get; }
    public CodeTable? Differences { get; }

    /// <summary>Which moments the differences may lead to; null for any.</summary>
    public UsualTimes? Usual { get; }

    /// <summary>The code that says "as the previous sibling"; -1 for none.</summary>
    public int SameCode { get; }

    /// <summary>The base is a moment, and the values are years.</summary>
    public bool IsToYear { get; set; }

    /// <summary>The base is a year, and the values are moments.</summary>
    public bool IsFromYear { get; set; }

    /// <summary>Where differences to a base begin.</summary>
    public double From(double value, bool isDay) => Profile.Base == BaseKind.Remaining ? value * Profile.Stride
        : IsToYear ? Years.Of(value) : IsFromYear ? Years.BeginningOf(value) : isDay ? Weekdays.DayOf(value) : value;

    /// <summary>Codes where there is no base.</summary>
    public AliasTable? Fallback { get; }

    /// <summary>Draws rows without a base; null to draw them by <see cref="Fallback"/>.</summary>
    public LearnedModel? Otherwise { get; }

    /// <summary>So many models stand before it that lack their base.</summary>
    public int Level { get; }

    /// <summary>It and those for rows without a base.</summary>
    public IEnumerable<LearnedModel> All => Otherwise is null ? [this] : Otherwise.All.Prepend(this);

    public int[]? Map { get; }

    /// <summary>Position of the trees' features in <see cref="LearnedState.Features"/>.</summary>
    public int NullFeatures { get; set; } = -1;

    public int ValueFeatures { get; set; } = -1;

    static AliasTable? MakeFallback(ValueModel profile, Codebook book, bool[]? allowed)
    {
        if (profile.Base == BaseKind.None) return null;
        var weights = new double[book.Size];
        for (var c = 1; c < weights.Length; c++) weights[c] = allowed is null || allowed[c] ? (c < profile.Fallback.Count ? profile.Fallback[c] : 0) : 0;
        if (weights.All(w => w == 0))
            for (var c = 1; c < weights.Length; c++) weights[c] = allowed is null || allowed[c] ? 1 : 0;
        if (weights.All(w => w == 0)) weights[^1] = 1;
        return new AliasTable(weights);
    }
}
