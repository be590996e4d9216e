using System.Diagnostics;
using System.Text.Json;

namespace RelSeed.Cli.Projects;

/// <summary>A project's built assembly, and where the project stands.</summary>
sealed record BuiltProject(string Assembly, string Folder)
{
    const int MostLines = 5;

    /// <param name="path">A project file, a folder that holds one, or a built assembly.</param>
    /// <param name="build">Builds it first.</param>
    /// <exception cref="UsageException">RS1501: there is none; RS1502: it does not build; RS1503: it is not built.</exception>
    public static async Task<BuiltProject> FindAsync(string path, bool build, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        if (full.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            return File.Exists(full) ? new(full, Path.GetDirectoryName(full)!)
                : throw new UsageException("RS1501", $"There is no assembly {path}. Name a project's file, its folder, or its built assembly.");
        var project = ProjectIn(full, path);
        if (build) await BuildAsync(project, cancellationToken);
        var output = await RunAsync(["msbuild", project, "-getProperty:TargetPath", "-getProperty:TargetFrameworks", "-nologo"], cancellationToken);
        using var properties = Read(output.Text);
        var target = properties?.RootElement.GetProperty("Properties").GetProperty("TargetPath").GetString();
        if (string.IsNullOrEmpty(target) || !File.Exists(target))
            throw new UsageException("RS1503",
                $"The built assembly of {Path.GetFileName(project)} is not there. Leave out --no-build, or name the assembly itself with --project: bin/Debug/net10.0/{Path.GetFileNameWithoutExtension(project)}.dll.");
        return new(target, Path.GetDirectoryName(project)!);
    }

    static string ProjectIn(string full, string path)
    {
        if (File.Exists(full)) return full;
        var found = Directory.Exists(full) ? Directory.GetFiles(full, "*.*proj") : [];
        return found.Length == 1 ? found[0] : throw new UsageException("RS1501", found.Length == 0
            ? $"There is no project {path}. Name a project's file, its folder, or its built assembly."
            : $"The folder {path} holds several projects: {string.Join(", ", found.Select(Path.GetFileName).Order(StringComparer.Ordinal))}. Name one of them.");
    }

    static async Task BuildAsync(string project, CancellationToken cancellationToken)
    {
        var (exitCode, text) = await RunAsync(["build", project, "-nologo", "-v", "q", "-clp:NoSummary"], cancellationToken);
        if (exitCode == 0) return;
        var errors = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(l => l.Contains("error", StringComparison.OrdinalIgnoreCase)).Distinct().Take(MostLines);
        throw new UsageException("RS1502",
            $"{Path.GetFileName(project)} does not build: {string.Join("; ", errors)}. Mend it, or name its built assembly with --project.");
    }

    static async Task<(int ExitCode, string Text)> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output + await error);
    }

    static JsonDocument? Read(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
