using System.Runtime.CompilerServices;
using RelSeed.Generation;
using RelSeed.Schema;

namespace RelSeed.Tests.Learning;

/// <summary>Rows given as canonical texts, null for NULL.</summary>
sealed class MemoryRows(Dictionary<string, List<string?[]>> rows) : RowReader
{
    public override Task<long> CountAsync(Table table, CancellationToken cancellationToken) => Task.FromResult((long)rows[table.Name.Name].Count);

    public override async IAsyncEnumerable<RowSlice> ReadAsync(Table table, IReadOnlyList<int> columns,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var batch in rows[table.Name.Name].Chunk(BatchRows))
        {
            var vectors = columns.Select(c => ColumnVector.Create(table.Columns[c].Type)).ToArray();
            for (var i = 0; i < vectors.Length; i++)
            {
                vectors[i].Reset(batch.Length);
                for (var row = 0; row < batch.Length; row++)
                {
                    if (batch[row][columns[i]] is not { } text) vectors[i].CopyNullRow(row);
                    else vectors[i].CopyRow(row, ValueLists.Parse([text], table.Columns[columns[i]].Type), 0);
                }
            }
            yield return new RowSlice(batch.Length, vectors);
        }
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Tables to learn of, in few words.</summary>
static class LearnTables
{
    public static Column Column(string name, TypeKind kind, bool isNullable = false) =>
        new() { Name = name, Type = new ColumnType { Kind = kind, Name = kind.ToString() }, IsNullable = isNullable };

    public static Table Table(string name, params Column[] columns) => new()
    {
        Name = new("main", name),
        Columns = columns.ToEquatableArray(),
        PrimaryKey = new UniqueKey { Name = $"pk_{name}", Parts = [new KeyPart(columns[0].Name)], IsPrimary = true, IsConstraint = true },
    };

    public static Table To(this Table table, string column, string principal, string principalColumn = "id") => table with
    {
        ForeignKeys =
            [.. table.ForeignKeys,
            new ForeignKey { Name = $"fk_{table.Name.Name}_{column}", Columns = [column], Principal = new("main", principal),
            PrincipalColumns = [principalColumn] }],
    };

    public static DatabaseSchema Database(params Table[] tables) =>
        new() { Provider = "sqlite", DefaultSchema = "main", Tables = tables.ToEquatableArray() };
}
