using RelSeed.Loading;

namespace RelSeed.Testing;

/// <summary>A seeded database that nobody writes to, held so that it is not cleaned away; its disposal lets it go and drops the clones that are
/// left.</summary>
abstract class Template : IAsyncDisposable
{
    /// <summary>It was made now, not found.</summary>
    public required bool IsNew { get; init; }

    public abstract Task<DatabaseClone> CloneAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}

/// <summary>What a template is made of.</summary>
/// <param name="Key">Digest of all that decides its content; 32 hexadecimal digits.</param>
sealed record TemplateRecipe(string Key, SchemaStep Schema, Action<Seeder>? Seed, SeededDatabaseOptions Options)
{
    /// <summary>Fills a database that has its schema.</summary>
    /// <exception cref="RelSeedException">It cannot be filled; RS4002: constraints are broken.</exception>
    public async Task SeedAsync(SeedTarget target, CancellationToken cancellationToken)
    {
        if (Seed is null) return;
        var seeder = Seeder.For(target).KeepFilled();
        Seed(seeder);
        var report = await seeder.RunAsync(cancellationToken);
        if (report.Verification.IsClean) return;
        var broken = report.Verification.Findings.Select(f => $"{f.Table} {f.Constraint} ({f.Rows} rows)".Replace("  ", " "));
        throw new TemplateException("RS4002",
            $"The seeded template breaks {report.Verification.Findings.Count} of its constraints: {string.Join(", ", broken.Take(5))}. 'relseed verify' on a database seeded the same way tells more.");
    }
}
