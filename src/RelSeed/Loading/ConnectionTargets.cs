using System.Data.Common;
using System.Reflection;

namespace RelSeed.Loading;

/// <summary>Opens a provider's target over a connection that another owns: what a provider's assembly offers by
/// <see cref="ConnectionTargetAttribute"/>.</summary>
public interface IConnectionTarget
{
    /// <summary>A target over the connection, which stays its owner's; a transaction that is under way on it is joined.</summary>
    SeedTarget Over(DbConnection connection);
}

/// <summary>Names the type by which an assembly opens targets over connections.</summary>
/// <param name="type">Implements <see cref="IConnectionTarget"/> and has a constructor without parameters.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ConnectionTargetAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}

/// <summary>Finds the provider that goes with a connection.</summary>
/// <remarks>By name, since the core knows no driver: a program that seeds over its own connections refers to the driver and to RelSeed's
/// provider.</remarks>
public static class ConnectionTargets
{
    static readonly Dictionary<string, string> Providers = new(StringComparer.Ordinal)
    {
        ["Npgsql.NpgsqlConnection"] = "RelSeed.PostgreSql",
        ["Microsoft.Data.Sqlite.SqliteConnection"] = "RelSeed.Sqlite",
        ["Microsoft.Data.SqlClient.SqlConnection"] = "RelSeed.SqlServer",
    };

    /// <exception cref="UsageException">RS1401: no provider of RelSeed works on such connections; RS1402: it is not among the program's
    /// assemblies.</exception>
    public static SeedTarget Over(DbConnection connection)
    {
        var type = connection.GetType().FullName!;
        if (!Providers.TryGetValue(type, out var provider))
            throw new UsageException("RS1401",
                $"RelSeed cannot fill a database through a {type}. It works through {string.Join(", ", Providers.Keys)}. Use one of their providers.");
        return Find(provider, type).Over(connection);
    }

    static IConnectionTarget Find(string provider, string connection)
    {
        try
        {
            var offered = Assembly.Load(provider).GetCustomAttribute<ConnectionTargetAttribute>();
            return (IConnectionTarget)Activator.CreateInstance(offered!.Type)!;
        }
        catch (FileNotFoundException)
        {
            throw new UsageException("RS1402",
                $"The program connects through {connection}, and RelSeed's provider for it is not there. Add the package {provider} to the project.");
        }
    }
}
