using RelSeed.Generation.Learned;
using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Makes the generators of every table of a plan and ties their references together.</summary>
static class PlanCompiler
{
    /// <param name="findings">Takes what comes out another way than planned; when null, too little room is a fault.</param>
    /// <param name="made">Generators of tables that are as they were, and so is all that they read.</param>
    public static Dictionary<TableName, TableGenerator> Compile(
        SeedPlan plan, IReadOnlyDictionary<TableName, ExistingRows> existing, PlanFindings? findings = null, IReadOnlyDictionary<TableName,
        TableGenerator>? made = null)
    {
        var keys = new GeneratorKeys(plan.Seed, plan.Schema.DefaultSchema);
        var tables = plan.Tables.ToDictionary(t => t.Table.Name,
            t => made?.GetValueOrDefault(t.Table.Name) ?? Shell(t, existing.GetValueOrDefault(t.Table.Name)));
        var open = plan.Tables.Where(t => made?.ContainsKey(t.Table.Name) != true).ToList();
        var learned = new LearnedCompiler(plan, keys, tables);
        foreach (var table in open)
        {
            var compiler = new TableCompiler(plan, table, keys, tables, learned);
            var generator = tables[table.Table.Name];
            if (table.Arrangement is not null)
                generator.Arrangement =
                    new LazyArrangement(() => new ArrangementCompiler(plan, table, keys, tables).Make(), table.Table.Name.ToString());
            generator.References = [.. table.References.Select(compiler.Reference)];
            for (var c = 0; c < table.Columns.Count; c++)
            {
                generator.Columns[c].Values = compiler.Values(table.Columns[c]);
                generator.Columns[c].Nulls = compiler.Nulls(table.Columns[c]);
            }
        }
        foreach (var table in open) tables[table.Table.Name].Learned = learned.Rows(table);
        foreach (var table in open) tables[table.Table.Name].Groups = GroupCompiler.Compile(plan, table, tables[table.Table.Name]);
        foreach (var table in open) tables[table.Table.Name].Pairs = PairedRows.Of(table, tables[table.Table.Name]);
        if (findings is { IsBounded: false })
            foreach (var table in plan.Tables)
                if (learned.Drawn(table) is { } drawn && drawn != table.Rows) findings.Drawn[table.Table.Name] = drawn;
        if (findings?.IsEmpty == false) return tables;
        foreach (var table in open)
            if (learned.MeetKeys(table) is > 0 and var failed)
                TellShort(table,
                    new(table.Rows - failed, $"the learned values of its keys {string.Join(", ", table.Profiled!.Keys.Select(k => k.Name))} leave",
                    IsRedrawn: true), findings);
        // The rest is for the plan that is carried out; a trial goes table by table.
        if (findings is not null) return tables;
        foreach (var table in ReadOrder.Of(plan))
        {
            var generator = tables[table.Table.Name];
            if (ShortOf(table, generator) is { } found) TellShort(table, found, findings: null);
            if (made?.ContainsKey(table.Table.Name) != true) generator.Substitutes = RowScreening.Find(plan, table, generator);
        }
        return tables;
    }

    /// <summary>Counts the parents that pass what was learned of foreign keys, where the table's keys count on parents: the plan must know.</summary>
    /// <returns>False when the plan was made with other numbers.</returns>
    public static bool CountParents(SeedPlan plan, TablePlan table, IReadOnlyDictionary<TableName, TableGenerator> tables, PlanFindings findings)
    {
        var isKnown = true;
        foreach (var reference in table.References.Where(r => !r.Conditions.IsEmpty && r.Filters.IsEmpty && TablePlan.CanTakeFewer(r)
            && !table.HasRoomInFewer(r)))
        {
            var (key, parent) = ((table.Table.Name, reference.Key.Name), tables[reference.Key.Principal]);
            var passing = FilteredParent.Rows(parent, [], GroupCompiler.OfParent(plan, reference)).LongLength;
            if (passing == parent.RowCount || findings.KnownPassing.GetValueOrDefault(key, -1) == passing) continue;
            findings.Passing[key] = passing;
            isKnown = false;
        }
        return isKnown;
    }

    /// <summary>Too little room for the rows of a table whose keys, or checks over its references, are met by choosing; null when it does.</summary>
    public static Shortfall? ShortOf(TablePlan table, TableGenerator generator)
    {
        if (table.Rows == 0 || generator.Arrangement is not { } arrangement || arrangement.Placed >= table.Rows) return null;
        var names = string.Join(", ", table.Arrangement!.Keys.Select(k => k.Name));
        return new(arrangement.Placed, names.Length > 0 ? $"the keys {names} together have" : "the checks over its references have",
            IsRedrawn: false);
    }

    static void TellShort(TablePlan table, Shortfall found, PlanFindings? findings)
    {
        if (findings is null)
            throw new PlanException("RS2015",
                $"{table.Table.Name} cannot hold {table.Rows} rows: {found.Reason}. Ask for fewer with --rows {table.Table.Name}={found.Rows}.");
        findings.Shortfalls[table.Table.Name] = found;
    }

    static TableGenerator Shell(TablePlan plan, ExistingRows? existing) => new()
    {
        Name = plan.Table.Name,
        RowCount = plan.Rows + (existing?.Count ?? 0),
        Existing = existing,
        Columns = [.. plan.Columns.Select(c => new GeneratedColumn(c.Column.Name, c.Column.Type))],
        Written = [.. Enumerable.Range(0, plan.Columns.Count).Where(c => !plan.Columns[c].IsOmitted && !plan.Columns[c].Column.IsHidden)],
    };
}

/// <summary>Turns the specs of one table into generators.</summary>
sealed class TableCompiler(SeedPlan plan, TablePlan table, GeneratorKeys keys, Dictionary<TableName, TableGenerator> tables, LearnedCompiler learned)
{
    readonly TableName _name = table.Table.Name;

    public ColumnGenerator Values(ColumnPlan column)
    {
        var key = keys.Column(_name, column.Column.Name);
        var type = column.Column.Type;
        return column.Generator switch
        {
            ComputedSpec s => new ComputedColumn(plan, table, s.Expression, type),
            OmittedSpec or AllNullSpec => new NullColumn(),
            SerialSpec s => new SerialColumn(s.Start, s.Step),
            ReferenceColumnSpec s when table.Arrangement is { IsWhole: true } && table.References[s.Reference].Mechanism is ArrangedReference =>
                new ChosenColumn(tables[_name].Arrangement!, table.Table.IndexOf(column.Column.Name)),
            ReferenceColumnSpec s => new ParentColumn(s.Reference, s.PrincipalColumn),
            CopiedSpec s => new CopiedColumn(s.Reference, s.PrincipalColumn, Values(column with { Generator = s.Otherwise })),
            LearnedSpec s => new LearnedColumn(s.Step, Book(s.Step), type, s.Fresh is null ? null : Values(column with { Generator = s.Fresh }), Form(s.Step)),
            WeightSpec => new WeightColumn(type.Lane == Lane.Float64 ? 1 : StableMath.PowerOfTen(type.ScaleOf())),
            ChildSumSpec s => ChildSum(s, type),
            OrdinalSpec s => new SiblingNumber(s.Reference, s.Start, s.Step),
            ArrangedSpec s => new ArrangedColumn(tables[_name].Arrangement!, s.Choice, Domain(s.Domain, type, key)),
            IndexedSpec s => new DomainColumn(Index(s.Index), Domain(s.Domain, type, key)),
            FunctionSpec s => new FunctionColumn(plan, table, column, s, key),
            CaseSpec s =>
                new CaseColumn(RowCases.Of(plan, table, s.Cases), column.Column.Name,
                    [.. s.Cases.Select(c => c.Values is null ? null : Values(column with { Generator = c.Values }))],
                    Values(column with { Generator = s.Otherwise }), type),
            BandSpec { Otherwise: { } otherwise } s => new BandColumn(s.Bands, type, Values(column with { Generator = otherwise })),
            BandSpec s => new BandColumn(s.Bands, type, null),
            TriggerValueSpec s => new TriggerColumn(s.Sources, type),
            var s =>
                ValueGenerators.TryCreate(s, type, key, _context) ?? throw new InvalidOperationException($"No generator for {s.GetType().Name}."),
        };
    }

    readonly ValueContext _context = new(plan.Seed, keys.NameOf(table.Table.Name));

    Codebook Book(int step) => Learned(step).Codes;

    MomentForm? Form(int step) => MomentForm.Find(Learned(step).Form);

    ColumnProfile Learned(int step) => table.Profiled!.Profile.Columns[table.Profiled.Profile.Steps[step].Target];

    ChildSum ChildSum(ChildSumSpec spec, ColumnType type)
    {
        var child = plan.Find(spec.Child)!;
        var decimals = spec.Column < 0 ? 0 : child.Columns[spec.Column].Column.Type.ScaleOf();
        return new ChildSum(tables[spec.Child], learned.GroupsOf(spec.Child), spec.Column, decimals, 1.0 / StableMath.PowerOfTen(type.ScaleOf()));
    }

    // Tables that share a domain must read it by the same key of chance.
    DomainGenerator Domain(DomainSpec domain, ColumnType type, ulong key) => domain is SlicedDomain s
        ? new SliceOfDomain(ValueGenerators.CreateDomain(s.Inner, type, keys.Column(s.Owner, s.OwnerColumn),
        _context with { TableName = keys.NameOf(s.Owner) }), s.Count, s.Place)
        : ValueGenerators.CreateDomain(domain, type, key, _context);

    IndexGenerator Index(IndexSpec spec) => spec switch
    {
        RowIndexSpec s => new PermutedRow(keys.Permutation(_name, s.Salt), s.Size, s.Divisor, s.Radix),
        RowOrderIndexSpec => new RowInOrder(),
        OccurrenceIndexSpec s => new Occurrence(tables[_name], [.. s.Columns]),
        BlockIndexSpec s => new PermutedBlock(keys.Permutation(_name, s.Salt), s.Size),
        GroupIndexSpec { Size: 0 } s => new SiblingPlace(s.Reference),
        GroupIndexSpec s => new PermutedSibling(keys.Permutation(_name, s.Salt), s.Reference, s.Size, s.Divisor, s.Radix),
        _ => throw new InvalidOperationException($"No index for {spec.GetType().Name}."),
    };

    public NullGenerator? Nulls(ColumnPlan column) => column.Nulls switch
    {
        NeverNull => null,
        NullShare s => new NullByShare(keys.Nulls(_name, s.Salt), s.Share),
        NullBeyond s => new NullBehind(s.Rows),
        NullFollows s => new NullByColumn(s.Column, s.Opposite),
        NullCases s =>
            new NullByCase(RowCases.Of(plan, table, s.Cases), column.Column.Name, [.. s.Cases.Select(c => c.NullShare)],
                Nulls(column with { Nulls = s.Otherwise }), s.Scope is null ? null : Nulls(column with { Nulls = s.Scope }),
                keys.Nulls(_name, s.Salt)),
        NullOutside s =>
            new NullByScope(s.Column, s.Values.IsEmpty ? null : ValueLists.Parse(s.Values, table.Columns[s.Column].Column.Type),
                keys.Nulls(_name, s.Salt), s.Share),
        LearnedNulls s => column.Generator is LearnedSpec ? null : new LearnedNullMarks(s.Step),
        NullUnlessIn s => new NullByValue(s.Column, ValueLists.Parse(s.Values, table.Columns[s.Column].Column.Type)),
        _ => throw new InvalidOperationException($"No nulls for {column.Nulls.GetType().Name}."),
    };

    public GeneratedReference Reference(ReferencePlan reference)
    {
        var key = reference.Key;
        if (reference.Mechanism is NoReference || !tables.TryGetValue(key.Principal, out var parent))
            return new GeneratedReference(key.Name, tables[_name], new AbsentReference());
        if (reference.Mechanism is ArrangedReference { Choice: var choice })
            return new GeneratedReference(key.Name, parent, new ArrangedParent(tables[_name].Arrangement!, choice));
        var filters = reference.Filters.Select(f => new CompiledFilter([.. f.Columns], tables[f.Other], [.. f.OtherColumns])).ToArray();
        var conditions = GroupCompiler.OfParent(plan, reference);
        var generator = filters.Length + conditions.Length == 0 || reference.Mechanism is ImpliedReference
            ? Mechanism(reference, parent, parent.RowCount)
            : reference.Mechanism is GroupedReference grouped
            ? Agreeing(reference, grouped, parent, () => FilteredParent.Rows(parent, filters, conditions))
            : reference.Mechanism is LearnedReference or LearnedFanOutReference
            ? new PassingParent(parent, filters, conditions, Mechanism(reference, parent, parent.RowCount))
            : new FilteredParent(parent, filters, conditions,
            taken => Mechanism(reference, parent, taken.Length, offset => taken.AsSpan().BinarySearch(offset) is var at && at < 0 ? ~at : at));
        if (reference.Mechanism.Scope is { } scope)
            generator = new AbsentOutside(generator, scope.Column,
                scope.Values.IsEmpty ? null : ValueLists.Parse(scope.Values, table.Columns[scope.Column].Column.Type));
        if (reference.Mechanism is { NullShare: > 0 } and not LearnedFanOutReference)
            generator = new SometimesAbsent(generator, keys.Nulls(_name, string.Join(",", key.Columns)), reference.Mechanism.NullShare);
        return new GeneratedReference(key.Name, parent, generator);
    }

    // Where only some parents will do, rows are counted among those.
    ReferenceGenerator Mechanism(ReferencePlan reference, TableGenerator parent, long parents, Func<long, long>? place = null)
    {
        var key = keys.Reference(_name, reference.Key);
        if (parents == 0) return new AbsentReference();
        return reference.Mechanism switch
        {
            FanOutReference { InPairs: true } s =>
                new GroupedByParent(new PairedGroups(FanOutShapes.Index(key, parents, table.Rows / 2, s.ZeroShare, s.Weights.AsSpan(),
                    Math.Min(s.Least, table.Rows / 2 / parents)))),
            FanOutReference s =>
                new GroupedByParent(FanOutShapes.Index(key, parents, table.Rows, s.ZeroShare, s.Weights.AsSpan(),
                    Math.Min(s.Least, table.Rows / parents))),
            LearnedFanOutReference => new GroupedByParent(learned.GroupsOf(_name), table.Rows),
            LearnedReference s => new PickedParent(s.Reference),
            EarlierReference s => learned.Earlier(table, s, key),
            TreeReference s => Tree(key, s),
            SelfReference => new RowItselfReference(),
            ConcentratedReference s => new ConcentratedParent(key, parents, s.Exponent),
            InjectiveReference s =>
                new OneParentEach(keys.Permutation(reference.Key.Principal, s.Salt), parents, place is null ? s.Offset : place(s.Offset), s.Step,
                    s.IsIdentity),
            IndexedReference s => new IndexedParent(Index(s.Index), parents),
            ImpliedReference s => new ImpliedParent([.. s.Path]),
            GroupedReference s => Agreeing(reference, s, parent, among: null),
            BandedReference s => new ParentOfBand(key, s.Bands),
            TriggeringRowReference s => new TriggeringRow(parent, s.First, s.SourceFirst, s.Rows),
            ThroughTriggerReference s => new ThroughTrigger(s.Sources),
            var s => throw new InvalidOperationException($"No reference for {s.GetType().Name}."),
        };
    }

    AgreeingParent Agreeing(ReferencePlan reference, GroupedReference spec, TableGenerator parent, Func<long[]>? among) => new(
        keys.Reference(_name, reference.Key), parent, [.. spec.Shared], [.. spec.PrincipalColumns], spec.Index is null ? null : Index(spec.Index),
        spec.Exponent, among);

    TreeParent Tree(ulong key, TreeReference spec)
    {
        var roots = Math.Min(spec.Roots, table.Rows);
        var children = table.Rows - roots;
        var parents = Math.Max(1, Math.Min(table.Rows, (children + 1) / 2));
        var index = FanOutShapes.Index(key, parents, children, spec.ZeroShare, spec.Weights.AsSpan());
        // Every child must stand after its parent; an even spread of two children a parent always does.
        if (!StandsAfter(index, roots)) index = new FanOutIndex(key, parents, children, FanOutShape.Even);
        return new TreeParent(roots, index, spec.RootsReferToThemselves, spec.RootsReferToOneAnother);
    }

    static bool StandsAfter(FanOutIndex index, long roots)
    {
        for (long parent = roots; parent < index.Parents; parent++)
            if (index.FirstChild(parent) + roots <= parent && index.FirstChild(parent + 1) > index.FirstChild(parent)) return false;
        return true;
    }
}
