using RelSeed.Schema;

namespace RelSeed.Semantics;

/// <summary>Tells by the tables that refer to a list of genres or categories what they are of: songs, films, books.</summary>
static class ListedThings
{
    // Of an album as of its songs.
    static readonly string[] WithGenres = ["song", "album", "film", "book"];

    /// <summary>The meaning with that subject, where it is a genre's or category's and such tables refer to its table.</summary>
    public static ColumnMeaning Refine(DatabaseSchema schema, Table table, ColumnMeaning meaning)
    {
        if (meaning.Kind is not (Meaning.Genre or Meaning.Category) || WithGenres.Contains(meaning.Subject)) return meaning;
        var things = schema.Tables.Where(t => t.Name != table.Name && RefersTo(t, table.Name)).SelectMany(t => SubjectsOf(schema, t)).ToList();
        return WithGenres.FirstOrDefault(things.Contains) is { } subject
            ? meaning with { Kind = Meaning.Genre, Subject = subject, Reason = $"{meaning.Reason} of a {subject}" } : meaning;
    }

    // What a table that joins two is about, the other one says.
    static IEnumerable<string?> SubjectsOf(DatabaseSchema schema, Table table) =>
        Meanings.SubjectOf(table) is { } own && WithGenres.Contains(own) ? [own]
        : table.ForeignKeys.Select(k => schema.Find(k.Principal)).OfType<Table>().Select(Meanings.SubjectOf);

    static bool RefersTo(Table table, TableName principal) => table.ForeignKeys.Any(k => k.Principal == principal);
}
