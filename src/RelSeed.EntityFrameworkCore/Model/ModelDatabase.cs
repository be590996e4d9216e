using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>The database that a model would create: its tables with their columns, keys and constraints.</summary>
static class ModelDatabase
{
    public static DatabaseSchema Of(IModel model, string provider)
    {
        var home = provider == "sqlite" ? "main" : model.GetDefaultSchema() ?? "public";
        var tables = model.GetRelationalModel().Tables.Where(t => t.EntityTypeMappings.Any());
        return new DatabaseSchema
        {
            Provider = provider,
            DefaultSchema = home,
            Tables = tables.Select(t => Table(t, Home(provider, home))).ToEquatableArray()
        };
    }

    static Func<ITable, TableName> Home(string provider, string home) => table =>
        new TableName(provider == "sqlite" ? home : table.Schema ?? home, table.Name);

    static Table Table(ITable table, Func<ITable, TableName> nameOf) => new()
    {
        Name = nameOf(table),
        Columns = table.Columns.Select(c => Column(c, table)).ToEquatableArray(),
        PrimaryKey = table.PrimaryKey is { } key ? Key(key.Name, key.Columns, isConstraint: true) with { IsPrimary = true } : null,
        UniqueKeys = table.UniqueConstraints.Where(u => u != table.PrimaryKey).Select(u => Key(u.Name, u.Columns, isConstraint: true))
            .Concat(table.Indexes.Where(i => i.IsUnique).Select(i => Key(i.Name, i.Columns, isConstraint: false) with { Predicate = i.Filter }))
            .ToEquatableArray(),
        ForeignKeys = table.ForeignKeyConstraints.Select(k => Key(k, nameOf)).ToEquatableArray(),
        Checks = table.CheckConstraints.Select(c => new CheckConstraint(c.Name ?? c.ModelName, c.Sql)).ToEquatableArray(),
        Comment = table.Comment,
        EstimatedRows = 0,
    };

    static Column Column(IColumn column, ITable table) => new()
    {
        Name = column.Name,
        Type = StoreTypes.Read(column),
        IsNullable = column.IsNullable,
        Default = column.DefaultValueSql
            ?? (column.TryGetDefaultValue(out var value) && value is not null and not DBNull
            ? column.StoreTypeMapping.GenerateSqlLiteral(value) : null),
        Generated = column.ComputedColumnSql is null ? GeneratedKind.None : column.IsStored == false ? GeneratedKind.Virtual : GeneratedKind.Stored,
        GeneratedExpression = column.ComputedColumnSql,
        Identity = IsNumbered(column, table) ? IdentityKind.ByDefault : IdentityKind.None,
        Collation = column.Collation,
        Comment = column.Comment,
    };

    static bool IsNumbered(IColumn column, ITable table) =>
        table.PrimaryKey?.Columns is [var only] && only == column
            && column.PropertyMappings.Any(m => m.Property.ValueGenerated == ValueGenerated.OnAdd && m.Property.ClrType.IsPrimitive
            && !m.Property.IsForeignKey());

    static UniqueKey Key(string name, IReadOnlyList<IColumn> columns, bool isConstraint) =>
        new() { Name = name, Parts = columns.Select(c => new KeyPart(c.Name)).ToEquatableArray(), IsConstraint = isConstraint };

    static ForeignKey Key(IForeignKeyConstraint key, Func<ITable, TableName> nameOf) => new()
    {
        Name = key.Name,
        Columns = key.Columns.Select(c => c.Name).ToEquatableArray(),
        Principal = nameOf(key.PrincipalTable),
        PrincipalColumns = key.PrincipalColumns.Select(c => c.Name).ToEquatableArray(),
    };
}
