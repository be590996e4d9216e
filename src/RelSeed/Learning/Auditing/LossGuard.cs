using RelSeed.Learning.DifferentialPrivacy;
using RelSeed.Learning.Treatments;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Learning.Auditing;

/// <summary>What the file of a differentially private profile shows: the ledger adds up, and nothing is told that has no entry in it.</summary>
static class LossGuard
{
    const double Rounded = 1 + 1e-9;

    public static IReadOnlyList<AuditFinding> Check(DataProfile profile, PrivacyLoss loss)
    {
        List<AuditFinding> findings = [];
        if (loss.Epsilon is not (> 0 and <= LearnOptions.MostEpsilon))
            findings.Add(new("origin.loss.epsilon", $"epsilon is not between 0 and {LearnOptions.MostEpsilon}"));
        if (loss.Delta > PrivacyBudget.Delta) findings.Add(new("origin.loss.delta", $"delta is above {PrivacyBudget.Delta}"));
        foreach (var family in loss.Ledger.GroupBy(c => c.Family))
            if (PrivacyBudget.EpsilonOf(family.Sum(c => c.Rho)) > loss.Epsilon * Rounded)
                findings.Add(new("origin.loss.ledger", $"the measurements of {family.Key.Name} cost more than epsilon"));
        var charged = loss.Ledger.Select(c => (c.Table, c.What)).ToHashSet();
        foreach (var table in profile.Tables) findings.AddRange(Check(table, charged).Concat(Orders(profile, table, charged)));
        return findings;
    }

    static IEnumerable<AuditFinding> Orders(DataProfile profile, TableProfile table, HashSet<(TableName, string)> charged)
    {
        foreach (var step in table.Steps)
            foreach (var bound in step.Bounds)
                if (!charged.Contains((table.Name, OrderMeasurer.Entry(table.Columns[step.Target].Name, NameOf(bound.Feature)))))
                    yield return new($"{table.Name.Name}.{table.Columns[step.Target].Name}", "an order has no entry in the ledger");

        string NameOf(Feature feature)
        {
            var of = feature.Kind == FeatureKind.Parent ? profile.Find(table.References[feature.Reference].Principal)! : table;
            var name = of.Columns[of.Steps[feature.Step].Target].Name;
            return feature.Kind == FeatureKind.Parent ? $"{of.Name.Name}.{name}" : name;
        }
    }

    static IEnumerable<AuditFinding> Check(TableProfile table, HashSet<(TableName, string)> charged)
    {
        var path = table.Name.Name;
        if (!charged.Contains((table.Name, "rows"))) yield return new($"{path}.rows", "the count has no entry in the ledger");
        if (!table.Rules.IsEmpty) yield return new($"{path}.rules", "rules are told without noise");
        if (table.Steps.Any(s => !s.Agreements.IsEmpty || s.Next is not null || s.First.Map is not null || s.First.Base != BaseKind.None))
            yield return new($"{path}.steps", "a model is told that has no noise");
        if (table.IsToldByRow) yield return new($"{path}.steps", "rows are told without noise");
        if (table.References.Any(r => !r.Within.IsEmpty || !r.Bounds.IsEmpty))
            yield return new($"{path}.references", "which parents are taken is told without noise");
        foreach (var reference in table.References)
            if (reference.Children is not null && !charged.Contains((table.Name, $"rows by {string.Join(", ", reference.Columns)}")))
                yield return new($"{path}.references", "numbers of children have no entry in the ledger");
        var shape =
            new Table
            {
                Name = table.Name,
                Columns = table.Columns.Select(c => new Column { Name = c.Name, Type = new ColumnType { Kind = c.Kind, Name = c.Kind.ToString() } })
            .ToEquatableArray()
            };
        foreach (var column in table.Columns)
            foreach (var rule in Check(table.Name, column, ColumnTreatments.PersonalMeaning(Meanings.Of(shape, shape[column.Name])), charged))
                yield return new($"{path}.{column.Name}", rule);
    }

    static IEnumerable<string> Check(TableName table, ColumnProfile column, string? personal, HashSet<(TableName, string)> charged)
    {
        if (!column.Shapes.IsEmpty || !column.Lengths.IsEmpty || column.Latest is not null || !column.Codes.Weekdays.IsEmpty
            || !column.Codes.Hours.IsEmpty)
            yield return "forms, lengths or ends are told without noise";
        if (column.Codes.Codes.All(c => c is OtherCode)) yield break;
        if (!charged.Contains((table, $"{(column.Codes.IsOrdinal ? "values" : "names")} of {column.Name}")))
            yield return "its values have no entry in the ledger";
        if (personal is not null && !column.Codes.IsOrdinal && column.Kind.IsText() && !ColumnTreatments.AreMarks(column.Codes)) yield return $"the column is by its name {personal}";
    }
}
