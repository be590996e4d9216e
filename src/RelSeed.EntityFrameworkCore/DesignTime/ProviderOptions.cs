using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace RelSeed.EntityFrameworkCore.DesignTime;

/// <summary>Options for a context whose only constructor takes them, by the provider that the application has.</summary>
static class ProviderOptions
{
    static readonly Dictionary<string, (string Assembly, string Type, string Method)> Providers = new(StringComparer.Ordinal)
    {
        ["postgresql"] =
            ("Npgsql.EntityFrameworkCore.PostgreSQL", "Microsoft.EntityFrameworkCore.NpgsqlDbContextOptionsBuilderExtensions", "UseNpgsql"),
        ["sqlite"] = ("Microsoft.EntityFrameworkCore.Sqlite", "Microsoft.EntityFrameworkCore.SqliteDbContextOptionsBuilderExtensions", "UseSqlite"),
    };

    /// <returns>Null when the context takes no options.</returns>
    public static object? Make(Type context, string provider, string connection)
    {
        var wanted = typeof(DbContextOptions<>).MakeGenericType(context);
        if (!context.GetConstructors().Any(c => c.GetParameters() is [var only] && only.ParameterType.IsAssignableFrom(wanted))) return null;
        var (assembly, type, method) = Providers[provider];
        var builder = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(context))!;
        var use = Assembly.Load(assembly).GetType(type)!.GetMethods()
            .First(m => m.Name == method && !m.IsGenericMethod && m.GetParameters() is [_, { ParameterType: var text }, _] && text == typeof(string));
        use.Invoke(null, [builder, connection, null]);
        return builder.Options;
    }
}
