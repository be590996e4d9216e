using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>The tables of a schema beside those of a model, matched by name.</summary>
sealed class ModelTables
{
    static readonly string[] Histories = ["__EFMigrationsHistory", "__EFMigrationsLock"];
    readonly Dictionary<TableName, ITable> _mapped = [];

    public ModelTables(DatabaseSchema schema, IModel model)
    {
        (Schema, Model) = (schema, model);
        Relational = model.GetRelationalModel();
        foreach (var table in Relational.Tables)
            if (table.EntityTypeMappings.Any()) _mapped.TryAdd(NameOf(table), table);
    }

    public DatabaseSchema Schema { get; }
    public IModel Model { get; }
    public IRelationalModel Relational { get; }
    public IEnumerable<ITable> Mapped => _mapped.Values;

    public ITable? Find(Table table) => _mapped.GetValueOrDefault(table.Name);

    public Table? Find(ITable table) => Schema.Find(NameOf(table));

    public TableName NameOf(ITableBase table)
    {
        var name = new TableName(table.Schema ?? Schema.DefaultSchema, table.Name);
        // SQLite has no schemas: the provider maps without them.
        return Schema.Provider == "sqlite" ? name with { Schema = Schema.DefaultSchema } : name;
    }

    /// <summary>The tables that the model maps, and those that they refer to, at any distance.</summary>
    public IEnumerable<Table> Covered()
    {
        var reached = new HashSet<TableName>();
        var open = new Stack<TableName>(_mapped.Keys);
        while (open.TryPop(out var name))
            if (Schema.Find(name) is { } table && reached.Add(name))
                foreach (var key in table.ForeignKeys) open.Push(key.Principal);
        // What lies in partitions goes with its table.
        return Schema.Tables.Where(t => reached.Contains(t.Name) || (t.PartitionOf is { } whole && reached.Contains(whole)));
    }

    /// <summary>Tables of the database that stand outside the model.</summary>
    public IEnumerable<Table> Uncovered() => Schema.Tables.Except(Covered()).Where(t => !Histories.Contains(t.Name.Name));

    /// <summary>The table's column for a property; null when the table does not hold it.</summary>
    public static IColumn? ColumnOf(ITable table, IReadOnlyProperty property) =>
        table.Columns.FirstOrDefault(c => c.PropertyMappings.Any(m => m.Property == property));

    /// <summary>The tables that hold rows of an entity type: several where each concrete type has its own.</summary>
    public static IEnumerable<ITable> TablesOf(IEntityType type) =>
        type.GetTableMappings().Where(m => m.IsSplitEntityTypePrincipal != false).Select(m => (ITable)m.Table).Distinct();
}
