using RelSeed.Learning.Sampling;

namespace RelSeed.Learning.Models;

/// <summary>Finds the group whose parents alone a row takes: an order goes to an address of its own customer, and is served by somebody of its own
/// shop.</summary>
static class GroupFinder
{
    // So many rows are proof, some of which may be errors.
    const int Proof = 100;
    const double MostBroken = 0.01, LeastKnown = 0.9;

    // Where nearly all rows are of one group it goes without saying.
    const double MostChance = 0.8;

    /// <returns>The principal's reference to the group (-1 where the principal's row is the group), the table's that leads to it, and the driving parent's where the group stands above it; empty for
    /// none.</returns>
    public static int[] Find(SampleTable sample, int r)
    {
        var reference = sample.References[r];
        // The customer of those that have an address is the address's; others have any.
        foreach (var (path, rows) in Paths(sample, r, reference.Principal))
            if (Agree(reference.Parents, reference.Parents, rows, reference.Principal.Count, leastKnown: 0)) return [-1, .. path];
        for (var of = 0; of < reference.Principal.References.Length; of++)
        {
            var group = reference.Principal.References[of];
            if (group.Principal == reference.Principal) continue;
            var groups = Above(reference.Parents, group.Parents);
            foreach (var (path, rows) in Paths(sample, r, group.Principal))
                if (Agree(reference.Parents, groups, rows, group.Principal.Count, LeastKnown)) return [of, .. path];
        }
        return [];
    }

    // Ways from a row to the table of the groups: its own parent or the parent's, then parents that are taken before.
    static IEnumerable<(int[] Path, int[] Rows)> Paths(SampleTable sample, int r, SampleTable group)
    {
        foreach (var via in Enumerable.Range(0, r).Prepend(sample.Driving).Where(v => v >= 0).Distinct())
        {
            var through = sample.References[via];
            if (through.Principal == sample) continue;
            if (through.Principal == group) yield return ([via], through.Parents);
            for (var above = 0; above < through.Principal.References.Length; above++)
                if (through.Principal.References[above] is var leads && leads.Principal == group && group != through.Principal)
                    yield return ([via, above], Above(through.Parents, leads.Parents));
        }
    }

    static int[] Above(int[] parents, int[] above) => Array.ConvertAll(parents, p => p < 0 ? p : above[p]);

    static bool Agree(int[] taken, int[] groups, int[] rows, int count, double leastKnown)
    {
        int all = 0, seen = 0, broken = 0;
        var (one, other) = (new double[count], new double[count]);
        for (var row = 0; row < rows.Length; row++)
        {
            // What leads outside the sample proves nothing.
            if (taken[row] < 0 || groups[row] == -2 || rows[row] == -2) continue;
            if (groups[row] >= 0 || rows[row] >= 0) all++;
            if (groups[row] < 0 || rows[row] < 0) continue;
            seen++;
            if (groups[row] != rows[row]) broken++;
            one[groups[row]]++;
            other[rows[row]]++;
        }
        if (seen < Proof || seen < leastKnown * all || broken > MostBroken * seen) return false;
        double chance = 0;
        for (var g = 0; g < count; g++) chance += one[g] / seen * (other[g] / seen);
        return chance <= MostChance;
    }
}
