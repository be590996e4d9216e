using System.Text;
using System.Text.Json.Nodes;
using RelSeed.Profiling;
using RelSeed.Profiling.Files;
using RelSeed.Tests.Learning;

namespace RelSeed.Tests.Profiling;

public sealed class ProfileFileTests
{
    static readonly Lazy<Task<DataProfile>> Learned = new(() =>
    {
        var (schema, rows) = LearnerTests.Shop(2000);
        return LearnerTests.LearnAsync(schema, rows);
    });

    static DataProfile Read(string json) => ProfileFile.Read(Encoding.UTF8.GetBytes(json));

    static async Task<string> FaultOfAsync(Action<JsonNode> spoil)
    {
        var json = JsonNode.Parse(ProfileFile.Write(await Learned.Value))!;
        spoil(json);
        return Assert.Throws<UsageException>(() => Read(json.ToJsonString())).Message;
    }

    [Fact]
    public async Task A_profile_is_read_as_it_was_written()
    {
        var profile = await Learned.Value;
        var json = ProfileFile.Write(profile);
        Assert.Equal(profile, Read(json));
        Assert.Equal(json, ProfileFile.Write(Read(json)));
        Assert.True(ProfileFile.IsUnchanged(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public async Task A_change_shows_in_the_digest() =>
        Assert.False(
            ProfileFile.IsUnchanged(
            Encoding.UTF8.GetBytes(ProfileFile.Write(await Learned.Value).Replace("\"rows\": 2000", "\"rows\": 2100", StringComparison.Ordinal))));

    [Fact]
    public async Task Another_format_is_refused() => Assert.Equal(
        "RS1311 The profile is of format 99, and this version of RelSeed reads format 1. Learn it anew with this version, or use the version that wrote it.",
        await FaultOfAsync(p => p["format"] = 99));

    public static TheoryData<string> Spoils => [.. Faults.Keys];

    static JsonNode Table(JsonNode profile, string name) => profile["tables"]!.AsArray().Single(t => (string)t!["name"]![1]! == name)!;

    static JsonNode FirstTree(JsonNode profile) =>
        Table(profile, "customers")["steps"]!.AsArray().Select(s => s!["first"]!["values"]).First(v => v is not null)!;

    static JsonNode FanOut(JsonNode profile) => Table(profile, "orders")["references"]![0]!["children"]!["tree"]!;

    static readonly Dictionary<string, (Action<JsonNode> Spoil, string Place, string What)> Faults = new()
    {
        ["a negative weight"] = (p => FanOut(p)["nodes"] = JsonNode.Parse("[[[1,-5]]]"), "$.tables[2].references[0].children.tree.nodes[0][0][1]",
            "a number from 0 to 1E+18 is expected"),
        ["no weight at all"] = (p => FanOut(p)["nodes"] = JsonNode.Parse("[[[1,0]]]"), "$.tables[2].references[0].children.tree.nodes[0]",
            "the root tells single codes alone, with weights above 0"),
        ["none where counts tell it not"] = (p =>
            {
                var children = FanOut(p).Parent!;
                children["codes"]!["ordinal"] = JsonNode.Parse("[1,2,3,4]");
                children["none"] = JsonNode.Parse("{\"nodes\":[[[0,5,1,5]]]}");
            }, "$.tables[2].references[0].children.none", "none is no code of the counts"),
        ["a code that is none"] =
            (p => FanOut(p)["nodes"] = JsonNode.Parse("[[[99,5]]]"), "$.tables[2].references[0].children.tree.nodes[0]",
            "codes must ascend from 1 to 4"),
        ["a code beyond all"] =
            (p =>
            {
                FanOut(p)["features"] = JsonNode.Parse("[[\"own\",0]]"); FanOut(p)["nodes"] = JsonNode.Parse(
            "[[0,[1,2000000000],1,2,[1,5]],[[1,5]],[[1,5]]]");
            }, "$.tables[2].references[0].children.tree.nodes[0][1][1]",
            "a whole number from 0 to 65535 is expected"),
        ["a NULL where none is"] =
            (p => FanOut(p)["nodes"] = JsonNode.Parse("[[[0,5]]]"), "$.tables[2].references[0].children.tree.nodes[0]",
            "codes must ascend from 1 to 4"),
        ["a node that is its own child"] =
            (p =>
            {
                FanOut(p)["features"] = JsonNode.Parse("[[\"own\",0]]"); FanOut(p)["nodes"] = JsonNode.Parse(
            "[[0,1,1,2,[1,5]],[0,1,1,2,[1,5]],[[1,5]]]");
            }, "$.tables[2].references[0].children.tree.nodes[1]",
            "children must stand behind their one parent"),
        ["a node that is absent"] =
            (p => { FanOut(p)["features"] = JsonNode.Parse("[[\"own\",0]]"); FanOut(p)["nodes"] = JsonNode.Parse("[[0,1,1,2,[1,5]],[[1,5]]]"); },
            "$.tables[2].references[0].children.tree.nodes[0]", "children must stand behind their one parent"),
        ["a node that nothing leads to"] =
            (p => FanOut(p)["nodes"] = JsonNode.Parse("[[[1,5]],[[1,5]]]"), "$.tables[2].references[0].children.tree.nodes[1]",
            "no node leads to it"),
        ["a feature of no step"] =
            (p => FanOut(p)["features"] = JsonNode.Parse("[[\"own\",77]]"), "$.tables[2].references[0].children.tree.features[0]",
            "nothing that is known here can be asked so"),
        ["a feature that comes later"] =
            (p => FirstTree(p)["features"] = JsonNode.Parse("[[\"previous\",0]]"), "values.features[0]",
            "nothing that is known here can be asked so"),
        ["an unknown kind of feature"] =
            (p => FirstTree(p)["features"] = JsonNode.Parse("[[\"oracle\",0]]"), "values.features[0][0]",
            "one of own, previous, same, parent, grandparent, ordinal, remaining, children is expected"),
        ["a step of no column"] = (p => Table(p, "customers")["steps"]![0]!["target"] = 55, "$.tables[0].steps[0].target", "there is no such column"),
        ["an unknown property"] = (p => p["tables"]![0]!["rowz"] = 1, "$.tables[0]", "a property is unknown here"),
        ["a missing property"] = (p => p["tables"]![0]!.AsObject().Remove("rows"), "$.tables[0]", "the property 'rows' is missing"),
        ["a table of another schema"] =
            (p => Table(p, "lines")["references"]![0]!["principal"] = JsonNode.Parse("[\"main\",\"people\"]"), "$.tables[1].references[0].principal",
            "the table is not in the profile"),
        ["codes that do not ascend"] =
            (p => Table(p, "customers")["columns"]![3]!["codes"] = JsonNode.Parse("{\"unit\":1,\"ordinal\":[5,4]}"),
            "$.tables[0].columns[3].codes.ordinal[1]", "codes do not ascend"),
        ["a range the wrong way round"] =
            (p => Table(p, "customers")["columns"]![3]!["codes"] = JsonNode.Parse("{\"unit\":1,\"ordinal\":[[5,4]]}"),
            "$.tables[0].columns[3].codes.ordinal[0]", "a range ends before it begins"),
        ["a number too large"] =
            (p => Table(p, "customers")["columns"]![3]!["codes"] = JsonNode.Parse("{\"unit\":1e999,\"ordinal\":[5]}"),
            "$.tables[0].columns[3].codes.unit", "a number of at least 0 is expected"),
        ["a share above 1"] =
            (p => Table(p, "customers")["columns"]![3]!["nullShare"] = 2, "$.tables[0].columns[3].nullShare", "a number from 0 to 1 is expected"),
        ["too many nodes"] = (p => FanOut(p)["nodes"] = JsonNode.Parse($"[{string.Join(",", Enumerable.Repeat("[[1,5]]", 5000))}]"),
            "$.tables[2].references[0].children.tree.nodes", "the list is longer than 4096"),
        ["a map of too few codes"] =
            (p => Table(p, "orders")["references"]![0]!["children"]!["map"] = JsonNode.Parse("{\"step\":0,\"codes\":[-1]}"),
            "$.tables[2].references[0].children.map", "it is no step of the principal with so many codes"),
        ["a map to no count"] = (p => Table(p, "orders")["references"]![0]!["children"]!["map"] = JsonNode.Parse("{\"step\":0,\"codes\":[-1,9,1,1]}"),
            "$.tables[2].references[0].children.map.codes", "a code is none of the counts'"),
        ["a bound of names"] = (p => Table(p, "customers")["steps"]![0]!["bounds"] = JsonNode.Parse("[[[\"own\",0],\"least\"]]"),
            "$.tables[0].steps[0].bounds[0]", "only values on an axis have bounds"),
        ["a bound by itself"] = (p => Table(p, "customers")["steps"]![1]!["bounds"] = JsonNode.Parse("[[[\"own\",1],\"most\"]]"),
            "$.tables[0].steps[1].bounds[0]", "it is no earlier step and none of a parent's, of values on an axis"),
        ["hours of half a day"] =
            (p => Table(p, "customers")["columns"]![3]!["codes"] = JsonNode.Parse("{\"unit\":1,\"ordinal\":[4,5],\"hours\":[1,1,1,1,1,1,1,1,1,1,1,1]}"),
            "$.tables[0].columns[3].codes.hours", "shares of 24 hours are expected, and of midnight maybe, not all 0"),
        ["a sum of what comes later"] =
            (p => Table(p, "customers")["steps"]![1]!["first"] = JsonNode.Parse(
            "{\"base\":\"sum\",\"terms\":[[1,2]],\"differences\":{\"unit\":1,\"ordinal\":[0,1]},\"values\":{\"nodes\":[[[1,5]]]}}"),
            "$.tables[0].steps[1].first.baseStep", "the base is no earlier step of values on an axis"),
        ["another way than by a base where there is none"] =
            (p => Table(p, "customers")["steps"]![1]!["first"]!["otherwise"] = JsonNode.Parse("{\"values\":{\"nodes\":[[[1,5]]]}}"),
            "$.tables[0].steps[1].first.otherwise", "without a base it is never drawn"),
        ["a bound to no side"] =
            (p => Table(p, "customers")["steps"]![1]!["bounds"] = JsonNode.Parse("[[[\"own\",0],\"near\"]]"), "$.tables[0].steps[1].bounds[0]",
            "a feature and least or most are expected"),
        ["a reference that follows from itself"] =
            (p => Table(p, "orders")["references"]![0]!["follows"] = JsonNode.Parse("[0,0]"), "$.tables[2].references[0].follows",
            "they do not lead to its principal"),
        ["parents of a group to which nothing leads"] =
            (p => Table(p, "orders")["references"]![0]!["within"] = JsonNode.Parse("[-1,0]"), "$.tables[2].references[0].within",
            "they do not lead to the same table"),
        ["parents that come before what is no moment"] =
            (p => Table(p, "orders")["references"]![0]!["bounds"] = JsonNode.Parse("[[0,0,\"least\"]]"), "$.tables[2].references[0].bounds[0]",
            "a moment of the principal and one of the driving parent are expected"),
        ["parents that come before or so"] =
            (p => Table(p, "orders")["references"]![0]!["bounds"] = JsonNode.Parse("[[0,0,\"near\"]]"), "$.tables[2].references[0].bounds[0]",
            "two steps and least or most are expected"),
        ["names that agree with what comes later"] =
            (p => Table(p, "customers")["steps"]![0]!["agreements"] = JsonNode.Parse("[{\"feature\":[\"own\",1],\"codes\":[[],[],[]]}]"),
            "$.tables[0].steps[0].agreements[0].feature", "it is no earlier step, and none of the driving parent's"),
        ["numbers of children that ask for themselves"] =
            (p => FanOut(p)["features"] = JsonNode.Parse("[[\"children\",0,\"main\",\"orders\"]]"), "$.tables[2].references[0].children",
            "numbers of children ask for one another's in a circle"),
        ["a table twice"] = (p => p["tables"]!.AsArray().Add(p["tables"]![0]!.DeepClone()), "$.tables[3].name", "a table stands twice"),
    };

    [Theory, MemberData(nameof(Spoils))]
    public async Task What_does_not_fit_is_named_by_its_place(string spoil)
    {
        var (edit, place, what) = Faults[spoil];
        var message = await FaultOfAsync(edit);
        Assert.StartsWith("RS1312 The profile cannot be used: at ", message);
        Assert.Contains($"{place}, {what}. Learn it anew", message);
    }

    [Fact]
    public async Task Attributes_that_stand_for_one_anothers_in_a_circle_are_a_fault_and_no_crash()
    {
        var profile = (await Learned.Value) with { Tables = [Circular("a", "b"), Circular("b", "a")] };
        Assert.Contains("at $.tables[0].steps[0], nothing can be drawn for it.",
            Assert.Throws<UsageException>(() => Read(ProfileFile.Write(profile))).Message);

        static TableProfile Circular(string name, string other) => new()
        {
            Name = new("main", name),
            Rows = 10,
            Columns = [new ColumnProfile { Name = "x", Kind = RelSeed.Schema.TypeKind.Int32, NullShare = 0, Treatment = ColumnTreatment.Implied }],
            References = [new ReferenceProfile { Columns = ["x"], Principal = new("main", other), NullShare = 0, Attributes = [0] }],
            Steps = [new StepProfile { Kind = StepKind.Attribute, Target = 0, Reference = 0,
                First = new ValueModel { Values = new TreeModel([], [new TreeNode { Shares = [new CodeShare(1, 1, 5)] }]) } }],
        };
    }

    [Theory]
    [InlineData("", "it is no JSON at line 1, byte 1")]
    [InlineData("{\"format\": NaN}", "it is no JSON at line 1, byte 12")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "it is no JSON at line 1, byte 25")]
    public void What_is_no_JSON_is_refused(string text, string what) =>
        Assert.Equal($"RS1310 The profile cannot be read: {what}. Name a file that 'relseed learn' has written.",
            Assert.Throws<UsageException>(() => Read(text)).Message);

    [Fact]
    public void A_file_that_is_too_long_is_refused() =>
        Assert.Equal("RS1310 The profile cannot be read: it is longer than 64 MiB. Name a file that 'relseed learn' has written.",
            Assert.Throws<UsageException>(() => ProfileFile.Read(new byte[100 << 20])).Message);

    [Fact]
    public void A_file_that_is_missing_is_named() =>
        Assert.Equal(
            "RS1310 The profile cannot be read: the file no.profile.json is missing or may not be read. Name a file that 'relseed learn' has written.", Assert.Throws<UsageException>(() => ProfileFile.Load("no.profile.json")).Message);

    [Fact]
    public async Task Any_cut_of_the_file_is_a_fault_and_no_crash()
    {
        var json = ProfileFile.Write(await Learned.Value);
        for (var length = 0; length < json.TrimEnd().Length; length += 997) Assert.StartsWith("RS13", Assert.Throws<UsageException>(() => Read(json[..length])).Message);
    }

    [Fact]
    public async Task Trees_are_cut_back_until_a_table_fits()
    {
        var profile = await Learned.Value;
        var table = profile.Tables[0];
        var shares = Enumerable.Range(1, 30).Select(c => new CodeShare(c, c, 111)).ToArray();
        // Each question parts one leaf from the rest.
        var nodes = Enumerable.Range(0, 1001)
            .Select(n => n % 2 == 0 && n < 1000 ? new TreeNode { Feature = 0, Below = 1, Left = n + 1, Right = n + 2, Shares = [.. shares] }
            : new TreeNode { Shares = [.. shares] });
        var step = table.Steps[0] with { First = new ValueModel { Values = new TreeModel([new Feature(FeatureKind.Own, Step: 0)], [.. nodes]) } };
        var large = profile with { Tables = [table with { Steps = [.. Enumerable.Repeat(step, 20)] }] };
        Assert.True(ProfileWriter.Measure(large.Tables[0]) > ProfileFile.MostTableBytes);
        var cut = ProfileFile.Fit(large).Tables[0];
        Assert.InRange(ProfileWriter.Measure(cut), ProfileFile.MostTableBytes / 2, ProfileFile.MostTableBytes);
        Assert.All(cut.Steps[0].First.Values!.Nodes, n => Assert.True(n.Feature < 0 || n.Right < cut.Steps[0].First.Values!.Nodes.Count));
    }
}
