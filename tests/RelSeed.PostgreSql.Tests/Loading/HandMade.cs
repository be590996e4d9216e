using System.Text;
using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Tests.Loading;

/// <summary>Plans whose values are written down by the test, so that loading is tested apart from planning.</summary>
sealed class HandMade(PostgreSqlTarget target, DatabaseSchema schema)
{
    readonly List<(Table Table, int Rows, Dictionary<string, Func<long, object?>> Columns)> _tables = [];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public DatabaseSchema Schema => schema;

    public PostgreSqlTarget Target => target;

    public static async Task<HandMade> ReadAsync(PostgreSqlTarget target) => new(target, await target.ReadSchemaAsync(new(), Cancellation));

    /// <summary>Adds a table in load order. Columns that are not named are left out; values are longs, doubles, UInt128s, strings, byte
    /// arrays, or arrays of these for lists and structs.</summary>
    public HandMade Add(string table, int rows, params (string Column, Func<long, object?> Value)[] columns)
    {
        var name = table.Split('.') is [var inSchema, var bare] ? new TableName(inSchema, bare) : new TableName("public", table);
        _tables.Add((schema.Find(name)!, rows, columns.ToDictionary(c => c.Column, c => c.Value)));
        return this;
    }

    public SeedPlan Plan() => new()
    {
        Schema = schema,
        Seed = 1,
        AsOf = DateTimeOffset.UnixEpoch,
        Locale = "en",
        Tables = [.. _tables.Select(t => new TablePlan
        {
            Table = t.Table,
            RequestedRows = t.Rows,
            Rows = t.Rows,
            RowsReason = "written down",
            Columns = [.. t.Table.Columns.Select(c => new ColumnPlan
            {
                Column = c,
                Generator = t.Columns.ContainsKey(c.Name) ? new AllNullSpec() : new OmittedSpec("not named"),
                Reason = "written down",
            })],
        })],
    };

    public SeedGenerator Compile(SeedPlan plan)
    {
        var rows = SeedGenerator.Compile(plan);
        foreach (var (table, _, columns) in _tables)
            foreach (var column in rows[table.Name].Columns)
            {
                column.Values = new Written(columns.GetValueOrDefault(column.Name) ?? (_ => null));
                column.Nulls = null;
            }
        return rows;
    }

    public Task<LoadReport> LoadAsync(LoadOptions? options = null, IProgress<LoadProgress>? progress = null, CancellationToken? cancellation = null)
    {
        var plan = Plan();
        return target.LoadAsync(plan, Compile(plan), options ?? new LoadOptions(), progress, cancellation ?? Cancellation);
    }

    public Task<VerificationReport> VerifyAsync() =>
        target.VerifyAsync(schema, _tables.ToDictionary(t => t.Table.Name, t => (long)t.Rows), Cancellation);

    sealed class Written(Func<long, object?> value) : ColumnGenerator
    {
        public override void Fill(RowFrame frame, ColumnVector target) => Put(target, [.. frame.Rows.ToArray().Select(value)]);
    }

    /// <summary>Fills a vector that has been reset to as many rows.</summary>
    static void Put(ColumnVector target, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
            if (values[i] is null) target.WriteNulls()[i] = true;
        switch (target)
        {
            case Int64Vector v:
                for (var i = 0; i < values.Length; i++) v.Values[i] = values[i] is null ? 0 : Convert.ToInt64(values[i]);
                break;
            case Float64Vector v:
                for (var i = 0; i < values.Length; i++) v.Values[i] = values[i] is null ? 0 : Convert.ToDouble(values[i]);
                break;
            case UuidVector v:
                for (var i = 0; i < values.Length; i++) v.Values[i] = values[i] is UInt128 id ? id : 0;
                break;
            case BytesVector v:
                foreach (var value in values) v.Append(value is byte[] bytes ? bytes : Encoding.UTF8.GetBytes((string?)value ?? ""));
                break;
            case ListVector v:
                PutItems(v, values);
                break;
            case StructVector v:
                for (var f = 0; f < v.Fields.Length; f++) Put(v.Fields[f], [.. values.Select(x => ((object?[]?)x)?[f])]);
                break;
        }
    }

    static void PutItems(ListVector target, object?[] values)
    {
        object?[] items = [.. values.SelectMany(x => (object?[]?)x ?? [])];
        target.Items.Reset(items.Length);
        Put(target.Items, items);
        var end = 0;
        foreach (var value in values) target.EndRow(end += ((object?[]?)value)?.Length ?? 0);
    }
}

/// <summary>Reports at once, on the loading thread.</summary>
sealed class Immediate(Action<LoadProgress> report) : IProgress<LoadProgress>
{
    public void Report(LoadProgress value) => report(value);
}
