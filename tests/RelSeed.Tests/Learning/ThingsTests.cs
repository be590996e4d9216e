using RelSeed.Learning;
using RelSeed.Learning.Sampling;
using RelSeed.Schema;
using static RelSeed.Tests.Planning.TestSchemas;

namespace RelSeed.Tests.Learning;

/// <summary>Which tables are taken for catalogues, and which for persons'.</summary>
public sealed class ThingsTests
{
    static readonly DatabaseSchema Schema = Database(
        Table("customers", ["id int!", "first_name text!", "last_name text!", "home_id int!", "tier_id int!"], pk: ["id"],
            fks: [(["home_id"], "homes", ["id"]), (["tier_id"], "tiers", ["id"])]),
        Table("homes", ["id int!", "district text!"], pk: ["id"]),
        Table("tiers", ["id int!", "label text!"], pk: ["id"]),
        Table("orders", ["id int!", "customer_id int!", "amount int!"], pk: ["id"], fks: [(["customer_id"], "customers", ["id"])]),
        Table("genres", ["id int!", "name text!"], pk: ["id"]),
        Table("suppliers", ["id int!", "company_name text!", "contact_name text!"], pk: ["id"]),
        Table("shippers", ["id int!", "company_name text!", "phone text!"], pk: ["id"]),
        Table("stores", ["id int!", "store_name text!", "email text!"], pk: ["id"]),
        Table("companies", ["id int!", "company_name text!", "email text!"], pk: ["id"]),
        Table("stays", ["id int!", "genre_id int!", "street_address text!"], pk: ["id"], fks: [(["genre_id"], "genres", ["id"])]),
        Table("wugs", ["id int!", "blick text!"], pk: ["id"]),
        Table("comments", ["id int!", "genre_id int!", "blick text!"], pk: ["id"], fks: [(["genre_id"], "genres", ["id"])]),
        Table("tracks", ["id int!", "genre_id int!", "length int!"], pk: ["id"], fks: [(["genre_id"], "genres", ["id"])]),
        Table("regions", ["id int!", "genre_id int!", "average_salary int!"], pk: ["id"], fks: [(["genre_id"], "genres", ["id"])]),
        Table("accounts", ["id int!", "genre_id int!"], pk: ["id"], fks: [(["genre_id"], "genres", ["id"])]),
        Table("loans", ["id int!", "account_id int!", "months int!"], pk: ["id"], fks: [(["account_id"], "accounts", ["id"])]),
        Table("account_types", ["id int!", "label text!"], pk: ["id"]),
        Table("species", ["id int!", "label text!"], pk: ["id"]),
        Table("animals", ["id int!", "label text!"], pk: ["id"]),
        Table("schools", ["id int!", "full_name text!"], pk: ["id"]));

    static Dictionary<string, List<string?[]>> Rows()
    {
        var rows = Schema.Tables.ToDictionary(t => t.Name.Name, _ => new List<string?[]>());
        for (var i = 0; i < 60; i++)
        {
            rows["customers"].Add([$"{i}", "Ann", "Fox", $"{i}", $"{i % 4}"]);
            rows["homes"].Add([$"{i}", $"district {i % 5}"]);
            rows["orders"].Add([$"{i}", $"{i}", $"{i % 9}"]);
        }
        for (var i = 0; i < 4; i++)
        {
            rows["tiers"].Add([$"{i}", $"tier {i}"]);
            rows["genres"].Add([$"{i}", $"genre {i}"]);
        }
        foreach (var name in (string[])["suppliers", "shippers", "stores", "stays", "comments", "tracks", "regions", "accounts", "loans"])
            for (var i = 0; i < 20; i++) rows[name].Add([.. new[] { $"{i}", $"{i % 4}", $"{i}" }.Take(Schema.Tables.First(t => t.Name.Name == name).Columns.Count)]);
        for (var i = 0; i < 20; i++) rows["companies"].Add([$"{i}", $"{i % 4}", i == 7 ? "anna.fox@example.com" : $"office{i}@example.com"]);
        foreach (var name in (string[])["wugs", "schools", "account_types", "species", "animals"])
            for (var i = 0; i < 20; i++) rows[name].Add([$"{i}", $"{i}"]);
        return rows;
    }

    static readonly Lazy<Task<HashSet<string>>> Catalogues = new(async () =>
    {
        var samples = await new Sampler(new MemoryRows(Rows()), Schema, LearnerTests.Options, progress: null)
            .ReadAsync(TestContext.Current.CancellationToken);
        return [.. samples.Where(s =>
            Things.IsCatalogue(s, [.. samples.SelectMany(o => o.References).Where(r => r.Principal == s && r.Dependent != s)]))
            .Select(s => s.Table.Name.Name)];
    });

    [Theory]
    [InlineData("genres", "its name is known for a thing")]
    [InlineData("tracks", "it leads to things alone")]
    [InlineData("tiers", "many persons share each row")]
    [InlineData("shippers", "the phone of a firm is no person's")]
    [InlineData("stores", "the address of a firm's mail is no person's")]
    [InlineData("regions", "an average salary is nobody's")]
    [InlineData("schools", "the full name of a school is a school's")]
    [InlineData("account_types", "a type of accounts is nobody's account")]
    [InlineData("species", "a species is nobody's animal")]
    public async Task What_is_about_no_person_is_a_catalogue(string table, string why) => Assert.True((await Catalogues.Value).Contains(table), why);

    [Theory]
    [InlineData("customers", "it holds names of persons")]
    [InlineData("orders", "it leads to a person")]
    [InlineData("homes", "each row belongs to one person")]
    [InlineData("suppliers", "a contact is a person")]
    [InlineData("companies", "an address of mail is made of somebody's name")]
    [InlineData("stays", "an address may be a person's")]
    [InlineData("comments", "persons write them")]
    [InlineData("animals", "a person may own them")]
    [InlineData("loans", "an account is somebody's, and so is what hangs on it")]
    [InlineData("wugs", "nothing is known of it")]
    public async Task What_may_be_about_persons_is_none(string table, string why) => Assert.False((await Catalogues.Value).Contains(table), why);
}
