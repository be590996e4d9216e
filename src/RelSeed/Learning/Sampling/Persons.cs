using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Learning.Sampling;

/// <summary>Which tables are about persons, so that their rows are the entities whose privacy counts.</summary>
static class Persons
{
    static readonly HashSet<Meaning> Marks =
    [
        Meaning.FirstName, Meaning.LastName, Meaning.MiddleName, Meaning.Email, Meaning.BirthDate, Meaning.NationalId, Meaning.PassportNumber,
            Meaning.Username,
        Meaning.PasswordHash, Meaning.MobilePhone,
    ];

    /// <summary>The table's name or its columns say that a row is a person.</summary>
    public static bool IsPerson(Table table) =>
        MeaningCatalog.SubjectsOf(NameWords.Of(table.Name.Name)).Contains("person")
        || table.Columns.Count(c => Marks.Contains(Meanings.Of(table, c).Kind)) >= 2;

    /// <summary>Gives every row of the tables its entity: the nearest person up the driving references, else the row itself; when strict also a
    /// person that another reference leads to, else the row's root.</summary>
    /// <param name="tables">Parents first.</param>
    public static void Assign(IReadOnlyList<SampleTable> tables, bool isStrict)
    {
        var through = new Dictionary<SampleTable, SampleReference>();
        foreach (var table in tables)
        {
            // Persons whose group belongs to one of them are their own.
            if (Path(table, through, isStrict) is not { } reference || LeadsBack(table, reference, through)) continue;
            through[table] = reference;
            table.EntityReference = reference;
            table.Entities = Through(table, reference);
            table.EntityCount = reference.Principal.Entities is null ? reference.Principal.Count : reference.Principal.EntityCount;
            // Rows that lead to nobody are their own.
            for (var row = 0; row < table.Entities.Length; row++)
                if (table.Entities[row] < 0) table.Entities[row] = table.EntityCount++;
        }
    }

    static bool LeadsBack(SampleTable table, SampleReference reference, Dictionary<SampleTable, SampleReference> through)
    {
        for (SampleReference? at = reference; at is not null; at = through.GetValueOrDefault(at.Principal))
            if (at.Principal == table) return true;
        return false;
    }

    static SampleReference? Path(SampleTable table, Dictionary<SampleTable, SampleReference> through, bool isStrict)
    {
        if (table.DrivingReference is { } driving && (isStrict || LeadsToPerson(driving.Principal, through)) && !IsOwnPerson(table)) return driving;
        if (IsPerson(table.Table)) return null;
        return table.References.FirstOrDefault(r => r.Principal != table && LeadsToPerson(r.Principal, through));
    }

    // A customer is a person, though an employee serves him.
    static bool IsOwnPerson(SampleTable table) =>
        IsPerson(table.Table) && table.Table.Columns.Any(c => Marks.Contains(Meanings.Of(table.Table, c).Kind));

    static bool LeadsToPerson(SampleTable table, Dictionary<SampleTable, SampleReference> through) =>
        through.ContainsKey(table) || IsPerson(table.Table);

    static int[] Through(SampleTable table, SampleReference reference)
    {
        var entities = new int[table.Count];
        for (var row = 0; row < entities.Length; row++)
        {
            var parent = reference.Parents[row];
            entities[row] = parent < 0 ? -1 : reference.Principal.Entities is { } known ? known[parent] : parent;
        }
        return entities;
    }
}
