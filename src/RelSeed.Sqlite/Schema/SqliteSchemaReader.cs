using RelSeed.Schema;
using RelSeed.Sqlite.Interop;
using RelSeed.Sqlite.Schema.CreateText;
using RelSeed.Sqlite.Schema.Queries;

namespace RelSeed.Sqlite.Schema;

/// <summary>Reads the schema of the main database in a fixed number of queries.</summary>
static class SqliteSchemaReader
{
    public const string MainSchema = "main";

    /// <exception cref="UsageException">RS1102: a schema other than main is asked for.</exception>
    public static DatabaseSchema Read(SqliteHandle handle, SchemaReadOptions options)
    {
        if (options.Schemas.FirstOrDefault(s => !SqlName.Comparer.Equals(s, MainSchema)) is { } unknown)
            throw new UsageException("RS1102",
                $"There is no schema {unknown} in {handle.Path}: an SQLite file has the schema main only. Leave --schema out.");
        var catalog = new SqliteCatalog(handle);
        return new DatabaseSchema
        {
            Provider = "sqlite",
            ServerVersion = SqliteHandle.LibraryVersion,
            DefaultSchema = MainSchema,
            Tables = ReferredTypes.Apply([.. catalog.Tables.Values.Select(t => BuildTable(catalog, t) with { Rights = RightsTo(handle, t.Name) })])
                .OrderBy(t => t.Name).ToEquatableArray(),
        };
    }

    // A table whose indexes or checks call what only its application registers takes no row from anyone else.
    static TableRights RightsTo(SqliteHandle handle, string table) =>
        handle.IsReadOnly ? TableRights.Select
        : CanInsert(handle, table) ? TableRights.All
        : TableRights.All & ~TableRights.Insert;

    // As a load does it, without foreign keys: one that leads to no table takes a row whose columns are null.
    static bool CanInsert(SqliteHandle handle, string table)
    {
        var isEnforced = handle.QueryInt64("PRAGMA foreign_keys") == 1;
        if (isEnforced) handle.Execute("PRAGMA foreign_keys = OFF");
        try
        {
            return handle.CanPrepare($"INSERT INTO {SqlText.Table(table)} DEFAULT VALUES");
        }
        finally
        {
            if (isEnforced) handle.Execute("PRAGMA foreign_keys = ON");
        }
    }

    static Table BuildTable(SqliteCatalog catalog, TableRow row)
    {
        var text = CreateTableParser.Parse(row.CreateText);
        var expressions = new ExpressionText(catalog.Columns[row.Name].Select(c => c.Name));
        var indexes = catalog.UniqueIndexes[row.Name].GroupBy(p => p.Index).Select(g => g.ToList()).ToLookup(parts => parts[0].Origin == "pk");
        var keyColumns = catalog.KeyColumns(row.Name).ToList();
        var columns = new ColumnBuilder(text, expressions, RowIdAlias(row, keyColumns, hasIndex: indexes[true].Any()));
        var built = catalog.Columns[row.Name].Select(columns.Build).ToEquatableArray();
        var names =
            new ConstraintNames(row.Name, DeclaredNames(text).Concat(indexes[false].Where(i => i[0].CreateText is not null).Select(i => i[0].Index)));
        var keys = new UniqueKeyBuilder(text, expressions, names, built.ToDictionary(c => c.Name, SqlName.Comparer));
        return new Table
        {
            Name = new(MainSchema, row.Name),
            Columns = built,
            PrimaryKey = keys.BuildPrimary([.. keyColumns.Select(c => c.Name)], indexes[true].FirstOrDefault() ?? []),
            UniqueKeys = indexes[false].Select(keys.Build).ToEquatableArray(),
            ForeignKeys = new ForeignKeyBuilder(catalog, text, names).Build(row.Name).ToEquatableArray(),
            Checks = text.Checks.Select(check => BuildCheck(check, expressions, names)).ToEquatableArray(),
            Triggers = catalog.Triggers[row.Name].Select(BuildTrigger).ToEquatableArray(),
            EstimatedRows = catalog.RowEstimates.GetValueOrDefault(row.Name, -1),
            IsStrict = row.IsStrict,
            IsWithoutRowId = row.IsWithoutRowId,
        };
    }

    // https://www.sqlite.org/lang_createtable.html#rowid: INTEGER to the letter; INTEGER PRIMARY KEY DESC is none, which its index betrays.
    static string? RowIdAlias(TableRow row, List<ColumnRow> keyColumns, bool hasIndex) =>
        !row.IsWithoutRowId && !hasIndex && keyColumns is [var only] && only.Type.Equals("INTEGER", StringComparison.OrdinalIgnoreCase)
            ? only.Name : null;

    static IEnumerable<string?> DeclaredNames(CreateTableText text) =>
        text.Checks.Select(c => c.Name).Concat(text.Uniques.Select(u => u.Name)).Concat(text.ForeignKeys.Select(k => k.Name))
            .Append(text.PrimaryKeyName);

    static CheckConstraint BuildCheck(CheckText check, ExpressionText expressions, ConstraintNames names) =>
        new(names.Choose(check.Name, check.Column is null ? [] : [check.Column], "check"), expressions.Print(check.Condition));

    static Trigger BuildTrigger(TriggerRow row)
    {
        var (timing, events) = CreateTriggerParser.Parse(row.CreateText);
        return new Trigger(row.Name, timing, events, Function: "", row.CreateText, IsRow: true, IsDeferrable: false, Enabled: true);
    }
}
