using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>A plan turned into code: one <see cref="TableGenerator"/> a table. Stateless, so any number of threads may read rows from it.</summary>
public sealed class SeedGenerator
{
    readonly Dictionary<TableName, TableGenerator> _tables;

    SeedGenerator(Dictionary<TableName, TableGenerator> tables) => _tables = tables;

    public TableGenerator this[TableName table] => _tables[table];

    /// <summary>Turns a plan into code.</summary>
    /// <param name="existing">Rows that stand in the database, of the tables whose plan counts some.</param>
    public static SeedGenerator Compile(SeedPlan plan, IReadOnlyDictionary<TableName, ExistingRows>? existing = null) =>
        new(PlanCompiler.Compile(plan, existing ?? new Dictionary<TableName, ExistingRows>()));

    /// <param name="before">Another plan of the same schema and seed, and its code: what has not changed since is taken over.</param>
    internal static SeedGenerator Compile(
        SeedPlan plan, IReadOnlyDictionary<TableName, ExistingRows> existing, (SeedPlan Plan, SeedGenerator Rows) before) =>
        new(PlanCompiler.Compile(plan, existing, made: PlanComparison.Unchanged(before.Plan, plan).ToDictionary(t => t, t => before.Rows[t])));
}
