using RelSeed.Learning;
using RelSeed.Learning.Auditing;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Tests.Learning;

public sealed class ProfileGuardTests
{
    static readonly (DatabaseSchema Database, Dictionary<string, List<string?[]>> Rows) Shop = LearnerTests.Shop(2000);

    static readonly Lazy<Task<DataProfile>> Learned = new(() => LearnerTests.LearnAsync(Shop.Database, Shop.Rows));

    static DataProfile Edit(DataProfile profile, string table, Func<TableProfile, TableProfile> edit) =>
        profile with { Tables = profile.Tables.Select(t => t.Name.Name == table ? edit(t) : t).ToEquatableArray() };

    static EquatableArray<T> Set<T>(EquatableArray<T> items, int place, Func<T, T> edit) =>
        items.Select((x, i) => i == place ? edit(x) : x).ToEquatableArray();

    static DataProfile Column(DataProfile profile, string table, int column, Func<ColumnProfile, ColumnProfile> edit) =>
        Edit(profile, table, t => t with { Columns = Set(t.Columns, column, edit) });

    // A tree that was split, so that a leaf can be spoiled.
    static DataProfile Leaf(DataProfile profile, Func<TreeNode, TreeNode> edit)
    {
        var done = false;
        return profile with
        {
            Tables = profile.Tables.Select(t =>
            t with
            {
                References = t.References.Select(r => Spoil(r)).ToEquatableArray(),
                Steps = t.Steps.Select(s => s with { First = Of(s.First) }).ToEquatableArray()
            }).ToEquatableArray()
        };

        ReferenceProfile Spoil(ReferenceProfile reference) =>
            reference.Children is { } c ? reference with { Children = c with { Tree = In(c.Tree) } } : reference;
        ValueModel Of(ValueModel model) => model with { Values = model.Values is { } v ? In(v) : null };

        TreeModel In(TreeModel tree)
        {
            if (done || tree.Nodes.Count < 2) return tree;
            done = true;
            return tree with { Nodes = Set(tree.Nodes, tree.Nodes.Count - 1, edit) };
        }
    }

    public static TheoryData<string> Leaks => [.. Plants.Keys];

    static readonly Dictionary<string, (string Rule, Func<DataProfile, DataProfile> Plant)> Plants = new()
    {
        ["a count of rows that is not rounded"] =
            ("customers.rows: the count is not rounded", p => Edit(p, "customers", t => t with { Rows = 2017 })),
        ["the second of learning"] =
            ("origin.learnedAt: the time is told to the second",
            p => p with { Origin = p.Origin with { LearnedAt = p.Origin.LearnedAt.AddSeconds(1) } }),
        ["a k of one"] = ("origin.k: the profile tells what fewer than 2 share", p => p with { Origin = p.Origin with { K = 1 } }),
        ["an exact share of nulls"] =
            ("customers.age.nullShare: the share is not rounded", p => Column(p, "customers", 3, c => c with { NullShare = 0.2000123 })),
        ["an address among the countries"] = ("customers.country: a told value is an e-mail address",
            p => Column(p, "customers", 2,
                c => c with { Codes = c.Codes with { Codes = Set(c.Codes.Codes, 0, _ => new ValueCode("ann@example.com")) } })),
        ["a phone number among the countries"] = ("customers.country: a told value is a phone number",
            p => Column(p, "customers", 2,
                c => c with { Codes = c.Codes with { Codes = Set(c.Codes.Codes, 0, _ => new ValueCode("+49 30 1234567")) } })),
        ["a long text"] = ("customers.country: a told value is a long text",
            p => Column(p, "customers", 2,
                c => c with { Codes = c.Codes with { Codes = Set(c.Codes.Codes, 0, _ => new ValueCode(new string('x', 300))) } })),
        ["values of a column made anew"] = ("customers.email: values are told of a column whose values are not",
            p => Column(p, "customers", 1, c => c with { Codes = new Codebook(false, 0, [new ValueCode("x")]) })),
        ["addresses told"] = ("customers.email: the column is by its name an e-mail address",
            p => Column(p, "customers", 1,
                c => c with { Treatment = ColumnTreatment.Told, Codes = new Codebook(false, 0, [new ValueCode("ann at home")]) })),
        ["a form that is a word"] =
            ("customers.email: a form of texts holds letters",
            p => Column(p, "customers", 1, c => c with { Shapes = [new TextShape("person9", 0.5)] })),
        ["a form that is a word of classes"] =
            ("customers.email: a form of texts holds letters",
            p => Column(p, "customers", 1, c => c with { Shapes = [new TextShape("Xanax9", 0.5)] })),
        ["more values than rows allow"] = ("customers.age: more codes are told than 11 rows each can have",
            p => Column(p, "customers", 3,
                c => c with { Codes = new Codebook(true, 1, Enumerable.Range(0, 300).Select(i => (Code)new NumberCode(i)).ToEquatableArray()) })),
        ["a reason with a value"] =
            ("customers.email: the reason names a value", p => Column(p, "customers", 1, c => c with { Reason = "like ann@example.com" })),
        ["a weight of one"] = ("a weight is below 11",
            p => Leaf(p, n => n with { Shares = n.Shares.Append(new CodeShare(n.Shares[^1].Last, n.Shares[^1].Last, 1)).ToEquatableArray() })),
        ["a leaf of few rows"] = ("rows stand behind it", p => Leaf(p, n => n with { Shares = [new CodeShare(1, 1, 20)], Rest = 0 })),
        ["an exact count"] = ("a count is not rounded", p => Leaf(p, n => n with { Shares = [new CodeShare(1, 1, 12_347)] })),
        ["what is left, exactly"] = ("what is left is told too exactly", p => Leaf(p, n => n with { Rest = 1 })),
        ["leaves of persons as of things"] =
            ("customers.k: the table is told as a catalogue, but it is about persons", p => Edit(p, "customers", t => t with { LeafRows = 40 })),
        ["persons told whole"] =
            ("customers.k: the table is told as a catalogue, but it is about persons", p => Edit(p, "customers", t => t with { IsToldWhole = true })),
        ["a catalogue that tells of two rows"] =
            ("lines.k: what fewer than 3 rows share is told", p => Edit(p, "lines", t => t with { LeafRows = 10, K = 2 })),
        ["leaves of a few rows in a catalogue"] =
            ("lines.leafRows: leaves are too small", p => Edit(p, "lines", t => t with { LeafRows = 5, K = 3 })),
        ["a large table told whole"] =
            ("lines.isToldWhole: more than 300 rows are told whole", p => Edit(p, "lines", t => t with { LeafRows = 10, K = 3, IsToldWhole = true })),
    };

    [Theory, MemberData(nameof(Leaks))]
    public async Task A_planted_leak_is_found_in_the_file(string leak)
    {
        var (rule, plant) = Plants[leak];
        Assert.Contains(ProfileGuard.Check(plant(await Learned.Value)), f => $"{f.Place}: {f.Rule}".EndsWith(rule, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_learned_profile_breaks_no_rule() => Assert.Empty(ProfileGuard.Check(await Learned.Value));

    [Fact]
    public async Task A_profile_that_tells_too_much_is_not_written()
    {
        var profile = Plants["a phone number among the countries"].Plant(await Learned.Value);
        var fault = Assert.Throws<RelSeedException>(() => ProfileGuard.Require(profile));
        Assert.Equal(
            "RS1314 The profile was not written, since it would tell too much: customers.country: a told value is a phone number. Leave the table out with --exclude, or make the column anew with --treat table.column=fresh.",
            fault.Message);
        Assert.Equal(ExitCode.GateFailed, fault.ExitCode);
    }

    [Fact]
    public async Task The_source_bears_out_what_was_learned() => Assert.Empty(await AuditAsync(await Learned.Value));

    [Fact]
    public async Task The_source_shows_values_that_few_share()
    {
        var profile = await Learned.Value;
        profile =
            Column(profile, "customers", 2, c => c with { Codes = c.Codes with { Codes = Set(c.Codes.Codes, 0, _ => new ValueCode("Monaco")) } });
        profile = Column(profile, "customers", 3,
            c => c with { Codes = new Codebook(true, 1, [new RangeCode(20, 69), new NumberCode(70.5), new RangeCode(100, 200)]) });
        profile = Column(profile, "customers", 1, c => c with { Shapes = [new TextShape("a9@", 0.5)] });
        Assert.Equal(
            [
                "customers.email: a told form is shared by fewer than 11", "customers.country: a told value is shared by fewer than 11",
                "customers.age: a told number is shared by fewer than 11", "customers.age: a told range is shared by fewer than 11",
            ],
            (await AuditAsync(profile)).Select(f => $"{f.Place}: {f.Rule}"));
    }

    [Fact]
    public async Task The_source_shows_a_range_that_ends_at_an_extreme()
    {
        var rows = Shop.Rows.ToDictionary(r => r.Key, r => r.Value.Select(v => (string?[])v.Clone()).ToList());
        rows["customers"][1][3] = "97";
        var profile = Column(await Learned.Value, "customers", 3, c => c with { Codes = new Codebook(true, 1, [new RangeCode(21, 97)]) });
        Assert.Contains(await AuditAsync(profile, rows), f => f.Rule == "a range ends at the smallest or largest value");
    }

    static Task<IReadOnlyList<AuditFinding>> AuditAsync(DataProfile profile, Dictionary<string, List<string?[]>>? rows = null) =>
        SourceAudit.CheckAsync(profile, new MemoryRows(rows ?? Shop.Rows), Shop.Database, DateTimeOffset.UnixEpoch,
            TestContext.Current.CancellationToken);
}
