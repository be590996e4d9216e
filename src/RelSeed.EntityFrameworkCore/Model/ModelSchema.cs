using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>What a context's model says of its database.</summary>
static class ModelSchema
{
    /// <summary>The database as its catalog tells, with what only the model knows; where both differ, <see cref="DatabaseSchema.Drift"/> says
    /// so.</summary>
    /// <param name="target">The context's database.</param>
    /// <remarks>Tables that the model does not map are left out, except those that its tables refer to.</remarks>
    /// <exception cref="PlanException">RS2036: a value converter takes no value.</exception>
    public static async Task<DatabaseSchema> ReadAsync(DbContext context, SeedTarget target, SchemaReadOptions options,
        CancellationToken cancellationToken)
    {
        var model = context.GetService<IDesignTimeModel>().Model;
        return Enrich(await target.ReadSchemaAsync(options, cancellationToken), model);
    }

    /// <summary>The database that the model would create, for a plan without one.</summary>
    /// <param name="model">The design-time model.</param>
    /// <param name="provider">The provider's name: <c>postgresql</c>, <c>sqlite</c>.</param>
    /// <exception cref="PlanException">RS2036: a value converter takes no value.</exception>
    public static DatabaseSchema FromModel(IModel model, string provider) => Enrich(ModelDatabase.Of(model, provider), model);

    /// <summary>Adds to a schema what the model says of it.</summary>
    public static DatabaseSchema Enrich(DatabaseSchema schema, IModel model)
    {
        var tables = new ModelTables(schema, model);
        var enricher = new TableEnricher(tables);
        return schema with
        {
            Tables = tables.Covered().Select(t => tables.Find(t) is { } mapped ? enricher.Enrich(t, mapped) : t).ToEquatableArray(),
            Drift = ModelDrift.Between(tables).ToEquatableArray(),
        };
    }
}
