using System.Globalization;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using RelSeed.Generation;
using RelSeed.Learning;
using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Benchmarks;

/// <summary>Rows of a table of 15 columns drawn as learned: six names, six whole numbers, two amounts and a date, each of which follows from the two
/// before it.
/// One operation is a row.</summary>
[MemoryDiagnoser]
public class LearnedRowBenchmarks
{
    const int BatchRows = 8_192;
    const long Rows = 1_000_000;

    static readonly Column[] Columns =
    [
        Column("id", TypeKind.Int32),
        .. Enumerable.Range(1, 6).Select(i => Column($"name_{i}", TypeKind.Text)),
        .. Enumerable.Range(1, 6).Select(i => Column($"number_{i}", TypeKind.Int32)),
        Column("price", TypeKind.Decimal),
        Column("fee", TypeKind.Decimal),
        Column("day", TypeKind.Date),
    ];

    static readonly Table Source = new()
    {
        Name = new("main", "visit"),
        Columns = Columns.ToEquatableArray(),
        PrimaryKey = new UniqueKey { Name = "pk_visit", Parts = [new KeyPart("id")], IsPrimary = true, IsConstraint = true },
    };

    RowBatch _batch = null!;
    long _next;

    // Set up by waiting: a job in this process does not await.
    [GlobalSetup]
    public void Prepare() => PrepareAsync().GetAwaiter().GetResult();

    async Task PrepareAsync()
    {
        var schema = new DatabaseSchema { Provider = "sqlite", DefaultSchema = "main", Tables = [Source] };
        await using var source = new MadeRows(100_000);
        var profile =
            await Learner.LearnAsync(source, schema, new LearnOptions { Now = DateTimeOffset.UnixEpoch }, progress: null, CancellationToken.None);
        var plan = Planner.Plan(schema, new PlanOptions { Profile = profile, RowsPerTable = Rows });
        _batch = new RowBatch(SeedGenerator.Compile(plan)[Source.Name]);
        Make();
    }

    [Benchmark(OperationsPerInvoke = BatchRows)]
    public void Make()
    {
        _batch.Fill(_next, BatchRows);
        _next = (_next + BatchRows) % (Rows - BatchRows);
    }

    static Column Column(string name, TypeKind kind) => new()
    {
        Name = name,
        Type = new ColumnType
        {
            Kind = kind,
            Name = kind.ToString(),
            Precision = kind == TypeKind.Decimal ? 10 : null,
            Scale = kind == TypeKind.Decimal ? 2 : null
        },
        IsNullable = false,
    };

    sealed class MadeRows(int rows) : RowReader
    {
        public override Task<long> CountAsync(Table table, CancellationToken cancellationToken) => Task.FromResult((long)rows);

        public override async IAsyncEnumerable<RowSlice> ReadAsync(Table table, IReadOnlyList<int> columns,
            [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            var vectors = columns.Select(c => ColumnVector.Create(table.Columns[c].Type)).ToArray();
            for (var first = 0; first < rows; first += BatchRows)
            {
                var count = Math.Min(BatchRows, rows - first);
                foreach (var vector in vectors) vector.Reset(count);
                for (var row = 0; row < count; row++)
                {
                    var values = Row(first + row);
                    for (var i = 0; i < vectors.Length; i++) vectors[i].CopyRow(row, ValueLists.Parse([values[columns[i]]], table.Columns[columns[i]].Type), 0);
                }
                yield return new RowSlice(count, vectors);
            }
        }

        // Each column moves on from the two before it by a chance of its own.
        static string[] Row(int row)
        {
            var values = new string[Columns.Length];
            values[0] = row.ToString(CultureInfo.InvariantCulture);
            double before = 0, last = 0;
            for (var c = 1; c < values.Length; c++)
            {
                var at =
                    Math.Clamp((0.6 * last + 0.2 * before + 0.2 * CounterRandom.Below(CounterRandom.At((ulong)c, row), 1000) / 1000.0) * 1.2, 0,
                    0.999);
                values[c] = Text(c, at);
                (before, last) = (last, c % 4 == 0 ? CounterRandom.Below(CounterRandom.At((ulong)(c + 50), row), 1000) / 1000.0 : at);
            }
            return values;
        }

        static string Text(int column, double at) => Columns[column].Type.Kind switch
        {
            TypeKind.Text => $"kind {(int)(at * (4 << column % 4))}",
            TypeKind.Int32 => ((int)(at * at * 5000)).ToString(CultureInfo.InvariantCulture),
            TypeKind.Decimal => ((int)(at * 90_000) / 100m).ToString("F2", CultureInfo.InvariantCulture),
            _ => new DateOnly(2024, 1, 1).AddDays((int)(at * 700)).ToString("O", CultureInfo.InvariantCulture),
        };

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
