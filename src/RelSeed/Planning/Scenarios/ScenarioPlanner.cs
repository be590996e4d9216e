using System.Globalization;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Finds the learned steps that a scenario speaks of, and says how their codes are to be weighed.</summary>
sealed class ScenarioPlanner
{
    const double LeastFactor = 0.001, MostFactor = 1_000;

    // Shares that people write with few digits sum up to 1 as near as this.
    const double MostOver = 1e-9;

    readonly DatabaseSchema _schema;
    readonly List<TablePlan> _tables;
    readonly List<string> _faults = [];

    ScenarioPlanner(SeedPlan plan) => (_schema, _tables) = (plan.Schema, [.. plan.Tables]);

    /// <exception cref="UsageException">RS1220: what cannot be done, all of it.</exception>
    public static SeedPlan Apply(SeedPlan plan, Scenario scenario)
    {
        if (scenario == Scenario.None) return plan;
        var planner = new ScenarioPlanner(plan);
        foreach (var wishes in scenario.Shares.GroupBy(s => s.Column, StringComparer.OrdinalIgnoreCase)) planner.SetShares(wishes.Key, [.. wishes]);
        foreach (var tilt in scenario.Tilts) planner.SetTilt(tilt);
        foreach (var column in scenario.Weights) planner.SetWeight(column);
        if (planner._faults.Count > 0)
            throw new UsageException("RS1220", string.Join(Environment.NewLine, planner._faults.Distinct(StringComparer.Ordinal)));
        return plan with { Tables = planner._tables.ToEquatableArray() };
    }

    void SetShares(string name, List<ShareWish> wishes)
    {
        if (FindStep("--set-share", name) is not { } found) return;
        var sum = wishes.Sum(w => w.Share);
        if (wishes.Exists(w => !(w.Share is >= 0 and <= 1)) || sum > 1 + MostOver)
        {
            Fail($"--set-share {name}: shares are numbers from 0 to 1 and sum up to 1 at most.");
            return;
        }
        List<WeightGroup> groups = [];
        var left = Enumerable.Repeat(1.0, found.Book.Size).ToArray();
        left[0] = found.MayBeNull ? 1 : 0;
        foreach (var wish in wishes)
        {
            if (CodeOf(found, wish.Value) is not (>= 0 and var code))
            {
                Fail(wish.Value is null ? $"--set-share {name}: the column is never NULL, as learned or by its constraints."
                    : $"--set-share {name}: the profile does not tell {wish.Value} by itself. A value must be among the codes of the column in the profile, and the database must take it.");
                return;
            }
            groups.Add(new(wish.Share, [.. Enumerable.Range(0, left.Length).Select(c => c == code ? 1.0 : 0)]));
            left[code] = 0;
        }
        if (sum < 1 - MostOver && left.Any(f => f > 0)) groups.Add(new(1 - sum, [.. left]));
        else if (sum < 1 - MostOver)
        {
            Fail($"--set-share {name}: the profile tells no other value for the rest of the rows. Let the shares sum up to 1.");
            return;
        }
        Add(found, new(found.Step, groups.ToEquatableArray()),
            string.Join(", ", wishes.Select(w => $"{w.Value ?? "NULL"} in {w.Share.ToString("0.####", CultureInfo.InvariantCulture)} of the rows")));
    }

    void SetTilt(TiltWish tilt)
    {
        if (FindStep("--tilt", tilt.Column) is not { } found) return;
        if (!(tilt.Factor is >= LeastFactor and <= MostFactor))
            Fail($"--tilt {tilt.Column}: the factor is a number from {LeastFactor.ToString(CultureInfo.InvariantCulture)} to {MostFactor}.");
        else if (!found.Book.IsOrdinal || found.Book.Codes.Count < 2)
            Fail($"--tilt {tilt.Column}: only numbers and dates of which several are learned can be tilted.");
        else Add(found, new(found.Step, [new(1, Tilted(found.Book, tilt.Factor).ToEquatableArray())]),
            $"greatest values {tilt.Factor.ToString("0.###", CultureInfo.InvariantCulture)} times as frequent beside the least");
    }

    // From 1 to the factor along the axis, by equal ratios for equal distances.
    static double[] Tilted(Codebook book, double factor)
    {
        var middles = book.Codes.Select(c => c is RangeCode r ? (r.Low + r.High) / 2 : ((NumberCode)c).Value).ToList();
        var (least, most) = (middles[0], middles[^1]);
        var log = Numerics.StableMath.Ln(factor);
        return [1, .. middles.Select(m => Numerics.StableMath.Exp(log * (m - least) / (most - least)))];
    }

    void SetWeight(string name)
    {
        if (Find("--weight", name) is not { } found) return;
        var (table, column) = (_tables[found.Table], _tables[found.Table].Columns[found.Column]);
        if (table.Profiled is not { Reweighted.Count: > 0 })
            Fail($"--weight {name}: no --set-share or --tilt changes rows of {_schema.ShortName(table.Table.Name)}.");
        else if (column.Column.Type.Kind is not (TypeKind.Float32 or TypeKind.Float64 or TypeKind.Decimal)
            || column.Column.Generated != GeneratedKind.None
            || table.Table.AllKeys.Any(k => k.ColumnNames.Contains(column.Column.Name))
            || table.Table.ForeignKeys.Any(k => k.Columns.Contains(column.Column.Name)))
            Fail($"--weight {name}: weights take a column of real or decimal numbers that belongs to no key and is not computed.");
        else
        {
            var columns = table.Columns.ToList();
            columns[found.Column] = column with { Generator = new WeightSpec(), Nulls = NullSpec.Never, Reason = "asked for by --weight" };
            _tables[found.Table] = table with { Columns = columns.ToEquatableArray() };
        }
    }

    void Add(FoundStep found, ReweightedStep step, string reason)
    {
        var table = _tables[found.Table];
        var columns = table.Columns.ToList();
        columns[found.Column] = columns[found.Column] with { Reason = $"{columns[found.Column].Reason}; asked for: {reason}" };
        _tables[found.Table] = table with
        {
            Columns = columns.ToEquatableArray(),
            Profiled = table.Profiled! with { Reweighted = [.. table.Profiled.Reweighted.Append(step).OrderBy(s => s.Step)] },
        };
    }

    FoundStep? FindStep(string option, string name)
    {
        if (Find(option, name) is not { } found) return null;
        var plan = _tables[found.Table].Columns[found.Column];
        var step = plan.Generator is LearnedSpec learned ? learned.Step : plan.Nulls is LearnedNulls nulls ? nulls.Step : -1;
        if (step < 0)
            Fail(plan.IsRuled ? $"{option} {name}: a rule decides this column. Take it out of the rules, or set the share there."
                : $"{option} {name}: this column is not drawn by a profile. Learn one with 'relseed learn' and name it with --profile; 'relseed plan --explain {name}' says what decides the column.");
        else if (_tables[found.Table].Profiled!.Reweighted.Any(r => r.Step == step)) Fail($"{option} {name}: the column's shares are set twice.");
        else
        {
            var profiled = _tables[found.Table].Profiled!;
            var column = profiled.Profile.Columns[profiled.Profile.Steps[step].Target];
            return new(found.Table, found.Column, step, column.Codes, profiled.Steps[step], plan.Column.Type,
                profiled.Steps[step].MayBeNull && profiled.Profile.Steps[step].First.Nulls is not null);
        }
        return null;
    }

    (int Table, int Column)? Find(string option, string name)
    {
        var dot = name.LastIndexOf('.');
        if (dot < 0)
        {
            Fail($"{option} takes table.column, not '{name}'. 'relseed inspect' lists the columns.");
            return null;
        }
        var table = TableSelection.Find(_schema, [.. _tables.Select(t => t.Table)], name[..dot], option);
        var place = _tables.FindIndex(t => t.Table.Name == table.Name);
        var column = table.Columns.ToList().FindIndex(c => c.Name.Equals(name[(dot + 1)..], StringComparison.OrdinalIgnoreCase));
        if (column >= 0) return (place, column);
        Fail($"{option}: the table {table.Name} has no column '{name[(dot + 1)..]}'; it has {string.Join(", ", table.Columns.Select(c => c.Name))}.");
        return null;
    }

    // -1 when the value is none that can be drawn.
    static int CodeOf(FoundStep found, string? value)
    {
        if (value is null) return found.MayBeNull ? 0 : -1;
        var number = Axis.Has(found.Type.Kind) ? Number(value, found.Type) : null;
        for (var code = 1; code < found.Book.Size; code++)
            if ((found.Planned.Allowed.IsEmpty || found.Planned.Allowed[code]) && (found.Book.Codes[code - 1] switch
            {
                NumberCode told => number is { } n && told.Value == n,
                ValueCode told => Canonical(told.Value, found.Type) == Canonical(value, found.Type),
                _ => false,
            })) return code;
        return -1;
    }

    static string Canonical(string text, ColumnType type) =>
        type.Kind == TypeKind.Boolean && CanonicalText.ParseInt64(text, type) is { } truth ? CanonicalText.Format(truth, type) : text;

    // On the axis; true and false where numbers stand for them.
    static double? Number(string text, ColumnType type) => text.ToUpperInvariant() switch
    {
        "TRUE" => 1,
        "FALSE" => 0,
        _ when type.Lane == Lane.Float64 => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null,
        _ => CanonicalText.ParseInt64(text, type) * Axis.ScaleOf(type),
    };

    void Fail(string fault) => _faults.Add(fault);

    /// <param name="Table">Position in the plan.</param>
    sealed record FoundStep(int Table, int Column, int Step, Codebook Book, ProfiledStep Planned, ColumnType Type, bool MayBeNull);
}
