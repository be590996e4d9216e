using RelSeed.Generation;
using RelSeed.Sqlite.Interop;
using RelSeed.Sqlite.Loading.Encoding;

namespace RelSeed.Sqlite.Loading;

/// <summary>Inserts a table's rows through prepared statements, many rows a statement: half the time of one row each.</summary>
sealed class TableWriter : IDisposable
{
    const int MostRows = 64;
    const int MostParameters = 512;

    readonly SqliteStatement _many;
    readonly SqliteStatement _one;
    readonly int _rows;

    public TableWriter(SqliteHandle handle, TableGenerator table)
    {
        var columns = table.Written.Select(c => table.Columns[c].Name).ToList();
        // A row without any written column has no form for many at once.
        _rows = columns.Count == 0 ? 1 : Math.Clamp(MostParameters / columns.Count, 1, MostRows);
        _one = Refusal.PrepareInsert(handle, table.Name, InsertSql(table.Name.Name, columns, rows: 1));
        _many = Refusal.PrepareInsert(handle, table.Name, InsertSql(table.Name.Name, columns, _rows));
    }

    public void Write(EncodedBatch batch, int rows)
    {
        var row = 0;
        for (; row + _rows <= rows; row += _rows) Run(_many, batch, row, _rows);
        for (; row < rows; row++) Run(_one, batch, row, 1);
    }

    static void Run(SqliteStatement statement, EncodedBatch batch, int first, int rows)
    {
        var columns = batch.Columns;
        for (var c = 0; c < columns.Length; c++) columns[c].Bind(statement, c, columns.Length, first, rows);
        statement.Run();
    }

    static string InsertSql(string table, List<string> columns, int rows)
    {
        var into = $"INSERT INTO {SqlText.Table(table)}";
        if (columns.Count == 0) return $"{into} DEFAULT VALUES";
        var row = $"({string.Join(", ", columns.Select(_ => "?"))})";
        return $"{into} ({SqlText.Columns(columns)}) VALUES {string.Join(", ", Enumerable.Repeat(row, rows))}";
    }

    public void Dispose()
    {
        _one.Dispose();
        _many.Dispose();
    }
}
