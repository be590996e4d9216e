using RelSeed.Generation.Learned;
using RelSeed.Learning;
using RelSeed.Learning.Codebooks;
using RelSeed.Profiling;
using RelSeed.Schema;
using static RelSeed.Tests.Learning.LearnTables;

namespace RelSeed.Tests.Learning;

/// <summary>An attacker who holds the profile and a person's whole row asks whether the person was among those learned: the profile should give that
/// row
/// no better odds than the rows of others.</summary>
public sealed class MembershipTests
{
    const int Categories = 6;

    static readonly Table People =
        Table("people",
        [Column("id", TypeKind.Int32), .. Enumerable.Range(0, Categories).Select(c => Column($"c{c}", TypeKind.Text)),
        Column("income", TypeKind.Int32)]);

    // Each column follows from the one before, half of the time.
    static List<string?[]> Rows(int count)
    {
        var rows = new List<string?[]>();
        for (var i = 0; i < count; i++)
        {
            var row = new string?[Categories + 2];
            row[0] = $"{i}";
            var last = 0;
            for (var c = 0; c < Categories; c++)
            {
                if (LearnerTests.Below(20 + (ulong)c, i, 2) == 0) last = LearnerTests.Below(40 + (ulong)c, i, 4 + 2 * c);
                row[c + 1] = $"v{last % (4 + 2 * c)}";
            }
            row[^1] = $"{1000 * (1 + last) + LearnerTests.Below(60, i, 3000)}";
            rows.Add(row);
        }
        return rows;
    }

    [Fact]
    public async Task Rows_that_were_learned_cannot_be_told_from_others() => Assert.InRange(await AttackAsync(LearnerTests.Options), 0.4, 0.6);

    [Fact]
    public async Task Under_strict_rules_even_less() => Assert.InRange(await AttackAsync(LearnerTests.Options with { IsStrict = true }), 0.4, 0.56);

    [Fact]
    public async Task The_attack_finds_those_of_a_profile_that_keeps_no_rule() =>
        Assert.InRange(await AttackAsync(LearnerTests.Options with { K = 1, Secret = 0 }, learned: 60), 0.62, 1);

    // How often one that was learned scores above one that was not.
    static async Task<double> AttackAsync(LearnOptions options, int learned = 2_000)
    {
        var rows = Rows(2 * learned);
        var profile = await LearnerTests.LearnAsync(Database(People), new() { ["people"] = rows[..learned] }, options);
        var odds = LogOdds(profile.Tables[0], rows);
        var others = odds[learned..].Order().ToArray();
        return odds[..learned].Average(o => Below(others, o) / (double)others.Length);
    }

    static double Below(double[] sorted, double value)
    {
        var (first, last) = (sorted.Count(o => o < value), sorted.Count(o => o <= value));
        return (first + last) / 2.0;
    }

    // Of each row, as the profile would draw it.
    static double[] LogOdds(TableProfile table, List<string?[]> rows)
    {
        var codes = table.Steps.Select(s => Codes(table.Columns[s.Target].Codes, s.Target, rows)).ToArray();
        var odds = new double[rows.Count];
        for (var s = 0; s < codes.Length; s++)
        {
            if (table.Steps[s].First.Values is not { } tree) continue;
            var size = table.Columns[table.Steps[s].Target].Codes.Size;
            var programs = Enumerable.Range(0, size)
                .Select(c => new TreeProgram(tree, size, [.. Enumerable.Range(0, size).Select(i => i == c)])).ToArray();
            var features = tree.Features.Select(f => new FeatureColumn(codes[f.Step])).ToArray();
            for (var row = 0; row < odds.Length; row++)
            {
                var program = programs[codes[s][row]];
                odds[row] += Math.Log(Math.Max(1e-6, program.ShareAt(program.LeafOf(features, row))));
            }
        }
        return odds;
    }

    static ushort[] Codes(Codebook book, int column, List<string?[]> rows) => book.IsOrdinal
        ? OrdinalCoder.Encode(book, [.. rows.Select(r => double.Parse(r[column]!, System.Globalization.CultureInfo.InvariantCulture))])
        : [.. rows.Select(r => (ushort)(book.Codes.ToList().FindIndex(c => c is ValueCode v && v.Value == r[column] || c is OtherCode) + 1))];
}
