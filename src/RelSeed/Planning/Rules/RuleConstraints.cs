using RelSeed.Configuration;
using RelSeed.Expressions;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>Holds the rules of a table against its types and constraints; what contradicts one is a fault that names both.</summary>
sealed class RuleConstraints(DatabaseSchema schema, Table table, DateTimeOffset asOf, List<PlanException> faults)
{
    readonly ConstraintFacts _facts = ConstraintFacts.Of(schema, table, asOf);

    public PlanException Fault(string id, string text) => PlanFaults.Of(table.Name, new PlanException(id, text));

    string NameOf(int column) => $"{table.Name}.{table.Columns[column].Name}";

    /// <summary>What keys or the server decide takes no rule of values.</summary>
    public void CheckPlace(int column, ColumnRules rules)
    {
        if (rules.Values is null && rules.Cases.IsEmpty) return;
        var target = table.Columns[column];
        if (target.IsComputed)
            faults.Add(Fault("RS2406",
                $"{NameOf(column)} has a rule, and the database computes it itself. Leave the rule out, or rule the columns it is computed of."));
        else if (table.ForeignKeys.FirstOrDefault(k => k.Columns.Contains(target.Name)) is { } key)
            faults.Add(Fault("RS2406",
                $"{NameOf(column)} has a rule for its values, and {key.Name} makes it refer to {key.Principal}. Rule how many rows a parent has, the share without a parent, or the parent's own column."));
    }

    public void CheckNulls(int column, double share, bool isCase)
    {
        if (share <= 0) return;
        var why = !table.Columns[column].IsNullable ? "it is NOT NULL"
            : table.PrimaryKey?.ColumnNames.Contains(table.Columns[column].Name) == true ? $"it is in the primary key {table.PrimaryKey.Name}"
            : _facts.NotNull.Contains(column) ? $"the check {NotNullCheck(column)} forbids NULL" : null;
        if (why is not null)
            faults.Add(Fault("RS2404",
                $"{NameOf(column)} has a rule that makes {share:P0} of {(isCase ? "some" : "its")} rows NULL, and {why}. Change the rule or the constraint."));
    }

    string NotNullCheck(int column) => _facts.AloneOn(column).Select(c => c.Name).FirstOrDefault() ?? "of the table";

    /// <summary>The column takes the value.</summary>
    public bool Takes(int column, string value) => WrongType(column, value) is null && WhyNot(column, value) is null;

    /// <summary>Why none of the values is taken: the first reason.</summary>
    public string Refusal(int column, IReadOnlyList<string> values) =>
        values.Count == 0 ? "it makes none" : values.Select(v => WrongType(column, v) ?? WhyNot(column, v)).OfType<string>().FirstOrDefault() ?? "";

    public void CheckValue(int column, string value, ValueRule rule)
    {
        if (WrongType(column, value) is { } wrong)
            faults.Add(Fault("RS2405",
                $"The rule for {NameOf(column)}, {rule.Describe()}, names a value that it cannot hold: {wrong}. Give values of the column's type."));
        else if (WhyNot(column, value) is { } why)
            faults.Add(Fault("RS2404",
                $"The rule for {NameOf(column)}, {rule.Describe()}, names a value that {why}. Change the rule or the constraint."));
    }

    /// <returns>False when the bounds are wrong.</returns>
    public bool CheckBetween(int column, BetweenRule rule)
    {
        var before = faults.Count;
        var type = table.Columns[column].Type;
        if (type.Kind is TypeKind.Boolean or TypeKind.Enum or TypeKind.Uuid or TypeKind.Bytes or TypeKind.Json
            || type.Lane is Lane.List or Lane.Struct
            || RuleInterval.Of(rule, type) is not { } interval)
            faults.Add(Fault("RS2405",
                $"The rule for {NameOf(column)}, values between two, does not suit its type {type.Name}: both must be numbers, dates or times of it, the least first. Mend the rule."));
        else
        {
            _ = interval;
            CheckValue(column, rule.Min, rule);
            if (faults.Count == before) CheckValue(column, rule.Max, rule);
        }
        return faults.Count == before;
    }

    /// <returns>False when values of the meaning have another type.</returns>
    public bool CheckMeaning(int column, MeaningRule rule)
    {
        var type = table.Columns[column].Type;
        var meaning = new ColumnMeaning(rule.Meaning, "", 1, "a rule");
        var isOfTime = TimeCatalog.Find(rule.Meaning) is not null;
        var suits = type.Kind.IsText() || (type.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz ? isOfTime
            : !type.Kind.IsNumeric() || isOfTime || NumberCatalog.Find(rule.Meaning) is not null
            || TextCatalog.Of(meaning, Locales.Default).Count == 0);
        if (!suits)
            faults.Add(Fault("RS2405",
                $"The rule for {NameOf(column)} says {rule.Meaning}, which are no values of its type {type.Name}. Choose another meaning, or rule the values."));
        return suits;
    }

    // Null when the value is one of the type.
    string? WrongType(int column, string value)
    {
        var type = table.Columns[column].Type;
        var fits = type.Lane switch
        {
            Lane.Int64 => CanonicalText.ParseInt64(value, type) is { } number && IsWithin(number, value, type),
            Lane.Float64 => CanonicalText.ParseFloat64(value) is not null,
            Lane.Uuid => CanonicalText.ParseUuid(value) is not null,
            Lane.Bytes => type.Kind != TypeKind.Other,
            _ => false,
        };
        if (!fits) return $"it is no {type.Name}";
        return type.Kind.IsText() && value.EnumerateRunes().Count() > type.Length ? $"it is longer than {type.Length} characters"
            : type.Kind == TypeKind.Bytes && !Convert.FromHexString(value, stackalloc byte[value.Length / 2 + 1], out _, out _)
            .Equals(System.Buffers.OperationStatus.Done) ? "it is not written in hexadecimal digits" : null;
    }

    static bool IsWithin(long number, string value, ColumnType type) => type.Kind switch
    {
        TypeKind.Int16 => number is >= short.MinValue and <= short.MaxValue && IsWhole(value),
        TypeKind.Int32 => number is >= int.MinValue and <= int.MaxValue && IsWhole(value),
        TypeKind.Int64 => IsWhole(value),
        TypeKind.Decimal => type.Precision is not (> 0 and <= 18) || Math.Abs((decimal)number) < Numerics.StableMath.PowerOfTen(type.Precision.Value),
        _ => true,
    };

    static bool IsWhole(string value) =>
        decimal.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && decimal.Truncate(number) == number;

    // Null when no constraint on the column alone refuses the value.
    string? WhyNot(int column, string value)
    {
        var target = table.Columns[column];
        if (_facts.AlwaysNull.Contains(column)) return "its checks do not allow: they let it be NULL only";
        var context = new EvaluationContext(schema.Dialect(), asOf, n => table.IndexOf(n) is var c and >= 0 ? table.Columns[c] : target);
        foreach (var check in _facts.AloneOn(column))
        {
            var predicate = CompiledPredicate.Check(check.Expression!, context, _ => 0);
            if (predicate.Test(new OneValue(RuleValue.ToSql(value, target, schema.Dialect()))) == Verdict.Fails)
                return $"the check {check.Name} ({check.Text}) does not allow";
        }
        if (RuleAnnotations.Refusal(target, value) is { } annotated) return annotated;
        if (table.Partitioning is not null && !_facts.Domains[column].Allowed.IsEmpty && !_facts.Domains[column].Allowed.Contains(value))
            return "no partition of the table takes";
        return null;
    }

    readonly struct OneValue(SqlValue value) : IRow
    {
        public SqlValue this[int column] => value;
    }
}
