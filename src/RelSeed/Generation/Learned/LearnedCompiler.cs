using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Generation.Learned;

/// <summary>Makes the learned draws of every profiled table ready.</summary>
sealed partial class LearnedCompiler
{
    readonly SeedPlan _plan;
    readonly GeneratorKeys _keys;
    readonly Dictionary<TableName, TableGenerator> _tables;
    readonly ToldTables _told;
    readonly Dictionary<(TableName, int), Lazy<int[]>> _degrees = [];
    readonly Dictionary<TableName, Lazy<CountedGroups>> _groups = [];

    // Parents that are other than learned may have other numbers of children.
    readonly bool _hasScenario;

    public LearnedCompiler(SeedPlan plan, GeneratorKeys keys, Dictionary<TableName, TableGenerator> tables)
    {
        (_plan, _keys, _tables, _told) = (plan, keys, tables, new ToldTables(plan, tables));
        _hasScenario = plan.Tables.Any(t => t.Profiled is { Reweighted.Count: > 0 });
        foreach (var table in plan.Tables.Where(t => t.Profiled is not null))
            for (var r = 0; r < table.Profiled!.Profile.References.Count; r++)
            {
                var (of, reference) = (table, r);
                _degrees[(table.Table.Name, r)] = new(() => Degrees(of, reference));
            }
        foreach (var table in plan.Tables)
            if (table.References.Select(r => r.Mechanism).OfType<LearnedFanOutReference>().FirstOrDefault() is { } fanOut)
                _groups[table.Table.Name] = new(() => MakeGroups(table, fanOut));
    }

    // Of far fewer rows none need lie near an end.
    const double LeastForEnds = 0.8;

    /// <summary>The groups of a table whose driving reference is learned.</summary>
    public Lazy<CountedGroups> GroupsOf(TableName table) => _groups[table];

    public LearnedRows? Rows(TablePlan table)
    {
        if (table.Profiled is not { } profiled) return null;
        var (profile, generator) = (profiled.Profile, _tables[table.Table.Name]);
        var picks = profile.References.Select((_, r) => PickOf(table, r)).ToArray();
        var steps = profile.Steps.Select((step, s) => Step(table, step, s)).ToList();
        var rows = Make();
        if (profiled.Reweighted.IsEmpty) return rows;
        rows.Reweighted =
            [.. profiled.Reweighted.Select(r =>
                new Reweighting(r, steps[r.Step], Book(profile, profile.Steps[r.Step], profiled.Steps[r.Step]), generator.MadeRows))];
        rows.Weights = new(() => new ScenarioWeights(generator, Make(), rows.Reweighted));
        return rows;

        LearnedRows Make() => new(generator, steps, profiled.Driving, _groups.GetValueOrDefault(table.Table.Name), picks)
        {
            ProfileDriving = profile.Driving,
            EvenKey = StableHash.Key(_keys.Seed, _keys.NameOf(table.Table.Name), "", "even"),
            ReachesEnds = !_told.Are(table.Table.Name) && profile.K > 0 && generator.MadeRows >= profile.Rows * LeastForEnds,
            IsTold = _told.Are(table.Table.Name),
            KeySteps = profiled.Keys.SelectMany(k => k.Steps).ToHashSet(),
        };
    }

    /// <summary>Rows that the learned fan-out draws; null when the table's rows are not counted by it, or when few parents with long tails draw
    /// another number altogether.</summary>
    public long? Drawn(TablePlan table) =>
        Sum(table) is { } drawn && (_hasScenario || Math.Abs(drawn - table.Rows) <= table.Rows * MostOff) ? drawn : null;

    long? Sum(TablePlan table)
    {
        if (table is not { Profiled.IsCounted: true, Rows: > 0 }
            || table.References.FirstOrDefault(r => r.Mechanism is LearnedFanOutReference { NullShare: < 1 }) is not { } grouping)
            return null;
        var fanOut = (LearnedFanOutReference)grouping.Mechanism;
        var degrees = _degrees[(table.Table.Name, fanOut.Reference)].Value;
        var room = (double)fanOut.Largest * degrees.Length;
        var share = Math.Max(fanOut.NullShare, PartlyNull(table, grouping));
        return (long)Math.Round(Math.Min(degrees.Sum(d => Math.Min(d, fanOut.Largest)) / (1 - share), room));
    }

    // Share of the rows that stand among a parent's, but of whose key one column is NULL: they are none of those that were counted.
    static double PartlyNull(TablePlan table, ReferencePlan grouping) =>
        grouping.Key.Columns.Select(c => table.Columns[table.Table.IndexOf(c)].Nulls).OfType<NullShare>().Select(n => n.Share).Where(s => s < 1)
            .DefaultIfEmpty(0).Max();

    /// <summary>Draws rows that repeat a key again.</summary>
    /// <returns>Rows for which that was in vain.</returns>
    public long MeetKeys(TablePlan table)
    {
        if (table.Profiled is not { Keys.Count: > 0 } profiled || table.WrittenRows == 0) return 0;
        var keys =
            profiled.Keys.Select(k =>
            new LearnedKey(k.Name, [.. k.Steps.Where(s => profiled.Steps[s].Column >= 0)], [.. References(table, k)], [.. Columns(table, k)],
            [.. k.Values.Where(v => profiled.Picked[v.Reference] >= 0)])).ToList();
        var search = new LearnedKeys(keys, table.Rows);
        search.Meet(_tables[table.Table.Name]);
        return search.Failed;
    }

    static IEnumerable<(int Profile, int Table)> References(TablePlan table, ProfiledKey key)
    {
        var profile = table.Profiled!.Profile;
        foreach (var reference in key.IsWithinParent ? key.Picked.Append(profile.Driving) : key.Picked)
            yield return (reference,
                table.References.ToList()
                .FindIndex(r => r.Key.Columns.SequenceEqual(profile.References[reference].Columns)
                && r.Key.Principal == profile.References[reference].Principal));
    }

    // Columns of the key that something else came to decide.
    static IEnumerable<int> Columns(TablePlan table, ProfiledKey key) => key.Steps.Where(s => table.Profiled!.Steps[s].Column < 0)
        .Select(s => table.Table.IndexOf(table.Profiled!.Profile.Columns[table.Profiled.Profile.Steps[s].Target].Name)).Concat(key.OfParent);

    LearnedStep Step(TablePlan table, StepProfile step, int index)
    {
        var (profile, planned) = (table.Profiled!.Profile, table.Profiled.Steps[index]);
        var last = step.Reference < 0 ? -1 : profile.Steps.ToList().FindLastIndex(s => s.Reference == step.Reference);
        var presence = step.Kind == StepKind.Attribute
            ? profile.Steps.ToList().FindIndex(s => s.Reference == step.Reference && s.Kind == StepKind.Presence) : -1;
        var made = new LearnedStep(step, planned, Book(profile, step, planned),
            StableHash.Key(_keys.Seed, _keys.NameOf(table.Table.Name), NameOf(profile, step), "learned"))
        {
            Picks = last == index ? step.Reference : -1,
            Presence = presence,
            IsDistinct = step.Kind == StepKind.Column && profile.Columns[step.Target].IsDistinct,
            IsDay = step.Kind == StepKind.Column && profile.Columns[step.Target].Kind == TypeKind.Date,
        };
        var isMoment = step.Kind == StepKind.Column && profile.Columns[step.Target].Kind.IsTemporal();
        foreach (var model in new[] { made.First, made.Next }.SelectMany(m => m.All))
            if (BeginsAtMoment(profile, model.Profile) is { } begins) (model.IsToYear, model.IsFromYear) = (begins && !isMoment, !begins && isMoment);
        return made;
    }

    // Null where it begins at no column's value.
    bool? BeginsAtMoment(TableProfile profile, ValueModel model)
    {
        var owner = model.Base switch
        {
            BaseKind.Own => profile,
            BaseKind.Parent => _plan.Find(profile.References[profile.Driving].Principal)?.Profiled?.Profile,
            _ => null,
        };
        return owner?.Steps[model.BaseStep] is { Kind: StepKind.Column } step ? owner.Columns[step.Target].Kind.IsTemporal() : null;
    }

    static string NameOf(TableProfile profile, StepProfile step) => step.Kind switch
    {
        StepKind.Column => profile.Columns[step.Target].Name,
        StepKind.Kind => "/Kind",
        var kind => $"{string.Join(",", profile.References[step.Reference].Columns)}/{kind}/{step.Target}",
    };

    static Codebook Book(TableProfile profile, StepProfile step, ProfiledStep planned) =>
        step.Kind == StepKind.Column ? profile.Columns[step.Target].Codes : planned.Attribute ?? Codebook.Fresh;

    PickRule PickOf(TablePlan table, int reference)
    {
        var profile = table.Profiled!.Profile.References[reference];
        var key = StableHash.Key(_keys.Seed, _keys.NameOf(table.Table.Name), string.Join(",", profile.Columns), "picked");
        var position = table.Profiled.Picked[reference];
        if (position < 0) return new PickRule(null, key, []);
        var parent = _tables[table.References[position].Key.Principal];
        var (group, via, above) = Group(table, profile);
        var picker = new Lazy<ParentPicker>(() => new PickerCompiler(table.Profiled.Profile, table.Profiled.Keys, reference)
            .Make(parent, _plan.Find(parent.Name)?.Profiled?.Profile, _degrees[(table.Table.Name, reference)].Value, group));
        return new PickRule(picker, key, profile.Bounds)
        {
            Told = _told.Are(table.Table.Name) && !profile.Parents.IsEmpty && _told.Are(profile.Principal) ? profile.Parents : [],
            Via = via,
            Above = above,
            Groups = above < 0 || via == table.Profiled.Profile.Driving ? null
                : new(() => PickerCompiler.Groups(_tables[table.References[table.Profiled.Picked[via]].Key.Principal], above)),
        };
    }

    // The principal's reference to the group, the table's own that leads to it, and the driving parent's; -1 where there is none.
    (int Group, int Via, int Above) Group(TablePlan table, ReferenceProfile profile)
    {
        if (profile.Within is not [var of, var via, ..]) return (-1, -1, -1);
        var isDriving = via == table.Profiled!.Profile.Driving;
        var group = of < 0 ? PickerCompiler.Itself : PositionOf(profile.Principal, of);
        var above = profile.Within is [_, _, var leads] ? PositionOf(table.Profiled.Profile.References[via].Principal, leads) : -1;
        var isKnown = group != -1 && (isDriving ? table.Profiled.Driving : table.Profiled.Picked[via]) >= 0 && (profile.Within.Count < 3 || above >= 0);
        return isKnown ? (group, via, above) : (-1, -1, -1);
    }

    // Where a reference of a table's profile stands in its plan; -1 for nowhere.
    int PositionOf(TableName name, int reference)
    {
        if (_plan.Find(name) is not { Profiled.Profile: { } profile } table) return -1;
        var learned = profile.References[reference];
        return table.References.ToList().FindIndex(r => r.Key.Columns.SequenceEqual(learned.Columns) && r.Key.Principal == learned.Principal);
    }

    /// <summary>Picks rows of the table itself, by the bounds that were learned.</summary>
    public EarlierParent Earlier(TablePlan table, EarlierReference spec, ulong key)
    {
        var steps = table.Profiled!.Profile.Steps;
        var bounds = Enumerable.Range(0, steps.Count).SelectMany(s => steps[s].Bounds
            .Where(b => b.Feature.Kind == FeatureKind.Parent && b.Feature.Reference == spec.Reference)
            .Select(b => new EarlierBound(s, b.Feature.Step, b.IsLeast))).ToArray();
        return new EarlierParent(key, spec.Step, bounds, new(() => ValuesOf(_tables[table.Table.Name], bounds)),
            _degrees[(table.Table.Name, spec.Reference)]);
    }

    // By step and row, NaN for NULL; null for steps that no bound asks for.
    static double[]?[] ValuesOf(TableGenerator table, EarlierBound[] bounds)
    {
        var asked = bounds.SelectMany(b => new[] { b.Own, b.Parent }).ToHashSet();
        var values = Enumerable.Range(0, asked.Max() + 1).Select(s => asked.Contains(s) ? new double[table.RowCount] : null).ToArray();
        foreach (var (first, state, count) in Batches(table))
            foreach (var step in asked)
                for (var i = 0; i < count; i++) values[step]![first + i] = state.Codes[step][i] == 0 ? double.NaN : state.Values[step][i];
        return values;
    }

    // What is told of rows is rounded to two digits.
    const double MostOff = 0.06;

    const int BatchRows = 4_096;

    /// <summary>A table's rows as they are drawn, one batch after the other.</summary>
    public static IEnumerable<(long First, LearnedState State, int Count)> Batches(TableGenerator table)
    {
        var frame = new RowFrame(table);
        for (long first = 0; first < table.RowCount; first += BatchRows)
        {
            frame.Reset(first, (int)Math.Min(BatchRows, table.RowCount - first));
            yield return (first, frame.Learned(), frame.Count);
        }
    }

    CountedGroups MakeGroups(TablePlan table, LearnedFanOutReference fanOut)
    {
        var profile = table.Profiled!.Profile.References[fanOut.Reference];
        var counts = (int[])_degrees[(table.Table.Name, fanOut.Reference)].Value.Clone();
        var key = StableHash.Key(_keys.Seed, _keys.NameOf(table.Table.Name), string.Join(",", profile.Columns), "groups");
        // Rows without a parent stand behind all groups, so that siblings follow one another.
        if (!CountedGroups.Fit(counts, table.Rows - (long)Math.Round(table.Rows * fanOut.NullShare), fanOut.Largest, key))
            throw new PlanException("RS2016",
                $"{table.Table.Name} cannot hold {table.Rows} rows: no parent may have more than {fanOut.Largest}. Ask for fewer with --rows {table.Table.Name}=N.")
            {
                Tables = [new(table.Table.Name.ToString(), $"RS2016 no parent may have more than {fanOut.Largest} of its rows")],
            };
        return new CountedGroups(counts);
    }
}
