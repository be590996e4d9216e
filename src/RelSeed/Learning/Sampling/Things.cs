using RelSeed.Learning.Treatments;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Learning.Sampling;

/// <summary>Which tables are catalogues: about no person, so that less is to be kept secret. What is not known is taken for personal.</summary>
static class Things
{
    // A row that so few persons share, while most rows have one, stands for them.
    const double LeastSharing = 3, MostlyShared = 0.5;

    // What is said of persons alone.
    static readonly HashSet<Meaning> Traits =
    [
        Meaning.FirstName, Meaning.LastName, Meaning.MiddleName, Meaning.BirthDate, Meaning.NationalId, Meaning.PassportNumber, Meaning.Username,
        Meaning.PasswordHash, Meaning.MobilePhone, Meaning.Gender, Meaning.Age, Meaning.MaritalStatus, Meaning.Nationality, Meaning.BloodType,
        Meaning.BodyHeight,
        Meaning.BodyWeight, Meaning.Salary, Meaning.FullName, Meaning.Nickname, Meaning.JobTitle, Meaning.DeathDate, Meaning.HiredAt,
        Meaning.LicenceNumber,
        Meaning.CardNumber, Meaning.Iban, Meaning.AccountNumber, Meaning.VehiclePlate, Meaning.IpAddress, Meaning.MacAddress,
    ];

    static readonly HashSet<string> Aggregates =
        ["average", "avg", "mean", "median", "total", "sum", "count", "rate", "ratio", "share", "percent", "percentage", "pct"];

    // A person's, unless the row is a firm or a place.
    static readonly HashSet<Meaning> Contacts =
        [Meaning.Phone, Meaning.Fax, Meaning.StreetAddress, Meaning.AddressLine2, Meaning.FullAddress, Meaning.Email];

    static readonly HashSet<string> HavingContacts = ["company", "store", "school", "bank", "place", "department", "team", "event"];

    // Nouns of what persons do and say: a table without a reference to them may still be theirs.
    static readonly HashSet<string> Deeds =
    [
        "account", "order", "invoice", "payment", "payment_card", "message", "comment", "review", "log", "post", "ticket", "task", "question",
            "disease", "file", "animal", "vehicle",
    ];

    // What kinds there are of such deeds is nobody's: a breed, a type of account, a status of orders.
    static readonly HashSet<string> Kinds = ["species", "breed", "type", "kind", "category", "status"];

    /// <summary>The table leads to no person, says nothing that is said of persons, and stands among other tables or is known by its name.</summary>
    public static bool IsCatalogue(SampleTable table, IReadOnlyList<SampleReference> referring) =>
        table.Entities is null && SaysNothingOfPersons(table.Table) && !HasMailOfPersons(table) && !IsNoted(table, [])
        && (referring.Count > 0 || table.References.Length > 0 || IsKnown(table.Table)) && !referring.Any(StandsForPersons);

    /// <summary>As far as the table's columns and name show.</summary>
    public static bool SaysNothingOfPersons(Table table)
    {
        if (Persons.IsPerson(table)) return false;
        var hasContacts = SubjectsOf(table).Any(HavingContacts.Contains);
        return !table.Columns.Any(c => Meanings.Of(table, c) is var meaning && !IsAggregate(c)
            && (Traits.Contains(meaning.Kind) && !IsNameOfThing(table, c, meaning) || !hasContacts && Contacts.Contains(meaning.Kind)));
    }

    // A firm's address of mail is the firm's unless it is made of somebody's name.
    static bool HasMailOfPersons(SampleTable table)
    {
        for (var c = 0; c < table.Columns.Length; c++)
            if (Meanings.Of(table.Table, table.Table.Columns[c]).Kind == Meaning.Email
                && (table.Columns[c] is not TextSample mail || mail.Texts.Any(ValueRecogniser.IsMailOfPerson)))
                return true;
        return false;
    }

    // Said of many at once: an average salary is nobody's.
    static bool IsAggregate(Column column) => column.Type.Kind.IsNumeric() && NameWords.Split(column.Name).Any(Aggregates.Contains);

    // The full name of a school is a school's, that of its contact a person's.
    static bool IsNameOfThing(Table table, Column column, ColumnMeaning meaning) =>
        meaning.Kind is Meaning.FullName or Meaning.Nickname && !MeaningCatalog.SubjectsOf(NameWords.Of(column.Name)).Contains("person")
        && (meaning.Subject is "" ? SubjectsOf(table).Length > 0 : meaning.Subject != "person");

    static string[] SubjectsOf(Table table) => MeaningCatalog.SubjectsOf(NameWords.Of(table.Name.Name));

    // What hangs on an account or an order is of the person whose that is.
    static bool IsNoted(SampleTable table, HashSet<SampleTable> passed) =>
        passed.Add(table)
            && (!NamesKinds(table.Table) && SubjectsOf(table.Table).Any(Deeds.Contains) || table.References.Any(r => r.Principal != table && IsNoted(r.Principal, passed)));

    static bool NamesKinds(Table table) => NameWords.Of(table.Name.Name) is [.., var last] && (Kinds.Contains(last) || Kinds.Contains(NameWords.Singular(last)));

    static bool IsKnown(Table table) => SubjectsOf(table).Length > 0;

    // Nearly every row belongs to one person or two: an address, a profile.
    static bool StandsForPersons(SampleReference reference)
    {
        if (reference.Dependent.Entities is not null || !Persons.IsPerson(reference.Dependent.Table)) return false;
        var shared = Array.FindAll(reference.Degrees, d => d > 0);
        return shared.Length > 0 && shared.Length >= MostlyShared * reference.Degrees.Length && shared.Average() < LeastSharing;
    }
}
