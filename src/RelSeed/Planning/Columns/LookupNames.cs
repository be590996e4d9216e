using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Planning;

/// <summary>The rows of a small table that others refer to, a list of genres, have each a name of its own though no key asks for it.</summary>
static class LookupNames
{
    /// <returns>Null where the column is no such name, where a check ties it to another column, or there are not as many.</returns>
    public static IndexedSpec? Find(TableDraft draft, int index, TableFacts facts)
    {
        var (table, column) = (draft.Table, draft.Table.Columns[index]);
        if (!RowCounts.IsLookup(table, isReferred: draft.Referred.Count > 0) || draft.Profile is not null || draft.ExistingRows > 0 || draft.Related.Contains(index)
            || !column.Type.Kind.IsText() || !IsName(NameWords.Of(column.Name))
            || table.AllKeys.Any(k => k.ColumnNames.Contains(column.Name)) || facts.Words(index, draft.Rows) is not { } words)
            return null;
        return new IndexedSpec(words, new RowIndexSpec(words.Size, column.Name, 1, words.Size));
    }

    static bool IsName(List<string> words) => words is [.., "name"] or ["title"] or ["label"];
}
