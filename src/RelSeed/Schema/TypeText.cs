using static RelSeed.Schema.PrintedText;

namespace RelSeed.Schema;

/// <summary>The enums, domains and composite types that a schema's columns use, a line each.</summary>
static class TypeText
{
    public static IEnumerable<string> Of(DatabaseSchema schema) => schema.Tables
        .SelectMany(t => t.Columns)
        .SelectMany(c => WithParts(c.Type))
        .SelectMany(Describe)
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    static IEnumerable<ColumnType> WithParts(ColumnType type) =>
        [type, .. type.Element is null ? [] : WithParts(type.Element), .. type.Fields.SelectMany(f => WithParts(f.Type))];

    static IEnumerable<string> Describe(ColumnType type)
    {
        var inner = type.Domains.IsEmpty ? type.Name : type.Domains[^1].Over;
        foreach (var domain in type.Domains) yield return Describe(domain);
        if (type.Kind == TypeKind.Enum && !type.Labels.IsEmpty)
            yield return $"enum {inner}: {string.Join(", ", type.Labels.Select(l => $"'{l.Replace("'", "''")}'"))}";
        if (type.Kind == TypeKind.Composite)
            yield return $"composite {inner} ({string.Join(", ", type.Fields.Select(f => $"{Name(f.Name)} {f.Type.Name}"))})";
    }

    static string Describe(DomainType domain) =>
        $"domain {Name(domain.Name)} over {domain.Over}"
        + (domain.IsNotNull ? " not null" : "")
        + (domain.Default is null ? "" : $" default {domain.Default}")
        + string.Concat(domain.Checks.Select(c => $", check {Name(c.Name)}: {c.Expression}"));
}
