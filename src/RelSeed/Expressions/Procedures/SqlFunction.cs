using RelSeed.Schema;

namespace RelSeed.Expressions;

/// <summary>A function of the schema's own that returns one value.</summary>
/// <param name="Schema">Where it is; it may be called without it.</param>
/// <param name="Parameters">Names of its parameters in order; empty for one without a name.</param>
/// <param name="IsStrict">Null for any argument that is null.</param>
/// <param name="IsProcedural">The body is of PL/pgSQL; else it is one SQL statement.</param>
/// <param name="Body">As it was written.</param>
public sealed record SqlFunction(string Schema, string Name, EquatableArray<string> Parameters, bool IsStrict, bool IsProcedural, string Body);
