using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;
using RelSeed.Loading;
using RelSeed.Planning;

namespace RelSeed.EntityFrameworkCore.DesignTime;

/// <summary>Finds and makes the contexts of a built application, in the order in which EF Core's tools do: by a factory for design time, by the
/// application's services, by a constructor.</summary>
/// <remarks>Called by the tool through reflection, in the application's own load context.</remarks>
static class DesignTimeContexts
{
    /// <param name="project">Holds the contexts.</param>
    /// <param name="startup">Configures and runs them; may be the same.</param>
    /// <param name="name">Name of the context, with or without namespace; null when there is one only.</param>
    /// <param name="database">Provider, <c>postgresql</c> or <c>sqlite</c>, and connection string of a database for contexts that nothing else
    /// configures; null when none is told.</param>
    /// <exception cref="UsageException">RS1504: there is none; RS1505: there are several, or none of the name; RS1506: it cannot be made.</exception>
    public static IModelContext Create(Assembly project, Assembly startup, string? name, (string Provider, string Connection)? database)
    {
        var factories = TypesOf(project).Concat(TypesOf(startup)).Distinct().Where(t => !t.IsAbstract)
            .SelectMany(t => t.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDesignTimeDbContextFactory<>))
            .Select(i => (Factory: t, Context: i.GetGenericArguments()[0])))
            .DistinctBy(f => f.Context).ToDictionary(f => f.Context, f => f.Factory);
        var services = new Lazy<IServiceProvider?>(() => ApplicationServices.Find(startup));
        var contexts = TypesOf(project).Concat(TypesOf(startup))
            .Where(t => typeof(DbContext).IsAssignableFrom(t) && t is { IsAbstract: false, IsGenericType: false } && t != typeof(DbContext))
            .Concat(factories.Keys).Distinct().ToList();
        // Contexts of a library are known to the application alone.
        if (contexts.Count == 0) contexts = [.. Registered(services.Value).Distinct()];
        var type = Choose(contexts, project, name);
        return new DesignTimeContext(Make(type, factories, services, database));
    }

    static IEnumerable<Type> Registered(IServiceProvider? services) => services?.GetServices<DbContextOptions>().Select(o => o.ContextType) ?? [];

    static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException fault)
        {
            return fault.Types.OfType<Type>();
        }
    }

    static Type Choose(List<Type> contexts, Assembly project, string? name)
    {
        var named = name is null ? contexts : contexts.FindAll(c => c.FullName == name || c.Name == name);
        if (named.Count == 0 && name is not null) named = contexts.FindAll(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (named is [var only]) return only;
        var names = string.Join(", ", contexts.Select(c => c.Name).Order(StringComparer.Ordinal));
        if (contexts.Count == 0)
            throw new UsageException("RS1504",
                $"There is no DbContext in {project.GetName().Name}, and its services know none. Name the project that holds it with --project, and the one that runs it with --startup-project.");
        throw new UsageException("RS1505", name is null
            ? $"There are {contexts.Count} contexts in {project.GetName().Name}: {names}. Choose one with --context."
            : named.Count > 1
            ? $"The name {name} stands for several contexts: {string.Join(", ", named.Select(c => c.FullName))}. Write its namespace too."
            : $"There is no context {name} in {project.GetName().Name}. It has {names}. The nearest is {TableSelection.Nearest(contexts.Select(c => c.Name), name).First()}.");
    }

    static DbContext Make(Type type, Dictionary<Type, Type> factories, Lazy<IServiceProvider?> services,
        (string Provider, string Connection)? database)
    {
        try
        {
            if (factories.TryGetValue(type, out var factory))
                return (DbContext)factory.GetInterfaces().First(i => i.IsGenericType && i.GetGenericArguments() is [var of] && of == type)
                    .GetMethod("CreateDbContext")!.Invoke(Activator.CreateInstance(factory), [Array.Empty<string>()])!;
            if (services.Value is { } provider && provider.CreateScope().ServiceProvider.GetService(type) is DbContext served) return served;
            if (type.GetConstructor(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, []) is { } plain)
                return (DbContext)plain.Invoke(null);
            if (database is { } told && ProviderOptions.Make(type, told.Provider, told.Connection) is { } options)
                return (DbContext)Activator.CreateInstance(type, options)!;
        }
#pragma warning disable CA1031 // Constructors and configuration are the application's own code.
        catch (Exception fault) when (fault is not UsageException)
#pragma warning restore CA1031
        {
            var inner = fault is TargetInvocationException { InnerException: { } thrown } ? thrown : fault;
            throw new UsageException("RS1506",
                $"The context {type.Name} cannot be made: {inner.GetType().Name}: {inner.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Mend it, or add an IDesignTimeDbContextFactory<{type.Name}>.");
        }
        throw new UsageException("RS1506",
            $"The context {type.Name} cannot be made: it has no factory for design time, the application's services do not know it, and it has no constructor without parameters. "
            + $"Add an IDesignTimeDbContextFactory<{type.Name}>, name the application with --startup-project, or name a database for a constructor that takes DbContextOptions.");
    }
}

/// <summary>A context as the tool sees it.</summary>
sealed class DesignTimeContext(DbContext context) : IModelContext
{
    public string Name => context.GetType().Name;

    public string Provider
    {
        get
        {
            ContextChecks.Require(context);
            return context.Database.ProviderName!;
        }
    }

    public string? ConnectionString => context.Database.GetConnectionString();

    public Task<Schema.DatabaseSchema> ReadSchemaAsync(SeedTarget target, Schema.SchemaReadOptions options, CancellationToken cancellationToken) =>
        Model.ModelSchema.ReadAsync(context, target, options, cancellationToken);

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
