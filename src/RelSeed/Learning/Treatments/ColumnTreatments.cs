using RelSeed.Learning.Sampling;
using RelSeed.Profiling;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Learning.Treatments;

/// <summary>How a column's values come about, and why.</summary>
readonly record struct Treatment(ColumnTreatment Kind, string? Reason);

/// <summary>Decides what of a column may be told.</summary>
sealed class ColumnTreatments(LearnOptions options)
{
    // Texts of which so many are different are names of their rows, or free text.
    const double NearlyUnique = 0.5;
    const int FewTexts = 30, LongestMark = 2;

    static readonly Dictionary<Meaning, string> Personal = new()
    {
        [Meaning.FirstName] = "a given name",
        [Meaning.MiddleName] = "a given name",
        [Meaning.LastName] = "a family name",
        [Meaning.FullName] = "a person's name",
        [Meaning.Nickname] = "a nickname",
        [Meaning.Username] = "a user's name",
        [Meaning.NationalId] = "a national identity number",
        [Meaning.PassportNumber] = "a passport's number",
        [Meaning.LicenceNumber] = "a licence's number",
        [Meaning.StreetAddress] = "a postal address",
        [Meaning.AddressLine2] = "a postal address",
        [Meaning.FullAddress] = "a postal address",
        [Meaning.HouseNumber] = "a house number",
        [Meaning.Email] = "an e-mail address",
        [Meaning.Phone] = "a phone number",
        [Meaning.MobilePhone] = "a phone number",
        [Meaning.Fax] = "a phone number",
        [Meaning.SocialUrl] = "an URL of a person",
        [Meaning.IpAddress] = "an IP address",
        [Meaning.MacAddress] = "a device's address",
        [Meaning.PasswordHash] = "a password",
        [Meaning.Salt] = "a secret",
        [Meaning.Token] = "a secret",
        [Meaning.ApiKey] = "a secret",
        [Meaning.Secret] = "a secret",
        [Meaning.Certificate] = "a secret",
        [Meaning.Iban] = "an account's number",
        [Meaning.AccountNumber] = "an account's number",
        [Meaning.CardNumber] = "a card number",
        [Meaning.VatNumber] = "a tax number",
        [Meaning.VehiclePlate] = "a vehicle's plate",
        [Meaning.Vin] = "a vehicle's number",
    };

    static readonly HashSet<Meaning> FreeText =
    [
        Meaning.Biography, Meaning.Comment, Meaning.Review, Meaning.Note, Meaning.Body, Meaning.Message, Meaning.Question, Meaning.Answer,
            Meaning.Markdown, Meaning.Html,
    ];

    /// <summary>What of a person a column of the meaning holds; null when nothing.</summary>
    public static string? PersonalMeaning(ColumnMeaning meaning) =>
        meaning.Kind is not (Meaning.FullName or Meaning.Username or Meaning.Nickname or Meaning.Token or Meaning.Salt or Meaning.Secret
            or Meaning.HouseNumber or Meaning.VatNumber)
        ? Personal.GetValueOrDefault(meaning.Kind) : null;

    /// <param name="isLookup">Names of its rows may be told when enough refer to them.</param>
    public Treatment Of(SampleTable table, int c, bool isLookup)
    {
        var column = table.Table.Columns[c];
        if (WishFor(table.Table, column) is { } wish) return wish;
        if (column.IsComputed) return new(ColumnTreatment.Implied, "the server computes it");
        if (table.References.Any(r => r.Columns.Contains(c))) return new(ColumnTreatment.Implied, "a reference gives it");
        if (IsOwnNumber(table.Table, column)) return new(ColumnTreatment.Implied, "a number that identifies the row");
        if (table.TotalRows > 0 && table.Nulls[c] == table.TotalRows) return new(ColumnTreatment.Fresh, "it is always NULL");
        return table.Columns[c] switch
        {
            OpaqueSample => new(ColumnTreatment.Fresh, "values of this type are not learned"),
            TextSample text => OfText(table, column, text, isLookup),
            _ => OfNumbers(table, c, column),
        };
    }

    static Treatment OfText(SampleTable table, Column column, TextSample text, bool isLookup)
    {
        if (column.Type.Kind is TypeKind.Boolean or TypeKind.Enum) return new(ColumnTreatment.Told, null);
        if (column.Type.Kind is TypeKind.Bytes or TypeKind.Uuid or TypeKind.Json or TypeKind.Xml or TypeKind.TsVector or TypeKind.HStore)
            return new(ColumnTreatment.Fresh, "values of this type are not told");
        var meaning = Meanings.Of(table.Table, column);
        if (!AreMarks(text) && Personal.TryGetValue(meaning.Kind, out var what) && IsBelievable(meaning, text))
            return new(ColumnTreatment.Fresh, $"recognised by its {meaning.Reason} as {what}");
        if (ValueRecogniser.Recognise(text.Texts) is { } recognised) return new(ColumnTreatment.Fresh, $"recognised by its values as {recognised}");
        if (IsKeyAlone(table.Table, column)) return new(ColumnTreatment.Fresh, "a text that identifies the row");
        if (FreeText.Contains(meaning.Kind) && text.Texts.Count > FewTexts && text.Texts.Any(t => t.Any(char.IsWhiteSpace)))
            return new(ColumnTreatment.Fresh, $"free text by its {meaning.Reason}");
        var values = text.Count - text.NullCount;
        if (!isLookup && text.Texts.Count > FewTexts && text.Texts.Count >= values * NearlyUnique)
            return new(ColumnTreatment.Fresh, "nearly every row has a text of its own");
        return new(ColumnTreatment.Told, null);
    }

    // A letter or two are a mark, not a name, an address or a number of a person's.
    static bool AreMarks(TextSample text) => text.Texts.Count > 0 && text.Lengths.All(l => l <= LongestMark);

    /// <summary>Whether what is told of a column are such marks.</summary>
    public static bool AreMarks(Codebook told) => told.Codes.All(c => c is ValueCode { Value.Length: <= LongestMark });

    // Names and the like speak of persons where words do; a column called token may hold a few kinds.
    static bool IsBelievable(ColumnMeaning meaning, TextSample text) => meaning.Kind switch
    {
        Meaning.FullName or Meaning.Username or Meaning.Nickname =>
            meaning.Subject is "person" or "" || ValueRecogniser.AreNames([.. text.Texts.Take(1000)]),
        Meaning.Token or Meaning.Salt or Meaning.Secret or Meaning.HouseNumber or Meaning.VatNumber => text.Texts.Count > FewTexts,
        _ => true,
    };

    static Treatment OfNumbers(SampleTable table, int c, Column column)
    {
        var meaning = Meanings.Of(table.Table, column);
        if (column.Type.Kind.IsNumeric() && Personal.TryGetValue(meaning.Kind, out var what)
            && meaning.Kind is not (Meaning.Token or Meaning.HouseNumber))
            return new(ColumnTreatment.Fresh, $"recognised by its {meaning.Reason} as {what}");
        return IsUnique(table.Table, column) && column.Type.Kind.IsNumeric() && c >= 0
            ? new(ColumnTreatment.Fresh, "a number that identifies the row") : new(ColumnTreatment.Told, null);
    }

    Treatment? WishFor(Table table, Column column)
    {
        foreach (var wish in options.Treatments)
        {
            if (wish.Column != $"{table.Name}.{column.Name}" && wish.Column != $"{table.Name.Name}.{column.Name}") continue;
            return wish.Treatment.ToLowerInvariant() switch
            {
                "told" => new(ColumnTreatment.Told, "by --treat"),
                "fresh" => new(ColumnTreatment.Fresh, "by --treat"),
                var meaning => new(ColumnTreatment.Fresh, $"by --treat: {meaning}"),
            };
        }
        return null;
    }

    static bool IsOwnNumber(Table table, Column column) =>
        column.Type.Kind.IsInteger() && (column.Identity != IdentityKind.None || column.Sequence is not null || IsKeyAlone(table, column));

    static bool IsKeyAlone(Table table, Column column) => table.AllKeys.Any(k => k.IsPlain && k.Parts.Count == 1 && k.Parts[0].Column == column.Name);

    static bool IsUnique(Table table, Column column) => IsKeyAlone(table, column);
}
