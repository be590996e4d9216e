using RelSeed.Schema;

namespace RelSeed.Profiling.Files;

/// <summary>Finds what does not hang together in a profile, so that whoever draws from it may trust it.</summary>
static class ProfileCheck
{
    /// <exception cref="UsageException">RS1312: the first fault, with its place.</exception>
    public static void Check(DataProfile profile)
    {
        var tables = new Dictionary<TableName, TableProfile>();
        for (var t = 0; t < profile.Tables.Count; t++)
            if (!tables.TryAdd(profile.Tables[t].Name, profile.Tables[t])) throw ProfileFaults.At($"$.tables[{t}].name", "a table stands twice");
        for (var t = 0; t < profile.Tables.Count; t++)
            if (t > 0 && profile.Tables[t - 1].Name.CompareTo(profile.Tables[t].Name) > 0)
                throw ProfileFaults.At($"$.tables[{t}].name", "the tables are not in the order of their names");
            else new TableCheck(tables, profile.Tables[t], $"$.tables[{t}]").Check();
        CheckCircles(profile);
    }

    // Numbers of children that ask for one another's in a circle cannot be drawn.
    static void CheckCircles(DataProfile profile)
    {
        var all = profile.Tables.SelectMany((t, place) => t.References.Select((r, i) =>
            (Key: (t.Name, i), Place: $"$.tables[{place}].references[{i}].children", Asked: Asked(r).ToHashSet()))).ToList();
        var left = all.ToDictionary(c => c.Key, c => c.Asked.Count);
        var askers = all.SelectMany(c => c.Asked.Select(a => (Asked: a, c.Key))).ToLookup(c => c.Asked, c => c.Key);
        var ready = new Queue<(TableName, int)>(left.Where(c => c.Value == 0).Select(c => c.Key));
        while (ready.TryDequeue(out var drawn))
            foreach (var asker in askers[drawn])
                if (--left[asker] == 0) ready.Enqueue(asker);
        if (all.FirstOrDefault(c => left[c.Key] > 0) is { Place: { } place })
            throw ProfileFaults.At(place, "numbers of children ask for one another's in a circle");
    }

    static IEnumerable<(TableName Table, int Reference)> Asked(ReferenceProfile reference) =>
        reference.Children is null ? [] : reference.Children.Features.Where(f => f is { Kind: FeatureKind.Children, Table: not null })
            .Select(f => (f.Table!.Value, f.Reference));
}
