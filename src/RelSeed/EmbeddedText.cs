using System.Reflection;

namespace RelSeed;

/// <summary>The data tables that lie beside the code as text files.</summary>
static class EmbeddedText
{
    /// <summary>The lines but for empty ones and those that begin with # and a space.</summary>
    /// <param name="path">Folders and file name with points between: <c>Semantics.Data.stems.txt</c>.</param>
    public static IEnumerable<string> Lines(string path)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"RelSeed.{path}")
            ?? throw new ArgumentException($"There is no embedded file {path}.", nameof(path));
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal)) yield return line;
    }

    /// <summary>Names of the files in a folder, in order.</summary>
    public static IEnumerable<string> Files(string folder) => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => n.StartsWith($"RelSeed.{folder}.", StringComparison.Ordinal)).Select(n => n["RelSeed.".Length..]).Order(StringComparer.Ordinal);
}
