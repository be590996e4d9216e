using RelSeed.Configuration;
using RelSeed.Expressions;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Masking;

/// <summary>Makes values for a column as a plan of a table with nothing else would.</summary>
static class FreshValues
{
    const int BatchRows = 4_096;

    /// <param name="count">How many are wanted; a unique column may have room for fewer.</param>
    /// <param name="seed">Secret: who knows it can tell which values were made, though not of which.</param>
    public static IEnumerable<IReadOnlyList<string>> Make(DatabaseSchema schema, MaskGroup group, long count, ulong seed, string locale)
    {
        var place = group.Narrowest;
        var column = place.Table.Columns[place.Column] with { IsNullable = false, Default = null };
        var table = place.Table with
        {
            Columns = [column],
            PrimaryKey = null,
            UniqueKeys = [.. KeyParts(place).Select(p => new UniqueKey { Name = "masked", Parts = [p] }).Distinct()],
            ForeignKeys = [],
            Exclusions = [],
            Triggers = [],
            Checks =
                [.. place.Table.Checks.Where(c => KeyExpressions.ColumnsOf(place.Table, c.Expression, schema.Dialect()).All(n => n == place.Column))],
            Partitioning = null,
        };
        var rules = new SeedRulesBuilder();
        if (group.Meaning is { } meaning) rules.Table(table.Name.ToString()).Column(column.Name).As(meaning);
        var options = new PlanOptions
        {
            Seed = seed,
            Locale = locale,
            Rules = rules.Build(),
            RowsByTable = new Dictionary<string,
            long>
            { [table.Name.ToString()] = count }
        };
        var generator = SeedGenerator.Compile(FittedPlan.Make(schema with { Tables = [table] }, options))[table.Name];
        return Read(generator);
    }

    /// <summary>Parts of keys by which the column's values must differ.</summary>
    public static IEnumerable<KeyPart> KeyParts(ColumnPlace place) => place.Table.AllKeys.SelectMany(k => k.Parts)
        .Where(p => p.Column == place.Name || p.Expression?.Contains(place.Name, StringComparison.OrdinalIgnoreCase) == true);

    static IEnumerable<IReadOnlyList<string>> Read(TableGenerator generator)
    {
        var batch = new RowBatch(generator);
        if (batch.Columns.Count == 0) yield break;
        var formatter = ValueFormatter.For(batch.Columns[0].Type);
        for (long first = 0; first < generator.RowCount; first += BatchRows)
        {
            batch.Fill(first, (int)Math.Min(BatchRows, generator.RowCount - first));
            yield return [.. Enumerable.Range(0, batch.RowCount).Select(r => formatter.Format(batch.Columns[0].Values, r)).OfType<string>()];
        }
    }
}
