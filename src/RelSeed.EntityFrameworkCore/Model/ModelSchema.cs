using Microsoft.EntityFrameworkCore;
using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>A context's database as its catalog tells, with what only the context's model knows.</summary>
static class ModelSchema
{
    /// <param name="target">The context's database.</param>
    public static Task<DatabaseSchema> ReadAsync(DbContext context, SeedTarget target, SchemaReadOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return target.ReadSchemaAsync(options, cancellationToken);
    }
}
