using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text.Json;

namespace RelSeed.Cli.Projects;

/// <summary>Loads an application beside the tool: with its own versions of everything, EF Core above all; only RelSeed's core is shared.</summary>
sealed class ApplicationLoadContext(BuiltProject project, BuiltProject startup) : AssemblyLoadContext("application")
{
    const string Core = "RelSeed", Reader = "RelSeed.EntityFrameworkCore";

    readonly AssemblyDependencyResolver[] _resolvers =
        [.. new[] { startup.Assembly, project.Assembly }.Distinct().Select(a => new AssemblyDependencyResolver(a))];
    readonly string[] _frameworks = [.. FrameworksOf(startup.Assembly)];

    /// <summary>RelSeed's reader of models, which takes the application's EF Core.</summary>
    public Assembly LoadReader() => LoadFromAssemblyName(new AssemblyName(Reader));

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == Core) return null;
        if (assemblyName.Name == Reader) return LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{Reader}.dll"));
        var path = _resolvers.Select(r => r.ResolveAssemblyToPath(assemblyName)).FirstOrDefault(p => p is not null)
            ?? _frameworks.Select(f => Path.Combine(f, $"{assemblyName.Name}.dll")).FirstOrDefault(File.Exists);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = _resolvers.Select(r => r.ResolveUnmanagedDllToPath(unmanagedDllName)).FirstOrDefault(p => p is not null);
        return path is null ? 0 : LoadUnmanagedDllFromPath(path);
    }

    // Shared frameworks beside the one the tool itself runs on: ASP.NET Core's.
    static IEnumerable<string> FrameworksOf(string assembly)
    {
        var file = Path.ChangeExtension(assembly, ".runtimeconfig.json");
        if (!File.Exists(file)) yield break;
        using var configuration = JsonDocument.Parse(File.ReadAllBytes(file));
        var options = configuration.RootElement.GetProperty("runtimeOptions");
        var frameworks = options.TryGetProperty("frameworks", out var several) ? several.EnumerateArray().ToList()
            : options.TryGetProperty("framework", out var one) ? [one] : [];
        var shared = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", ".."));
        foreach (var name in frameworks.Select(f => f.GetProperty("name").GetString()!).Where(n => n != "Microsoft.NETCore.App"))
            if (Newest(Path.Combine(shared, name)) is { } folder) yield return folder;
    }

    static string? Newest(string framework) => !Directory.Exists(framework) ? null : Directory.GetDirectories(framework)
        .Where(f => Version.TryParse(Path.GetFileName(f).Split('-')[0], out var version) && version.Major == Environment.Version.Major)
        .MaxBy(f => Version.Parse(Path.GetFileName(f).Split('-')[0]));
}
