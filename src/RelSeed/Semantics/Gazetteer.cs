namespace RelSeed.Semantics;

/// <summary>Real places and countries as parallel word lists, <c>place.city:de</c> and <c>country.name</c>: one draw gives a city, its region,
/// postcode, country, telephone numbers, time zone and currency that agree.</summary>
static class Gazetteer
{
    // Share of places in the locale's own countries.
    const double HomeShare = 0.7;

    static readonly string[] CountryFields =
        ["code2", "code3", "number", "name", "continent", "currency", "prefix", "capital", "language", "population"];

    static readonly Lazy<List<string[]>> CountryRows = new(() => [.. OwnWords.Lines("countries.txt").Select(Fields)]);
    static readonly Lazy<List<Place>> Places = new(LoadPlaces);

    /// <summary>The name is one of the gazetteer's, whose lists are parallel.</summary>
    public static bool Owns(string name) =>
        name.StartsWith("place.", StringComparison.Ordinal) || name.StartsWith("country.", StringComparison.Ordinal);

    public static WordList? TryGet(string name)
    {
        if (!Owns(name) && !name.StartsWith("city.", StringComparison.Ordinal)) return null;
        var parts = name.Split('.', ':');
        if (parts[0] == "country") return new WordList(name, [.. CountryRows.Value.Select(r => r[Array.IndexOf(CountryFields, parts[1])])]);
        var locale = parts.Length > 2 ? parts[2] : Locales.Default;
        if (parts[0] == "city") return new WordList(name, [.. InOrder(locale).Select(p => p.City).DistinctBy(AsciiFold.Key)]);
        return new WordList(name, [.. Places.Value.Select(p => p.Field(parts[1]))], Weights(locale));
    }

    /// <summary>The list of the same things that is written shorter, or null.</summary>
    public static string? ShorterField(string name)
    {
        var colon = name.IndexOf(':');
        var (field, locale) = colon < 0 ? (name, "") : (name[..colon], name[colon..]);
        var shorter = field switch
        {
            "place.region" => "place.regioncode",
            "place.country" => "place.country3",
            "place.country3" => "place.country2",
            "country.name" => "country.code3",
            "country.code3" => "country.code2",
            "place.countrylanguage" => "place.language",
            _ => null,
        };
        return shorter is null ? null : shorter + locale;
    }

    static IEnumerable<Place> InOrder(string locale) => Places.Value.OrderBy(p => p.Country.Locales.Contains(locale) ? 0 : 1);

    static double[] Weights(string locale)
    {
        var places = Places.Value;
        var home = places.Count(p => p.Country.Locales.Contains(locale));
        return [.. places.Select(p => home == 0 ? 1 : p.Country.Locales.Contains(locale) ? HomeShare / home
            : (1 - HomeShare) / (places.Count - home))];
    }

    static string[] Fields(string line) => line.Split('|', StringSplitOptions.TrimEntries);

    static List<Place> LoadPlaces()
    {
        var places = new List<Place>();
        var country = default(PlaceCountry);
        foreach (var line in OwnWords.Lines("places.txt"))
            if (line[0] == '=') country = Country(Fields(line[1..]));
            else places.Add(new Place(country!, Fields(line)));
        return places;
    }

    static PlaceCountry Country(string[] fields) =>
        new(CountryRows.Value.Single(r => r[0] == fields[0]), fields[1].Split(' '), fields[2], fields[3], fields[4], fields[5], fields[6], fields[7]);

    sealed record PlaceCountry(
        string[] Facts, string[] Locales, string Street, string Mobile, string Phone, string TimeZone, string Vat, string Iban);

    sealed record Place(PlaceCountry Country, string[] Fields)
    {
        public string City => Fields[0];

        public string Field(string name) => name switch
        {
            "city" => City,
            "region" => Fields[1],
            "regioncode" => Fields[2],
            "postcode" => Fields[3],
            "latitude" => Fields[4],
            "longitude" => Fields[5],
            "phone" => Own(6) ?? Country.Phone,
            "timezone" => Own(7) ?? Country.TimeZone,
            "mobile" => Country.Mobile,
            "street" => Country.Street,
            "vat" => Country.Vat,
            // Countries without an IBAN of their own keep accounts in Germany.
            "iban" => Country.Iban.Length > 0 ? Country.Iban : "DE00##################",
            "country" => Country.Facts[3],
            "country2" => Country.Facts[0],
            "country3" => Country.Facts[1],
            "countrynumber" => Country.Facts[2],
            "continent" => Country.Facts[4],
            "currency" => Country.Facts[5],
            "prefix" => Country.Facts[6],
            "language" => Country.Facts[8],
            "locale" => $"{Country.Facts[8]}-{Country.Facts[0]}",
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "A place has no such field."),
        };

        string? Own(int field) => Fields.Length > field && Fields[field].Length > 0 ? Fields[field] : null;
    }
}
