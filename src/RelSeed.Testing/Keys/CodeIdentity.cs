using System.Collections.Concurrent;
using System.Reflection;

namespace RelSeed.Testing.Keys;

/// <summary>What identifies compiled code: the module ids of an assembly and of those it refers to in the program's folder.</summary>
static class CodeIdentity
{
    static readonly ConcurrentDictionary<Assembly, string> Known = [];

    public static string Of(MethodInfo method) =>
        $"{method.DeclaringType?.FullName}.{method.Name}#{method.MetadataToken:x}@{Known.GetOrAdd(method.Module.Assembly, OfAssembly)}";

    static string OfAssembly(Assembly assembly)
    {
        var seen = new SortedDictionary<string, Guid>(StringComparer.Ordinal);
        Add(assembly, seen);
        return string.Join(',', seen.Values.Select(id => id.ToString("N")));
    }

    static void Add(Assembly assembly, SortedDictionary<string, Guid> seen)
    {
        if (!seen.TryAdd(assembly.FullName!, assembly.ManifestModule.ModuleVersionId)) return;
        foreach (var name in assembly.GetReferencedAssemblies())
            if (Load(name) is { } used && IsOfProgram(used)) Add(used, seen);
    }

    static Assembly? Load(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception fault) when (fault is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }

    // The framework's assemblies change with its servicing, and no schema with them.
    static bool IsOfProgram(Assembly assembly) =>
        !assembly.IsDynamic && assembly.Location.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal);
}
