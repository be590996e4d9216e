using RelSeed.Schema;

namespace RelSeed.Tests.Planning;

/// <summary>Schemas in a few lines: <c>Table("orders", ["id int!", "note text"], pk: ["id"])</c>; an exclamation mark is NOT NULL.</summary>
static class TestSchemas
{
    public static DatabaseSchema Database(params Table[] tables) =>
        new() { Provider = "postgresql", DefaultSchema = "public", Tables = tables.ToEquatableArray() };

    public static Table Table(string name, string[] columns, string[]? pk = null, string[][]? unique = null,
        (string[] Columns, string Principal, string[] PrincipalColumns)[]? fks = null,
        string[]? checks = null) => new()
        {
            Name = new TableName("public", name),
            Columns = columns.Select(Column).ToEquatableArray(),
            PrimaryKey = pk is null ? null : Key($"{name}_pkey", pk) with { IsPrimary = true },
            UniqueKeys = (unique ?? []).Select((u, i) => Key($"{name}_key{i + 1}", u)).ToEquatableArray(),
            ForeignKeys = (fks ?? []).Select((f, i) => new ForeignKey
            {
                Name = $"{name}_fk{i + 1}",
                Columns = f.Columns.ToEquatableArray(),
                Principal = new TableName("public", f.Principal),
                PrincipalColumns = f.PrincipalColumns.ToEquatableArray(),
            }).ToEquatableArray(),
            Checks = (checks ?? []).Select((c, i) => new CheckConstraint($"{name}_check{i + 1}", c)).ToEquatableArray(),
        };

    static UniqueKey Key(string name, string[] columns) =>
        new() { Name = name, Parts = columns.Select(c => new KeyPart(c)).ToEquatableArray(), IsConstraint = true };

    static Column Column(string text)
    {
        var parts = text.Split(' ', 2);
        var isRequired = parts[1].EndsWith('!');
        return new Column { Name = parts[0], Type = Type(parts[1].TrimEnd('!')), IsNullable = !isRequired };
    }

    public static ColumnType Type(string name)
    {
        var open = name.IndexOf('(', StringComparison.Ordinal);
        int[] numbers = open < 0 ? [] : [.. name[(open + 1)..^1].Split(',').Select(int.Parse)];
        var kind = (open < 0 ? name : name[..open]) switch
        {
            "int" => TypeKind.Int32,
            "bigint" => TypeKind.Int64,
            "smallint" => TypeKind.Int16,
            "text" or "varchar" => TypeKind.Text,
            "char" => TypeKind.FixedText,
            "bool" => TypeKind.Boolean,
            "date" => TypeKind.Date,
            "time" => TypeKind.Time,
            "timestamp" => TypeKind.Timestamp,
            "timestamptz" => TypeKind.TimestampTz,
            "inet" => TypeKind.Inet,
            "cidr" => TypeKind.Cidr,
            "macaddr" => TypeKind.MacAddr,
            "macaddr8" => TypeKind.MacAddr8,
            "uuid" => TypeKind.Uuid,
            "numeric" => TypeKind.Decimal,
            "float" => TypeKind.Float64,
            "json" => TypeKind.Json,
            "bytea" => TypeKind.Bytes,
            _ => TypeKind.Other,
        };
        var isDecimal = kind == TypeKind.Decimal;
        return new ColumnType
        {
            Kind = kind,
            Name = name,
            Length = isDecimal || numbers.Length == 0 ? null : numbers[0],
            Precision = isDecimal && numbers.Length > 0 ? numbers[0] : null,
            Scale = isDecimal && numbers.Length > 1 ? numbers[1] : null,
        };
    }
}
