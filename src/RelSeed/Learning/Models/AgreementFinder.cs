using RelSeed.Learning.Codebooks;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Models;

/// <summary>Finds what a name goes together with: of a city's code the country's, of a product's the kind's. Trees with leaves of many rows blur
/// it.</summary>
sealed class AgreementFinder(PrivacyRule rule)
{
    const int Most = 3, LeastSize = 5, LeastNumbers = 20;

    // Pairs that may be told must hold nearly all rows, and leave a row few of the codes.
    const double LeastCovered = 0.9, MostLeft = 0.5, LeastSingle = 0.8;

    // Numbers of a few, of many that stand in ranges too, must hold for all: a decade and its years.
    const double LeastCoveredByFew = 0.99, LeastSingleOfMany = 0.5;

    // What few rows are, told whole, goes together row by row.
    const int LeastSizeWhole = 2;
    const double MostLeftWhole = 0.75;

    /// <param name="parent">The driving parent; null for none.</param>
    public IEnumerable<Agreement> Find(LearnedTable table, LearnedTable? parent, int step)
    {
        if (table.Steps[step].Kind == StepKind.Kind) return [];
        var target = table.Steps[step].Coded;
        // A name of a lookup is told by those who refer to it, and so is what it goes with.
        var isWhole = table.IsToldWhole;
        var enough = table.IsName(step) || isWhole ? 1 : rule.Enough;
        if (!MayAgree(target.Codebook, isWhole, LeastNumbers, LeastSingleOfMany)
            || target.Codebook.Size < (isWhole ? LeastSizeWhole : LeastSize)) return [];
        var candidates = table.Steps.Take(step).Select((s, i) => (Feature: new Feature(FeatureKind.Own, Step: i), s.Coded, Via: (int[]?)null));
        if (parent is not null)
            candidates =
                candidates.Concat(
                parent.Steps.Select((s, i) =>
                (new Feature(FeatureKind.Parent, table.Sample.Driving, i), s.Coded, (int[]?)table.Sample.DrivingReference!.Parents)));
        return candidates.Where(c => MayAgree(c.Coded.Codebook, isWhole, 0, LeastSingle) && c.Coded.Codebook.Size >= 3)
            .Select(c => (c.Feature, Pairs: new CodePairs(target, c.Coded, c.Via), Least: LeastOf(c.Coded.Codebook))).Where(Suffices)
            .Select(c => (c.Feature, Pairs: c.Pairs.OfEntities(table.Entities), c.Least)).Where(Suffices)
            .OrderBy(c => c.Pairs.Left(enough)).Take(Most)
            .Select(c => new Agreement(c.Feature, c.Pairs.Told(enough)) { Free = c.Pairs.Free(enough) });

        double LeastOf(Codebook other) => MayAgree(target.Codebook, isWhole, LeastNumbers, LeastSingle)
            && MayAgree(other, isWhole, LeastNumbers, LeastSingle) ? LeastCovered : LeastCoveredByFew;

        bool Suffices((Feature Feature, CodePairs Pairs, double Least) c) =>
            c.Pairs.Covered(enough) >= c.Least && c.Pairs.Left(enough) <= (isWhole ? MostLeftWhole : MostLeft);
    }

    // Names; of numbers those that stand for something, each of them many times: a vote's number of ballots with its year.
    static bool MayAgree(Codebook book, bool isWhole, int leastNumbers, double leastSingle) =>
        !book.IsOrdinal ? book.Codes.Count <= CategoryCoder.MostCodes : (isWhole || book.Size >= leastNumbers) && book.Codes.Count(c => c is NumberCode) >= leastSingle * book.Codes.Count;
}

/// <summary>How often codes of two columns stand together.</summary>
sealed class CodePairs
{
    readonly CodedColumn _target, _other;
    readonly int[]? _via;
    readonly int[] _rows, _targets, _others;
    int[] _entities;
    int _count;

    /// <param name="via">By row of the target: the other column's row, -1 for none; null for the same.</param>
    public CodePairs(CodedColumn target, CodedColumn other, int[]? via)
    {
        (_target, _other, _via) = (target, other, via);
        (_rows, _targets, _others) =
            (new int[target.Codebook.Size * other.Codebook.Size], new int[target.Codebook.Size], new int[other.Codebook.Size]);
        _entities = _rows;
        for (var row = 0; row < target.Codes.Length; row++)
        {
            var pair = PairOf(row);
            if (pair < 0) continue;
            _rows[pair]++;
            _targets[target.Codes[row]]++;
            _others[pair % other.Codebook.Size]++;
            _count++;
        }
    }

    // -1 where a code says nothing.
    int PairOf(int row)
    {
        if (_target.Codes[row] == 0 || _target.IsStray(row)) return -1;
        var from = _via is null ? row : _via[row];
        if (from >= 0 && _other.IsStray(from)) return -1;
        return _target.Codes[row] * _other.Codebook.Size + (from < 0 ? 0 : _other.Codes[from]);
    }

    /// <summary>The same, where a pair counts by its entities.</summary>
    public CodePairs OfEntities(RelSeed.Numerics.Trees.RowEntities? entities)
    {
        if (entities is null) return this;
        _entities = new int[_rows.Length];
        var seen = new HashSet<long>();
        for (var row = 0; row < _target.Codes.Length; row++)
            if (PairOf(row) is >= 0 and var pair && seen.Add((long)pair << 32 | (uint)entities.Of[row])) _entities[pair]++;
        return this;
    }

    bool IsFree(int target, int enough) =>
        target == 0 || _target.Codebook.IsOther(target) || !Others(target).Any(pair => _entities[pair] >= enough);

    IEnumerable<int> Others(int target) => Enumerable.Range(target * _others.Length, _others.Length);

    /// <summary>Share of the rows whose pair may be told, or whose code goes with anything.</summary>
    public double Covered(int enough)
    {
        long rows = 0;
        for (var target = 1; target < _targets.Length; target++)
            rows += IsFree(target, enough) ? _targets[target]
                : Others(target).Where(pair => _entities[pair] >= enough).Sum(pair => (long)_rows[pair]);
        return _count == 0 ? 0 : (double)rows / _count;
    }

    /// <summary>Share of the target's rows that go with the other code of a row, in the mean.</summary>
    public double Left(int enough)
    {
        double left = 0;
        for (var target = 1; target < _targets.Length; target++)
            left += _targets[target] * (IsFree(target, enough) ? _count
                : Others(target).Where(pair => _entities[pair] >= enough).Sum(pair => (double)_others[pair % _others.Length]));
        return _count == 0 ? 1 : left / _count / _count;
    }

    /// <summary>By the other code: the share of its rows whose target code goes with any, to a twentieth; 1 where the rows are too few.</summary>
    public EquatableArray<double> Free(int enough)
    {
        var free = new double[_others.Length];
        for (var target = 1; target < _targets.Length; target++)
            if (IsFree(target, enough))
                foreach (var pair in Others(target)) free[pair % _others.Length] += _rows[pair];
        return [.. free.Select((rows, other) => _others[other] < enough ? 1 : Math.Round(20 * rows / _others[other]) / 20)];
    }

    /// <summary>By the target's code, from 1 on: the other codes it goes with; empty for any.</summary>
    public EquatableArray<EquatableArray<int>> Told(int enough) => Enumerable.Range(1, _targets.Length - 1)
        .Select(target => IsFree(target, enough) ? []
        : Others(target).Where(pair => _entities[pair] >= enough).Select(pair => pair % _others.Length).ToEquatableArray()).ToEquatableArray();
}
