using RelSeed.Learning.Codebooks;
using RelSeed.Learning.Models;
using RelSeed.Learning.Sampling;
using RelSeed.Learning.Treatments;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Learning.Auditing;

/// <param name="Place">Where in the profile.</param>
/// <param name="Rule">What does not hold, without any value.</param>
public sealed record AuditFinding(string Place, string Rule);

/// <summary>Proves from a profile alone that it keeps the rules of docs/privacy.md, as far as a file can show it.</summary>
public static class ProfileGuard
{
    /// <summary>Nothing is told that fewer share, whatever the profile says of itself.</summary>
    public const int LeastK = 2;

    /// <returns>What breaks a rule; empty for a profile that may be told.</returns>
    public static IReadOnlyList<AuditFinding> Check(DataProfile profile)
    {
        List<AuditFinding> findings = [];
        if (profile.Origin.Loss is { } loss) return LossGuard.Check(profile, loss);
        if (profile.Origin.K < LeastK) findings.Add(new("origin.k", $"the profile tells what fewer than {LeastK} share"));
        if (profile.Origin.LearnedAt.Second != 0) findings.Add(new("origin.learnedAt", "the time is told to the second"));
        foreach (var table in profile.Tables) findings.AddRange(new TableGuard(profile, table).Check());
        return findings;
    }

    /// <exception cref="RelSeedException">RS1314: the profile breaks a rule.</exception>
    public static void Require(DataProfile profile)
    {
        var findings = Check(profile);
        if (findings.Count == 0) return;
        throw new RelSeedException("RS1314",
            $"The profile was not written, since it would tell too much: {string.Join("; ", findings.Take(5).Select(f => $"{f.Place}: {f.Rule}"))}. "
            + "Leave the table out with --exclude, or make the column anew with --treat table.column=fresh.", ExitCode.GateFailed);
    }
}

/// <summary>One table of a profile.</summary>
sealed class TableGuard(DataProfile profile, TableProfile table)
{
    // Weights are off by so much through rounding.
    const double Rounded = 0.97;
    const int MostLookupRows = 500;

    readonly List<AuditFinding> _findings = [];
    readonly string _path = table.Name.Name;
    readonly int _k = KOf(profile, table);

    static int KOf(DataProfile profile, TableProfile table) => table.K > 0 ? table.K : profile.Origin.K;

    static bool IsLookup(TableProfile? table) => table is { LeafRows: > 0, Rows: <= MostLookupRows };

    bool IsCatalogue => table.LeafRows > 0 || table.K > 0 || table.IsToldWhole || table.IsToldByRow;

    // What stands in rows that are told one by one.
    bool IsToldText(ColumnProfile column) => table.IsToldByRow && !column.Codes.IsOrdinal;

    int MostCodes(ColumnProfile column) => IsToldText(column) ? ToldRows.MostRows + 1 : CategoryCoder.MostCodes;
    int LeafRows => table.LeafRows > 0 ? table.LeafRows : profile.Origin.LeafRows;

    public List<AuditFinding> Check()
    {
        if (!table.IsToldWhole && !table.IsToldByRow && Rounding.Count(table.Rows) != table.Rows) Add("rows", "the count is not rounded");
        var shape = Shape();
        if (IsCatalogue) CheckCatalogue(shape);
        for (var c = 0; c < table.Columns.Count; c++) Check(table.Columns[c], shape);
        for (var s = 0; s < table.Steps.Count; s++)
        {
            Check(table.Steps[s].First, $"steps[{s}].first");
            if (table.Steps[s].Next is { } next) Check(next, $"steps[{s}].next");
        }
        for (var r = 0; r < table.References.Count; r++)
        {
            CheckShare($"references[{r}].nullShare", table.References[r].NullShare);
            if (table.References[r].Children is { } children) CheckFanOut(children, table.References[r].Principal, $"references[{r}].children");
        }
        return _findings;
    }

    void CheckCatalogue(Table shape)
    {
        if (!Things.SaysNothingOfPersons(shape)) Add("k", "the table is told as a catalogue, but it is about persons");
        if (table.LeafRows < LearnOptions.LeastCatalogueLeafRows(profile.Origin.K)) Add("leafRows", "leaves are too small");
        if (table.K < LearnOptions.LeastCatalogueK(profile.Origin.K))
            Add("k", $"what fewer than {LearnOptions.LeastCatalogueK(profile.Origin.K)} rows share is told");
        if (table.IsToldByRow && table.Rows > ToldRows.MostRows) Add("steps", $"more than {ToldRows.MostRows} rows are told one by one");
        CheckLengths();
        if (!table.IsToldWhole) return;
        if (table.Rows > ColumnLearner.MostWholeRows) Add("isToldWhole", $"more than {ColumnLearner.MostWholeRows} rows are told whole");
    }

    void CheckLengths()
    {
        if (!table.IsToldWhole && !table.IsToldByRow) return;
        foreach (var column in table.Columns)
            if (column.Codes.Codes.Any(c => c is ValueCode { Value.Length: > ColumnLearner.LongestWhole }))
                Add(column.Name, $"texts longer than {ColumnLearner.LongestWhole} are told whole");
    }

    void Add(string place, string rule) => _findings.Add(new($"{_path}.{place}", rule));

    // The table as a schema would tell it, by which columns' meanings are known.
    Table Shape() => new()
    {
        Name = table.Name,
        Columns = table.Columns.Select(c => new Column { Name = c.Name, Type = new ColumnType { Kind = c.Kind, Name = c.Kind.ToString() } })
            .ToEquatableArray(),
    };

    void CheckShare(string place, double share)
    {
        if (Math.Abs(share - Rounding.Share(share)) > 1e-9) Add(place, "the share is not rounded");
    }

    void Check(ColumnProfile column, Table shape)
    {
        var place = column.Name;
        CheckShare($"{place}.nullShare", column.NullShare);
        if (column.Reason is { } reason && reason.Split(' ').Any(w => ValueRecogniser.Recognise(w.Trim('"', ',')) is not null))
            Add(place, "the reason names a value");
        if (column.Treatment != ColumnTreatment.Told && !(table.IsToldWhole && NumberedRows.Are(column)) && column.Codes.Codes.Any(c => c is not OtherCode))
            Add(place, "values are told of a column whose values are not");
        if (column.Codes.Codes.Count > MostCodes(column)) Add(place, $"more than {MostCodes(column)} codes are told");
        if (column.Treatment == ColumnTreatment.Told && ColumnTreatments.PersonalMeaning(Meanings.Of(shape, shape[column.Name])) is { } what
            && !column.Codes.IsOrdinal && column.Kind.IsText() && !ColumnTreatments.AreMarks(column.Codes))
            Add(place, $"the column is by its name {what}");
        var told = column.Codes.Codes.Count(c => c is not OtherCode);
        if (!IsLookup(table) && !IsToldText(column) && (long)told * _k > table.Rows * 1.1) Add(place, $"more codes are told than {_k} rows each can have");
        foreach (var code in column.Codes.Codes) Check(code, place);
        foreach (var form in column.Shapes)
            if (!HasClassesOnly(form.Form)) Add(place, "a form of texts holds letters");
        if (column.Lengths.Count > 0 && column.Lengths.Count > 101) Add(place, "lengths are told too finely");
    }

    // Of runs of letters, or of tokens over one alphabet: no word.
    static bool HasClassesOnly(string form) => form.Where(char.IsLetter).Distinct().ToList() is var classes
        && (classes.TrueForAll(c => c is 'A' or 'a') || classes is [var alphabet] && TextAlphabets.Tokens.Contains(alphabet));

    void Check(Code code, string place)
    {
        if (code is not ValueCode value) return;
        if (ValueRecogniser.Recognise(value.Value) is { } what) Add(place, $"a told value is {what}");
        else if (value.Value.Length > TextSample.KeptChars) Add(place, "a told value is a long text");
    }

    void Check(ValueModel model, string place)
    {
        if (model.Differences is { } differences && (long)differences.Codes.Count * _k > table.Rows * 1.1)
            Add(place, $"more differences are told than {_k} rows each can have");
        if (model.Nulls is { } nulls) Check(nulls, $"{place}.nulls", IsLookup(table) ? 1 : _k);
        if (model.Values is { } values) Check(values, $"{place}.values", IsLookup(table) ? 1 : _k);
        if (model.Otherwise is { } otherwise) Check(otherwise, $"{place}.otherwise");
        if (model.Fallback.Any(w => w is > 1 && w < _k)) Add($"{place}.fallback", $"a weight is below {_k}");
    }

    void CheckFanOut(FanOutProfile children, TableName principal, string place)
    {
        var parent = profile.Find(principal);
        var isLookup = IsLookup(parent) || parent is { LeafRows: > 0, IsToldByRow: true };
        var k = parent is null ? profile.Origin.K : KOf(profile, parent);
        if (parent is not null && !isLookup && (long)children.Codes.Codes.Count * k > parent.Rows * 1.1)
            Add(place, $"more counts are told than {k} parents each can have");
        var leafRows = parent is { LeafRows: > 0 and var rows } ? rows : profile.Origin.LeafRows;
        Check(children.Tree, $"{place}.tree", isLookup ? 1 : k, leafRows);
        if (children.None is { } none) Check(none, $"{place}.none", isLookup ? 1 : k, leafRows);
    }

    void Check(TreeModel tree, string place, int k, int leafRows = 0)
    {
        if (leafRows == 0) leafRows = LeafRows;
        for (var n = 0; n < tree.Nodes.Count; n++)
        {
            var node = tree.Nodes[n];
            if (n == 0) continue;
            if (node.Shares.Any(s => s.Weight < k)) Add($"{place}.nodes[{n}]", $"a weight is below {k}");
            if (node.Rest is > 0 and < 5) Add($"{place}.nodes[{n}]", "what is left is told too exactly");
            if (node.Shares.Any(s => TreeTeller.Weight((long)s.Weight) != s.Weight)) Add($"{place}.nodes[{n}]", "a count is not rounded");
            // What a node leaves out is fewer than three rows.
            if (node.Shares.Sum(s => s.Weight) + node.Rest < leafRows * Rounded - 3)
                Add($"{place}.nodes[{n}]", $"fewer than {leafRows} rows stand behind it");
        }
    }
}
