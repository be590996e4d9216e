using System.Collections.Frozen;
using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>A type as an expression names it.</summary>
/// <param name="Name">Canonical: lower case unless quoted, PostgreSQL's long form of built-in types, with schema when one is written.</param>
/// <param name="Modifiers">Length, or precision and scale.</param>
/// <param name="Dimensions">Number of <c>[]</c> behind it.</param>
public sealed record TypeName(string Name, EquatableArray<int> Modifiers = default, int Dimensions = 0)
{
    static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["int"] = "integer",
        ["int4"] = "integer",
        ["int8"] = "bigint",
        ["int2"] = "smallint",
        ["bool"] = "boolean",
        ["float4"] = "real",
        ["float8"] = "double precision",
        ["float"] = "double precision",
        ["double"] = "double precision",
        ["decimal"] = "numeric",
        ["dec"] = "numeric",
        ["varchar"] = "character varying",
        ["char"] = "character",
        ["bpchar"] = "character",
        ["nvarchar"] = "character varying",
        ["nchar"] = "character",
        ["char varying"] = "character varying",
        ["timestamptz"] = "timestamp with time zone",
        ["timestamp"] = "timestamp without time zone",
        ["timetz"] = "time with time zone",
        ["time"] = "time without time zone",
        ["varbit"] = "bit varying",
    }.ToFrozenDictionary();

    /// <summary>Built-in names of several words, which are printed without quotes.</summary>
    internal static readonly FrozenSet<string> MultiWord = new[]
    {
        "double precision", "character varying", "bit varying", "timestamp with time zone", "timestamp without time zone",
        "time with time zone", "time without time zone",
    }.ToFrozenSet();

    internal static string Canonical(string name) => Aliases.GetValueOrDefault(name, name);

    public override string ToString()
    {
        // A word that stands for another type, or begins a longer name, means itself only in quotes.
        var name = MultiWord.Contains(Name) ? Name : Aliases.ContainsKey(Name) || Name == "national" ? $"\"{Name}\""
            : ExpressionPrinter.QuotePath(Name);
        var modifiers = Modifiers.IsEmpty ? "" : $"({string.Join(", ", Modifiers)})";
        var space = Name.IndexOf(' ', StringComparison.Ordinal);
        var withModifiers = Name is "timestamp with time zone" or "timestamp without time zone" or "time with time zone" or "time without time zone"
            ? $"{Name[..space]}{modifiers}{Name[space..]}"
            : name + modifiers;
        return withModifiers + string.Concat(Enumerable.Repeat("[]", Dimensions));
    }
}
