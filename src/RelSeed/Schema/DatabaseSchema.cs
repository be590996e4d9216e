using System.Collections.Immutable;

namespace RelSeed.Schema;

/// <summary>What a database is: its tables with their columns, keys and constraints, as its catalog tells.</summary>
/// <remarks>Immutable and printable; <see cref="SchemaJson"/> writes and reads it without loss.</remarks>
public sealed record DatabaseSchema
{
    /// <summary>Name of the provider that read it: <c>postgresql</c>, <c>sqlite</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Version of the server or library, as it prints it: <c>15.18</c>.</summary>
    public string ServerVersion { get; init; } = "";

    /// <summary>The schema that names without one are looked up in: <c>public</c>, <c>main</c>.</summary>
    public required string DefaultSchema { get; init; }

    /// <summary>Whether the current user may switch off enforcement for a session (a PostgreSQL superuser).</summary>
    public bool IsSuperuser { get; init; }

    /// <summary>All tables that may hold rows of their own; kept in order of schema and name, however they are given.</summary>
    public required EquatableArray<Table> Tables
    {
        get;
        init => field = value.OrderBy(t => t.Name).ToEquatableArray();
    }

    /// <summary>Where the database and an application's model differ, for a person.</summary>
    public EquatableArray<string> Drift { get; init; } = [];

    /// <summary>A table's name as a person writes it: without the default schema.</summary>
    public string ShortName(TableName table) => table.Schema == DefaultSchema ? table.Name : table.ToString();

    /// <summary>Finds a table by its exact name, in logarithmic time.</summary>
    public Table? Find(TableName name)
    {
        // A cached index would be a field of the record: unequal between equal schemas, and stale after "with".
        var place = Tables.AsSpan().BinarySearch(new NamedTable(name));
        return place < 0 ? null : Tables[place];
    }

    /// <summary>Foreign keys lead from one table to another, directly or through others; a table reaches itself.</summary>
    internal bool Reaches(TableName from, TableName to)
    {
        var (seen, open) = (new HashSet<TableName> { from }, new Stack<TableName>([from]));
        while (open.TryPop(out var name))
        {
            if (name == to) return true;
            foreach (var key in Find(name)?.ForeignKeys ?? [])
                if (seen.Add(key.Principal)) open.Push(key.Principal);
        }
        return false;
    }

    readonly struct NamedTable(TableName name) : IComparable<Table>
    {
        public int CompareTo(Table? other) => other is null ? 1 : name.CompareTo(other.Name);
    }
}

/// <summary>A table's name as the catalog spells it, without quotes.</summary>
public readonly record struct TableName(string Schema, string Name) : IComparable<TableName>
{
    public override string ToString() => Schema.Length == 0 ? Name : $"{Schema}.{Name}";

    public int CompareTo(TableName other)
    {
        var bySchema = string.CompareOrdinal(Schema, other.Schema);
        return bySchema != 0 ? bySchema : string.CompareOrdinal(Name, other.Name);
    }

    public static bool operator <(TableName left, TableName right) => left.CompareTo(right) < 0;
    public static bool operator <=(TableName left, TableName right) => left.CompareTo(right) <= 0;
    public static bool operator >(TableName left, TableName right) => left.CompareTo(right) > 0;
    public static bool operator >=(TableName left, TableName right) => left.CompareTo(right) >= 0;
}
