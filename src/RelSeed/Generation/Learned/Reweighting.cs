using RelSeed.Numerics;
using RelSeed.Planning;

namespace RelSeed.Generation.Learned;

/// <summary>A step whose codes are drawn at other shares than learned, made ready.</summary>
sealed class Reweighting
{
    readonly double[] _ends;
    readonly Permutation _places;
    readonly ulong _key;

    /// <param name="step">The step at <see cref="ReweightedStep.Step"/>, its models with their features placed.</param>
    /// <param name="rows">Rows of the table.</param>
    public Reweighting(ReweightedStep planned, LearnedStep step, Profiling.Codebook book, long rows)
    {
        Step = planned.Step;
        _key = CounterRandom.Derive(step.Key, 4);
        _places = new Permutation(CounterRandom.Derive(step.Key, 5), Math.Max(1, rows));
        Groups = [.. planned.Groups.Select(g => new Group(g, step, book))];
        _ends = new double[Groups.Length];
        double sum = 0;
        for (var g = 0; g < _ends.Length; g++) _ends[g] = sum += Groups[g].Share;
    }

    public int Step { get; }
    public Group[] Groups { get; }

    /// <summary>The group of a row as made: each has its share of the rows, but for one at most.</summary>
    public Group GroupOf(long row)
    {
        var place = (_places.At(row) + 0.5) / _places.Size;
        var group = 0;
        while (group < _ends.Length - 1 && place >= _ends[group]) group++;
        return Groups[group];
    }

    /// <summary>A row as drawn may stand: with the odds of its code's factor.</summary>
    public bool Accepts(Group group, int code, long counter) =>
        group.Factors[code] is var factor && factor > 0
            && (factor >= group.Most || CounterRandom.ToUnit(CounterRandom.At(_key, counter)) * group.Most < factor);

    /// <summary>Some of the rows.</summary>
    internal sealed class Group
    {
        public Group(WeightGroup planned, LearnedStep step, Profiling.Codebook book)
        {
            (Share, Factors, Most) = (planned.Share, [.. planned.Factors], planned.Factors.Max());
            if (!planned.IsSelection || Factors[0] > 0 && Factors.AsSpan(1).ContainsAnyExcept(0)) return;
            var only = Factors.Select(f => f > 0).ToArray();
            First = Restricted(step.First, step, book, only);
            Next = ReferenceEquals(step.Next, step.First) ? First : Restricted(step.Next, step, book, only);
        }

        public double Share { get; }

        /// <summary>By code, NULL first.</summary>
        public double[] Factors { get; }

        /// <summary>The greatest factor.</summary>
        public double Most { get; }

        /// <summary>Draws the group's codes alone; null when the step draws none by itself.</summary>
        public LearnedModel? First { get; }

        /// <inheritdoc cref="First"/>
        public LearnedModel? Next { get; }

        // Differences and maps decide codes by other columns.
        static LearnedModel? Restricted(LearnedModel model, LearnedStep step, Profiling.Codebook book, bool[] only) =>
            model.Differences is not null || model.Map is not null ? null
            : new LearnedModel(model.Profile, book, step.Planned, only) { NullFeatures = model.NullFeatures, ValueFeatures = model.ValueFeatures, IsToYear = model.IsToYear, IsFromYear = model.IsFromYear };
    }
}
