using System.Reflection;
using RelSeed.Cli.Targets;
using RelSeed.Loading;

namespace RelSeed.Cli.Projects;

/// <summary>Opens a context of a project.</summary>
static class ProjectContext
{
    const string Finder = "RelSeed.EntityFrameworkCore.DesignTime.DesignTimeContexts";

    /// <param name="name">Name of the context; null when there is one only.</param>
    /// <param name="database">Where its tables are, when not in its own database.</param>
    /// <exception cref="UsageException">RS1504 to RS1507: there is no such context, it cannot be made, or its EF Core is of another
    /// version.</exception>
    public static IModelContext Open(BuiltProject project, BuiltProject startup, string? name, DatabaseAddress? database)
    {
        // As when the application runs: its settings and files are looked for where it stands.
        Environment.CurrentDirectory = startup.Folder;
        foreach (var variable in new[] { "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT" })
            if (Environment.GetEnvironmentVariable(variable) is null) Environment.SetEnvironmentVariable(variable, "Development");
        var application = new ApplicationLoadContext(project, startup);
        using var reflecting = application.EnterContextualReflection();
        try
        {
            var finder = application.LoadReader().GetType(Finder, throwOnError: true)!;
            var assembly = application.LoadFromAssemblyPath(project.Assembly);
            var program = application.LoadFromAssemblyPath(startup.Assembly);
            (string, string)? told = database is null ? null : (database.Provider, database.Connection);
            return (IModelContext)finder.GetMethod("Create")!.Invoke(null, BindingFlags.DoNotWrapExceptions, null,
                [assembly, program, name, told], null)!;
        }
        catch (Exception fault) when (fault is FileLoadException or FileNotFoundException or TypeLoadException or MissingMethodException)
        {
            throw new UsageException("RS1507",
                $"The context of {Path.GetFileName(project.Assembly)} cannot be read: {fault.Message.ReplaceLineEndings(" ").TrimEnd('.')}. RelSeed reads models of EF Core {ReadersVersion().Major}: use that version in the project.");
        }
    }

    static Version ReadersVersion() =>
        AssemblyName.GetAssemblyName(Path.Combine(AppContext.BaseDirectory, "Microsoft.EntityFrameworkCore.dll")).Version!;

    /// <summary>The context's own database.</summary>
    /// <exception cref="UsageException">RS1508: its provider is none that RelSeed fills, or it has no connection string.</exception>
    public static DatabaseAddress AddressOf(IModelContext context)
    {
        var provider = context.Provider switch
        {
            "Npgsql.EntityFrameworkCore.PostgreSQL" => DatabaseAddress.PostgreSql,
            "Microsoft.EntityFrameworkCore.Sqlite" => DatabaseAddress.Sqlite,
            var other =>
                throw new UsageException("RS1508",
                    $"The context {context.Name} uses {other}, and RelSeed fills PostgreSQL and SQLite. Choose another context with --context."),
        };
        return context.ConnectionString is { Length: > 0 } connection ? new(provider, connection)
            : throw new UsageException("RS1508", $"The context {context.Name} tells no connection string. Name the database as DB beside --project.");
    }
}
