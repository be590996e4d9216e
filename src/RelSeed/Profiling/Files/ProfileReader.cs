using System.Text.Json;
using RelSeed.Schema;

namespace RelSeed.Profiling.Files;

/// <summary>Reads a profile from JSON that may be anything: the first thing that does not fit is a fault that names its place.</summary>
static partial class ProfileReader
{
    // A profile is at most 1 MiB a table.
    public const int MostBytes = 64 << 20;
    const int MostDepth = 24, MostTables = 10_000, MostColumns = 5_000, MostNodes = 4096, MostCodes = 5000, MostRows = 5000, MostCharges = 1_000_000;

    /// <exception cref="UsageException">RS1310: no JSON, or too long; RS1311: another format; RS1312: it does not fit, with the place.</exception>
    public static (DataProfile Profile, string? Digest) Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MostBytes) throw ProfileFaults.NoJson($"it is longer than {MostBytes >> 20} MiB");
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MostDepth });
            return Document(new JsonPlace(document.RootElement, parent: null, "$"));
        }
        catch (JsonException fault)
        {
            throw ProfileFaults.NoJson($"it is no JSON at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}");
        }
        catch (InvalidOperationException)
        {
            // A string of halves of characters.
            throw ProfileFaults.NoJson("it holds text that is no Unicode");
        }
    }

    static (DataProfile, string?) Document(JsonPlace root)
    {
        var format = root["format"].Long(0);
        if (format != DataProfile.CurrentFormat) throw ProfileFaults.Version(format);
        root.Only("$schema", "format", "digest", "origin", "tables");
        var profile = new DataProfile
        {
            Format = (int)format,
            Origin = Origin(root["origin"]),
            Tables = root["tables"].Items(MostTables).Select(Table).ToEquatableArray()
        };
        ProfileCheck.Check(profile);
        return (profile, root.Find("digest")?.Text(128));
    }

    static ProfileOrigin Origin(JsonPlace place)
    {
        place.Only("version", "provider", "schemaDigest", "learnedAt", "k", "leafRows", "leafEntities", "sampleRows", "loss");
        return new()
        {
            Version = place["version"].Text(64),
            Provider = place["provider"].Text(64),
            SchemaDigest = place["schemaDigest"].Text(128),
            LearnedAt = DateTimeOffset.TryParse(place["learnedAt"].Text(64), System.Globalization.CultureInfo.InvariantCulture, out var time) ? time
                : throw place["learnedAt"].Wrong("a time is expected"),
            K = place["k"].Whole(1, 1_000_000),
            LeafRows = place["leafRows"].Whole(1, int.MaxValue),
            LeafEntities = place["leafEntities"].Whole(1, int.MaxValue),
            SampleRows = place["sampleRows"].Long(1),
            Loss = place.Find("loss") is { } loss ? Loss(loss) : null,
        };
    }

    static PrivacyLoss Loss(JsonPlace place)
    {
        place.Only("epsilon", "delta", "ledger");
        return new(place["epsilon"].Number(0, 1000), place["delta"].Number(0, 1), List(place.Find("ledger"), Charge, MostCharges));
    }

    static PrivacyCharge Charge(JsonPlace place)
    {
        place.Only("family", "table", "what", "rho");
        return new(Name(place["family"]), Name(place["table"]), place["what"].Text(), place["rho"].Number(0, 1000));
    }

    static TableProfile Table(JsonPlace place)
    {
        place.Only("name", "rows", "leafRows", "k", "isToldWhole", "columns", "references", "driving", "steps", "rules");
        return new()
        {
            Name = Name(place["name"]),
            Rows = place["rows"].Long(0),
            LeafRows = place.Find("leafRows")?.Whole(0, int.MaxValue) ?? 0,
            K = place.Find("k")?.Whole(0, int.MaxValue) ?? 0,
            IsToldWhole = place.Find("isToldWhole")?.Flag() ?? false,
            Columns = List(place["columns"], Column, MostColumns),
            References = List(place.Find("references"), Reference, MostColumns),
            Driving = place.Find("driving")?.Whole(-1, MostColumns) ?? -1,
            Steps = List(place.Find("steps"), Step, 2 * MostColumns),
            Rules = List(place.Find("rules"), Rule, MostColumns),
        };
    }

    static ColumnProfile Column(JsonPlace place)
    {
        place.Only("name", "kind", "nullShare", "treatment", "reason", "isDistinct", "latest", "form", "codes", "lengths", "shapes");
        return new()
        {
            Name = place["name"].Text(),
            Kind = place["kind"].Word<TypeKind>(),
            NullShare = place.Find("nullShare")?.Number(0, 1) ?? 0,
            Treatment = place["treatment"].Word<ColumnTreatment>(),
            Reason = place.Find("reason")?.Text(),
            IsDistinct = place.Find("isDistinct")?.Flag() ?? false,
            Latest = place.Find("latest")?.Number(),
            Form = place.Find("form") is { } form ? (MomentForm.Find(form.Text()) ?? throw form.Wrong("a form of dates or times is expected, such as yyyy-MM-dd")).Text : null,
            Codes = place.Find("codes") is { } codes ? Codes(codes) : Codebook.Fresh,
            Lengths = List(place.Find("lengths"), l => l.Whole(0, int.MaxValue), MostCodes),
            Shapes = List(place.Find("shapes"), Shape, MostCodes),
        };
    }

    static TextShape Shape(JsonPlace place) => place.Items(2) is [var form, var share]
        ? new(form.Text(200), share.Number(0, 1)) : throw place.Wrong("a form and its share are expected");

    static Codebook Codes(JsonPlace place)
    {
        place.Only("unit", "ordinal", "weekdays", "hours", "names");
        return place.Find("ordinal") is { } ordinal
            ? new(true, place["unit"].Number(0),
            List(ordinal, Ordinal, MostCodes))
            {
                Weekdays = List(place.Find("weekdays"), share => share.Number(0, 1), Weekdays.Count),
                Hours = List(place.Find("hours"), share => share.Number(0, 1), DayHours.Count + 1),
            }
            : new(false, 0, List(place["names"], NameCode, MostCodes));
    }

    static Code Ordinal(JsonPlace place)
    {
        if (place.IsNumber) return new NumberCode(place.Number());
        return place.Items(3) is [var low, var high, .. var tail]
            ? new RangeCode(low.Number(), high.Number(), tail is [var way] ? way.Whole(RangeCode.ReachesLow, RangeCode.ReachesHigh) : 0)
            : throw place.Wrong("a number, or the two ends of a range are expected");
    }

    static Code NameCode(JsonPlace place) => place.IsText ? new ValueCode(place.Text()) : new OtherCode(place.Only("other")["other"].Long(0));

    static ReferenceProfile Reference(JsonPlace place)
    {
        place.Only("columns", "principal", "nullShare", "attributes", "follows", "within", "bounds", "parents", "children");
        return new()
        {
            Columns = List(place["columns"], c => c.Text(), MostColumns),
            Principal = Name(place["principal"]),
            NullShare = place.Find("nullShare")?.Number(0, 1) ?? 0,
            Attributes = List(place.Find("attributes"), a => a.Whole(0, 2 * MostColumns), MostColumns),
            Follows = List(place.Find("follows"), f => f.Whole(0, MostColumns), 2),
            Within = List(place.Find("within"), w => w.Whole(-1, MostColumns), 3),
            Bounds = List(place.Find("bounds"), ParentBound, MostColumns),
            Parents = List(place.Find("parents"), p => p.Whole(-1, MostRows), MostRows),
            Children = place.Find("children") is { } children
                ? new(Codes(children.Only("codes", "none", "tree", "map", "told")["codes"]), Tree(children["tree"]), Map(children.Find("map")))
                {
                    None = children.Find("none") is { } none ? Tree(none) : null,
                    Told = List(children.Find("told"), c => c.Whole(1, MostCodes), MostRows),
                } : null,
        };
    }

    static StepProfile Step(JsonPlace place)
    {
        place.Only("kind", "target", "reference", "kinds", "first", "next", "agreements", "bounds", "told");
        return new()
        {
            Kind = place["kind"].Word<StepKind>(),
            Target = place.Find("target")?.Whole(-1, 2 * MostColumns) ?? -1,
            Reference = place.Find("reference")?.Whole(-1, MostColumns) ?? -1,
            Kinds = place.Find("kinds")?.Whole(1, MostCodes) ?? 0,
            First = Model(place["first"]),
            Next = place.Find("next") is { } next ? Model(next) : null,
            Agreements = List(place.Find("agreements"), Agreement, MostColumns),
            Bounds = List(place.Find("bounds"), Bound, MostColumns),
            Told = List(place.Find("told"), v => v.IsNull ? double.NaN : v.Number(), MostRows),
        };
    }

    static ParentBound ParentBound(JsonPlace place) =>
        place.Items(3) is [var step, var driving, var side] && side.Text(8) is "least" or "most"
            ? new(place.Items(3)[0].Whole(0, 2 * MostColumns), place.Items(3)[1].Whole(0, 2 * MostColumns), place.Items(3)[2].Text(8) == "least")
            : throw place.Wrong("two steps and least or most are expected");

    static OrderBound Bound(JsonPlace place) => place.Items(2) is [var feature, var side] && side.Text(8) is "least" or "most"
        ? new(Feature(place.Items(2)[0]), place.Items(2)[1].Text(8) == "least") : throw place.Wrong("a feature and least or most are expected");

    static Agreement Agreement(JsonPlace place)
    {
        place.Only("feature", "codes", "free");
        return new(Feature(place["feature"]), List(place["codes"], c => List(c, p => p.Whole(0, MostCodes), MostCodes + 1), MostCodes))
        {
            Free = List(place.Find("free"), p => p.Number(0, 1), MostCodes + 1),
        };
    }

    static ValueModel Model(JsonPlace place)
    {
        place.Only("base", "baseStep", "factor", "since", "stride", "terms", "differences", "fallback", "otherwise", "hasSame", "sameWithin",
            "spread", "map", "nulls", "values");
        return new()
        {
            Base = place.Find("base")?.Word<BaseKind>() ?? BaseKind.None,
            BaseStep = place.Find("baseStep")?.Whole(-1, 2 * MostColumns) ?? -1,
            IsFactor = place.Find("factor")?.Flag() ?? false,
            Since = place.Find("since")?.Number(-1e18, 1e18),
            Stride = place.Find("stride")?.Number(0, 1e18) ?? 0,
            Terms = List(place.Find("terms"), Term, MostColumns),
            Differences = place.Find("differences") is { } differences ? Codes(differences) : null,
            Fallback = List(place.Find("fallback"), w => w.Number(0, 1e18), MostCodes + 1),
            Otherwise = place.Find("otherwise") is { } otherwise ? Model(otherwise) : null,
            HasSame = place.Find("hasSame")?.Flag() ?? false,
            SameWithin = place.Find("sameWithin")?.Whole(0, 2 * MostColumns) ?? -1,
            IsSpread = place.Find("spread")?.Flag() ?? false,
            Map = Map(place.Find("map")),
            Nulls = place.Find("nulls") is { } nulls ? Tree(nulls) : null,
            Values = place.Find("values") is { } values ? Tree(values) : null,
        };
    }

    static BaseTerm Term(JsonPlace place) => place.Items(3) switch
    {
        [var step, var weight] => new(step.Whole(0, 2 * MostColumns), weight.Number()),
        [var step, var weight, var times] => new(step.Whole(0, 2 * MostColumns), weight.Number(), times.Whole(0, 2 * MostColumns)),
        _ => throw place.Wrong("a step and its weight are expected"),
    };

    static CodeMap? Map(JsonPlace? place) =>
        place is null ? null
            : new(place.Only("step", "codes")["step"].Whole(0, 2 * MostColumns), List(place["codes"], c => c.Whole(-1, MostCodes), MostCodes + 1));

    static RuleProfile Rule(JsonPlace place)
    {
        place.Only("kind", "column", "left", "right", "reference", "childTable", "factor", "digits");
        return new(place["kind"].Word<RuleKind>(), place["column"].Whole(0, MostColumns))
        {
            Left = place.Find("left")?.Text(),
            Right = place.Find("right")?.Text(),
            Reference = place.Find("reference")?.Whole(-1, MostColumns) ?? -1,
            ChildTable = place.Find("childTable") is { } child ? Name(child) : null,
            Factor = place.Find("factor")?.Number() ?? 0,
            Digits = place.Find("digits")?.Whole(0, 18) ?? 0,
        };
    }

    static TableName Name(JsonPlace place) =>
        place.Items(2) is [var schema, var name] ? new(schema.Text(), name.Text()) : throw place.Wrong("a schema and a name are expected");

    static EquatableArray<T> List<T>(JsonPlace? place, Func<JsonPlace, T> read, int most) =>
        place is null ? [] : place.Items(most).Select(read).ToEquatableArray();
}
