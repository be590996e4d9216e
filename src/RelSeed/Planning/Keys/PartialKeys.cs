using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Partial keys whose columns repeat: of the rows that share them, the first may satisfy the predicate.</summary>
static class PartialKeys
{
    /// <summary>The key's columns that no check can change any more, so that which row is first can be told before the predicate's columns are
    /// made.</summary>
    /// <param name="redrawn">Checks for which columns and references are drawn again.</param>
    public static EquatableArray<int> FirstOf(TableDraft draft, UniqueKey key, IReadOnlyList<CheckPlan> redrawn)
    {
        var columns = redrawn.SelectMany(c => c.Columns).ToHashSet();
        var references = redrawn.SelectMany(c => c.References).ToHashSet();
        return [.. key.Parts.Where(p => p is { Column: not null, IsCaseInsensitive: false }).Select(p => draft.Table.IndexOf(p.Column!))
            .Where(IsFixed).Distinct()];

        bool IsFixed(int column)
        {
            if (columns.Contains(column) || draft.Table.Columns[column].IsCaseInsensitive
                || draft.Nulls[column] is not (null or NeverNull or NullShare))
                return false;
            if (draft.Owners[column] is not { } owner) return IsIndependent(draft.Generators[column]) && IsCountedApart(draft.Generators[column]);
            return !references.Contains(owner.Index) && !(owner.Mechanism is GroupedReference grouped && grouped.Shared.Any(c => !IsFixed(c)));
        }

        // Counted within a parent, or among equal values, a value changes with them.
        bool IsCountedApart(GeneratorSpec? generator) => generator is not IndexedSpec indexed || indexed.Index switch
        {
            GroupIndexSpec group => !references.Contains(group.Reference),
            OccurrenceIndexSpec occurrence => occurrence.Columns.All(IsFixed),
            _ => true,
        };
    }

    // Made from the row's number alone, not from other columns.
    static bool IsIndependent(GeneratorSpec? generator) =>
        generator is ChoiceSpec or SharedChoiceSpec or ConstantSpec or UniformSpec or NumberSpec or UuidSpec or SerialSpec or IndexedSpec
            or ArrangedSpec or AllNullSpec;
}
