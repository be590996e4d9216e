using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>What the model says of a table's references: those the database does not know, and which types they may lead to.</summary>
sealed class ReferenceFacts(ModelTables tables)
{
    public Table Add(Table table, ITable mapped)
    {
        var references = new List<ForeignKey>();
        var principals = new List<PrincipalRule>();
        foreach (var key in KeysOf(mapped))
        {
            if (Columns(mapped, key.Properties) is not { } columns || ColumnsInside(table, columns) is false) continue;
            var known = Known(table, key, columns);
            if (known is null && Missing(table, key, columns) is { } missing) references.Add(known = missing);
            if (known is not null && Rule(key, known) is { } rule) Narrow(principals, rule);
        }
        var checks = RowInternal.Checks(mapped).Where(c => !table.Checks.Contains(c)).ToEquatableArray();
        return references.Count + principals.Count + checks.Count == 0 ? table
            : table with
            {
                Model = new TableModel
                {
                    References = [.. references.DistinctBy(r => r.Name)],
                    Principals = [.. principals],
                    Checks = checks
                }
            };
    }

    // A subtype's own key over its base's columns may want a narrower type: rows that suit both suit every row.
    static void Narrow(List<PrincipalRule> principals, PrincipalRule rule)
    {
        var known = principals.FindIndex(p => p.Key == rule.Key);
        if (known < 0) principals.Add(rule);
        else if (principals[known].Values.Intersect(rule.Values).ToEquatableArray() is { IsEmpty: false } both
            && both.Count < principals[known].Values.Count)
            principals[known] = rule with { Values = both };
    }

    static IEnumerable<IForeignKey> KeysOf(ITable mapped)
    {
        var types = mapped.EntityTypeMappings.Select(m => (IEntityType)m.TypeBase).Where(t => !t.IsMappedToJson()).Distinct().ToList();
        return types.SelectMany(t => t.GetForeignKeys()).Distinct();
    }

    static bool ColumnsInside(Table table, List<string> columns) => columns.TrueForAll(c => table.IndexOf(c) >= 0);

    static List<string>? Columns(ITable table, IReadOnlyList<IProperty> properties)
    {
        var columns = properties.Select(p => ModelTables.ColumnOf(table, p)?.Name).ToList();
        return columns.Contains(null) ? null : columns.ConvertAll(c => c!);
    }

    ForeignKey? Known(Table table, IForeignKey key, List<string> columns)
    {
        var principals = key.PrincipalEntityType.GetDerivedTypesInclusive().Append(key.PrincipalEntityType).SelectMany(t => t.GetTableMappings())
            .Select(m => tables.NameOf(m.Table)).ToHashSet();
        return table.ForeignKeys.FirstOrDefault(k => k.Columns.Order().SequenceEqual(columns.Order()) && principals.Contains(k.Principal));
    }

    // The first table that holds rows of the principal: a key can lead to one only.
    ForeignKey? Missing(Table table, IForeignKey key, List<string> columns)
    {
        foreach (var principal in Principals(key.PrincipalEntityType))
        {
            if (tables.Find(principal) is not { } found || Columns(principal, key.PrincipalKey.Properties) is not { } principalColumns
                || !ColumnsInside(found, principalColumns))
                continue;
            // A row's own columns refer to nothing.
            if (found.Name == table.Name && columns.SequenceEqual(principalColumns)) return null;
            return new ForeignKey
            {
                Name = $"model:{key.GetDefaultName() ?? string.Join("_", columns)}",
                Columns = [.. columns],
                Principal = found.Name,
                PrincipalColumns = [.. principalColumns]
            };
        }
        return null;
    }

    static IEnumerable<ITable> Principals(IEntityType type) =>
        type.GetDerivedTypesInclusive().Where(t => !t.IsAbstract() && !t.IsMappedToJson()).SelectMany(ModelTables.TablesOf);

    // The principal's rows of another type will not do.
    PrincipalRule? Rule(IForeignKey key, ForeignKey known)
    {
        var type = key.PrincipalEntityType;
        if (type.FindDiscriminatorProperty() is not { } discriminator || Discriminators.Of(type) is not { Count: > 0 } values) return null;
        if (values.Count == Discriminators.Of(type.GetRootType()).Count) return null;
        var column = type.GetTableMappings().Where(m => tables.NameOf(m.Table) == known.Principal)
            .Select(m => ModelTables.ColumnOf((ITable)m.Table, discriminator)).FirstOrDefault(c => c is not null);
        return column is null ? null : new PrincipalRule(known.Name, column.Name, [.. values], $"the model takes it for a {type.ShortName()}");
    }
}
