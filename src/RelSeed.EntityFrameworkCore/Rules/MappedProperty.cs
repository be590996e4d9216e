using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Configuration;

namespace RelSeed.EntityFrameworkCore.Rules;

/// <summary>A property, and where it is kept.</summary>
/// <param name="Name">For a person: <c>Order.Address.City</c>.</param>
sealed record MappedProperty(string Name, IProperty Property, TableRulesBuilder Table, string Column)
{
    /// <summary>A value of the model's type as the database keeps it.</summary>
    /// <exception cref="UsageException">RS1411: its converter fails.</exception>
    public object ToStore(object value)
    {
        var stored = Convert(value, "to the database's", Property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider : null)!;
        // An enum of the database's own: its label stands in the literal.
        return stored is Enum && Literal(value).Split('\'') is [_, var label, ..] ? label : stored;
    }

    /// <summary>A value that the database keeps as one of the model's type.</summary>
    /// <exception cref="UsageException">RS1411: its converter fails.</exception>
    public object? ToModel(object? value)
    {
        if (value is null) return null;
        return Property.GetTypeMapping().Converter is not { } converter ? value
            : Convert(RuleText.To(value, converter.ProviderClrType)!, "from the database's", converter.ConvertFromProvider);
    }

    // SQLite keeps decimals as text, which would be compared letter by letter.
    bool IsNumberAsText => Property.GetRelationalTypeMapping() is { StoreType: "TEXT" } mapping
        && (mapping.Converter?.ProviderClrType ?? mapping.ClrType) == typeof(decimal);

    /// <summary>The column in SQL, so that it can be compared.</summary>
    public string Comparable => IsNumberAsText ? $"CAST({Quoted} AS REAL)" : Quoted;

    string Quoted => $"\"{Column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A value in SQL to compare the column with.</summary>
    public string ComparableLiteral(object value) => IsNumberAsText ? RuleText.Of(ToStore(value)) : Literal(value);

    /// <summary>The value as a literal of SQL.</summary>
    public string Literal(object value)
    {
        try
        {
            return Property.GetRelationalTypeMapping().GenerateSqlLiteral(value);
        }
#pragma warning disable CA1031 // A converter is foreign code and may throw anything.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            throw Failed(value, "to the database's", fault);
        }
    }

    object? Convert(object value, string direction, Func<object?, object?>? convert)
    {
        try
        {
            return convert is null ? value : convert(value);
        }
#pragma warning disable CA1031 // A converter is foreign code and may throw anything.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            throw Failed(value, direction, fault);
        }
    }

    UsageException Failed(object value, string direction, Exception fault) => new("RS1411",
        $"The converter of {Name} fails with {fault.GetBaseException().GetType().Name} for a value of type {value.GetType().Name} that a rule gives, on the way {direction}. Correct the converter, or give another value.");
}
