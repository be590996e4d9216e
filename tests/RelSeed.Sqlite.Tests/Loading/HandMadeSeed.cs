using System.Text;
using RelSeed.Generation;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Sqlite.Tests.Loading;

/// <summary>A plan whose columns are filled by functions of the row, so that the loader is tested alone.</summary>
sealed class HandMadeSeed
{
    readonly DatabaseSchema _schema;
    readonly Dictionary<(string Table, string Column), ColumnGenerator> _columns = [];
    readonly Dictionary<string, long> _rows = [];

    public HandMadeSeed(DatabaseSchema schema) => _schema = schema;

    public HandMadeSeed Rows(string table, long rows)
    {
        _rows[table] = rows;
        return this;
    }

    public HandMadeSeed Numbers(string table, string column, Func<long, long?> value) => Fill(table, column, new Each<Int64Vector>(
        (vector, i, row) => vector.Values[i] = value(row) ?? 0, row => value(row) is null));

    public HandMadeSeed Reals(string table, string column, Func<long, double> value) => Fill(table, column, new Each<Float64Vector>(
        (vector, i, row) => vector.Values[i] = value(row), _ => false));

    public HandMadeSeed Texts(string table, string column, Func<long, string?> value) => Fill(table, column, new Each<BytesVector>(
        (vector, _, row) => vector.Append(Encoding.UTF8.GetBytes(value(row) ?? "")), row => value(row) is null));

    public HandMadeSeed Uuids(string table, string column, Func<long, UInt128> value) => Fill(table, column, new Each<UuidVector>(
        (vector, i, row) => vector.Values[i] = value(row), _ => false));

    public (SeedPlan Plan, SeedGenerator Rows) Build()
    {
        var plan = new SeedPlan
        {
            Schema = _schema,
            Seed = 1,
            AsOf = DateTimeOffset.UnixEpoch,
            Locale = "en",
            Tables = _schema.Tables.Where(t => _rows.ContainsKey(t.Name.Name)).Select(PlanOf).ToEquatableArray()
        };
        var rows = SeedGenerator.Compile(plan);
        foreach (var ((table, column), generator) in _columns)
            rows[new(_schema.DefaultSchema, table)].Columns.Single(c => c.Name == column).Values = generator;
        foreach (var table in plan.Tables)
            foreach (var column in rows[table.Table.Name].Columns) column.Values ??= new Nulls();
        return (plan, rows);
    }

    HandMadeSeed Fill(string table, string column, ColumnGenerator generator)
    {
        _columns[(table, column)] = generator;
        return this;
    }

    TablePlan PlanOf(Table table) => new()
    {
        Table = table,
        RequestedRows = _rows[table.Name.Name],
        Rows = _rows[table.Name.Name],
        RowsReason = "as the test says",
        Columns = table.Columns.Select(c => new ColumnPlan { Column = c, Generator = SpecOf(table, c), Reason = "as the test says" })
            .ToEquatableArray(),
    };

    GeneratorSpec SpecOf(Table table, Column column) =>
        _columns.ContainsKey((table.Name.Name, column.Name)) ? new AllNullSpec() : new OmittedSpec("the test fills it not");

    sealed class Each<TVector>(Action<TVector, int, long> fill, Func<long, bool> isNull) : ColumnGenerator where TVector : ColumnVector
    {
        public override void Fill(RowFrame frame, ColumnVector target)
        {
            for (var i = 0; i < frame.Count; i++)
            {
                fill((TVector)target, i, frame.Rows[i]);
                if (isNull(frame.Rows[i])) target.WriteNulls()[i] = true;
            }
        }
    }

    sealed class Nulls : ColumnGenerator
    {
        public override void Fill(RowFrame frame, ColumnVector target) => target.SetAllNull();
    }
}
