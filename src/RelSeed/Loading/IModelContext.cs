using RelSeed.Schema;

namespace RelSeed.Loading;

/// <summary>A context of an application, as the tool sees it across the boundary of their load contexts: only types of the core cross it.</summary>
interface IModelContext : IAsyncDisposable
{
    /// <summary>The class's name.</summary>
    string Name { get; }

    /// <summary>EF Core's name of the provider.</summary>
    string Provider { get; }

    /// <summary>Null when the context has none.</summary>
    string? ConnectionString { get; }

    Task<DatabaseSchema> ReadSchemaAsync(SeedTarget target, SchemaReadOptions options, CancellationToken cancellationToken);
}
