using System.Security.Cryptography;
using System.Text;
using RelSeed.Planning;
using RelSeed.Sqlite;

namespace RelSeed.Testing.Keys;

/// <summary>The digest of all that decides what is in a template.</summary>
static class TemplateKey
{
    // Raised when the making of templates itself changes.
    const int Form = 1;

    public static async Task<string> OfAsync(string provider, SchemaStep schema, Action<Seeder>? seed, SeededDatabaseOptions options)
    {
        var text =
            new StringBuilder(
            $"form {Form}\nprovider {provider}\ngenerator {SeedPlan.CurrentGeneratorVersion}\nschema {schema.Key}\nkey {options.Key}\n");
        // Another build of the core may read schemas or plan differently.
        text.Append($"core {typeof(Seeder).Module.ModuleVersionId}\n");
        if (seed is not null)
        {
            // A seeder's settings do not depend on its database.
            await using var nowhere = SqliteTarget.Open("Data Source=:memory:");
            var seeder = Seeder.For(nowhere);
            seed(seeder);
            text.Append($"seed {StructuralText.Of(seeder)}\n");
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }
}
