using RelSeed.Learning.Codebooks;
using RelSeed.Learning.Sampling;
using RelSeed.Numerics.Trees;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Models;

/// <summary>Decides what a row draws of the parents that it does not belong to: whether there is one, and which attributes it has.</summary>
sealed class ReferenceLearner(IReadOnlyDictionary<SampleTable, LearnedTable> learned)
{
    const int LeastDifferent = 5;
    const int MostChosen = 3, LookedRows = 20_000, FewRows = 20, ManyRows = 100;

    // An attribute must be known so much better by what stands before it to be worth its draw.
    const double LeastKnown = 0.03;

    const double LeastUnreferred = 0.1;

    // The name alone says which parent it is.
    const double MostlyGuessed = 0.6;

    // Of more names trees do not learn which follows which.
    const int MostFollowed = 64;

    /// <summary>Adds the steps of every reference but the driving one.</summary>
    /// <param name="isReady">Whether a principal was learned before this table.</param>
    public void AddSteps(LearnedTable table, Func<SampleTable, bool> isReady)
    {
        var sample = table.Sample;
        table.References = [.. sample.References.Select((r, i) => Profile(sample, r))];
        for (var r = 0; r < sample.References.Length; r++)
        {
            if (r == sample.Driving) continue;
            var reference = sample.References[r];
            if (Follows(sample, r) is { } path)
            {
                table.References[r] = table.References[r] with { Follows = path.ToEquatableArray() };
                continue;
            }
            var attributes = isReady(reference.Principal) && reference.Principal != sample ? Attributes(table, reference) : [];
            if (Array.Exists(reference.Parents, p => p == -1)) table.Steps.Add(Presence(reference, r));
            foreach (var attribute in attributes) table.Steps.Add(Attribute(reference, r, attribute));
            table.References[r] = table.References[r] with
            {
                Attributes = attributes.ToEquatableArray(),
                Within = isReady(reference.Principal) ? GroupFinder.Find(sample, r).ToEquatableArray() : [],
                Bounds = isReady(reference.Principal) ? [.. Bounds(sample, reference)] : [],
            };
        }
    }

    // What the row's own parent comes before or after: what is not sold yet is not ordered.
    IEnumerable<ParentBound> Bounds(SampleTable sample, SampleReference reference) =>
        sample.DrivingReference is { } driving && driving.Principal != sample && learned[driving.Principal] is { Steps.Count: > 0 } parent
            ? BoundFinder.OfParents(parent, driving.Parents, learned[reference.Principal], reference.Parents) : [];

    // The customer of a payment is that of its order.
    static int[]? Follows(SampleTable sample, int r)
    {
        var parents = sample.References[r].Parents;
        for (var via = 0; via < sample.References.Length; via++)
        {
            var through = sample.References[via];
            if (via == r || through.Principal == sample || r == sample.Driving || via > r && via != sample.Driving) continue;
            for (var of = 0; of < through.Principal.References.Length; of++)
                if (through.Principal.References[of].Principal == sample.References[r].Principal
                    && IsSame(parents, through.Parents, through.Principal.References[of].Parents))
                    return [via, of];
        }
        return null;
    }

    static bool IsSame(int[] parents, int[] via, int[] above)
    {
        var (seen, different) = (0, new HashSet<int>());
        for (var row = 0; row < parents.Length; row++)
        {
            // What leads outside the sample proves nothing.
            if (parents[row] == -2 || via[row] == -2 || via[row] >= 0 && above[via[row]] == -2) continue;
            if (via[row] < 0 || above[via[row]] != parents[row]) return false;
            seen++;
            different.Add(parents[row]);
        }
        return seen >= ManyRows && different.Count >= LeastDifferent;
    }

    static ReferenceProfile Profile(SampleTable sample, SampleReference reference) => new()
    {
        Columns = reference.Key.Columns,
        Principal = reference.Key.Principal,
        NullShare = sample.TotalRows == 0 ? 0 : Rounding.Share((double)reference.Nulls / sample.TotalRows),
    };

    static LearnedStep Presence(SampleReference reference, int r)
    {
        var codes = Array.ConvertAll(reference.Parents, p => (ushort)(p == -1 ? 0 : 1));
        return new(StepKind.Presence, -1, r, new CodedColumn(new Codebook(false, 0, [new OtherCode(0)]), codes, Values: null));
    }

    LearnedStep Attribute(SampleReference reference, int r, int attribute)
    {
        var step = learned[reference.Principal].Steps[attribute];
        var values = step.Coded.Values is { } own ? Array.ConvertAll(reference.Parents, p => p < 0 ? double.NaN : own[p]) : null;
        return new(StepKind.Attribute, attribute, r,
            new CodedColumn(step.Coded.Codebook, FeatureSource.Gather(step.Coded.Column, reference.Parents).Codes, values)
            {
                Strays = step.Coded.Strays is { } strays ? Array.ConvertAll(reference.Parents, p => p >= 0 && strays[p]) : null,
            });
    }

    // Share of the parents that are of kinds to which, against all chance, no row refers: drafts, closed accounts.
    static double Unreferred(SampleReference reference, LearnedStep step)
    {
        var (parents, children) = (new long[step.Coded.Codebook.Size], new long[step.Coded.Codebook.Size]);
        for (var row = 0; row < reference.Degrees.Length; row++)
        {
            parents[step.Coded.Codes[row]]++;
            children[step.Coded.Codes[row]] += reference.Degrees[row];
        }
        var (all, childrenOfAll) = (parents.Sum(), children.Sum());
        var share = Enumerable.Range(0, parents.Length)
            .Where(code => children[code] == 0 && (double)childrenOfAll * parents[code] / Math.Max(1, all) >= ManyRows).Sum(code => parents[code]);
        return share >= LeastUnreferred * all ? (double)share / Math.Max(1, all) : 0;
    }

    // The columns of the principal's key that mean something, then those by which parents are best told apart or which leave many out.
    List<int> Attributes(LearnedTable table, SampleReference reference)
    {
        var principal = learned[reference.Principal];
        var natural = reference.Key.PrincipalColumns.Select(c => principal.StepOf(principal.Sample.Table.IndexOf(c)))
            .Where(s => s >= 0 && IsUsable(principal, s)).ToList();
        if (natural.Count > 0 && natural.Count == reference.Key.PrincipalColumns.Count) return natural;
        var name = NameOf(principal);
        if (natural.Count == 0 && name >= 0 && Guessed(table, reference, principal.Steps[name]) >= MostlyGuessed) natural.Add(name);
        var others = Enumerable.Range(0, principal.Steps.Count).Where(s => !natural.Contains(s) && IsUsable(principal, s))
            .Select(s => (Step: s, Known: Math.Max(Known(table, reference, principal.Steps[s]), Unreferred(reference, principal.Steps[s]))))
            .Where(s => s.Known >= LeastKnown)
            .OrderByDescending(s => s.Known).Take(MostChosen).Select(s => s.Step).OrderBy(s => principal.Steps[s].Coded.Codebook.Size);
        var kind = principal.Steps.FindIndex(s => s.Kind == StepKind.Kind);
        return kind < 0 ? [.. natural, .. others] : [.. natural, .. others, kind];
    }

    static int NameOf(LearnedTable principal) => Enumerable.Range(0, principal.Steps.Count).Where(principal.IsName).DefaultIfEmpty(-1).First();

    // Share of the rows whose parent's name may be guessed from one column of the row or its own parent, or from the sibling before: the stadium that
    // the team's season tells, the test that follows another.
    double Guessed(LearnedTable table, SampleReference reference, LearnedStep name)
    {
        var target = FeatureSource.Gather(name.Coded.Column, reference.Parents).Codes;
        var rows = Enumerable.Range(0, table.Sample.Count).Where(r => reference.Parents[r] >= 0).ToArray();
        if (rows.Length < ManyRows) return 0;
        var columns = table.Coded.OfType<CodedColumn>().Select(c => c.Column);
        if (name.Coded.Codebook.Size <= MostFollowed)
            columns = columns.Append(FeatureSource.Gather(new(target, name.Coded.Codebook.Size, IsOrdinal: false), table.Siblings.Previous));
        if (table.Sample.DrivingReference is { } driving && learned.TryGetValue(driving.Principal, out var parent))
            columns = columns.Concat(parent.Steps.Select(s => FeatureSource.Gather(s.Coded.Column, driving.Parents)));
        var named = Array.FindAll(rows, r => target[r] > 0 && !name.Coded.Codebook.IsOther(target[r]));
        return columns.Where(c => !c.IsOrdinal).Select(c => Guessed(c.Codes, target, named)).DefaultIfEmpty(0).Max() / rows.Length;
    }

    // A name seen once beside a code is not guessed from it.
    static double Guessed(ushort[] codes, ushort[] target, int[] rows) =>
        rows.GroupBy(r => codes[r]).Sum(same => same.GroupBy(r => target[r]).Max(named => named.Count()) - 1);

    static bool IsUsable(LearnedTable principal, int step) =>
        principal.Steps[step] is { Kind: StepKind.Column } found && principal.Columns[found.Target].Treatment == ColumnTreatment.Told
            && found.Coded.Codebook.Size > 2;

    // How much of the attribute the row's other side explains at first sight: its parent, its own columns, the sibling before.
    double Known(LearnedTable table, SampleReference reference, LearnedStep step)
    {
        var target = FeatureSource.Gather(step.Coded.Column, reference.Parents);
        var rows = Enumerable.Range(0, table.Sample.Count).Where(r => reference.Parents[r] >= 0).ToArray();
        if (rows.Length < (table.IsLookup ? FewRows : ManyRows)) return 0;
        rows = [.. rows.Where((_, i) => i % Math.Max(1, rows.Length / LookedRows) == 0)];
        List<CodeColumn> features =
            [FeatureSource.Gather(target, table.Siblings.Previous), .. table.Coded.OfType<CodedColumn>().Select(c => c.Column)];
        if (table.Sample.DrivingReference is { } driving && learned.TryGetValue(driving.Principal, out var parent))
            features.AddRange(parent.Steps.Select(s => FeatureSource.Gather(s.Coded.Column, driving.Parents)));
        var (gains, weight) = new TreeLearner(features, target, null, new TreeOptions { LeafRows = Math.Max(10, rows.Length / 50) }).Gains(rows);
        return weight > 0 && gains.Length > 0 ? gains.Max() / weight : 0;
    }
}
