using System.Diagnostics;
using RelSeed.Specification.Tests;

namespace RelSeed.Cli.Tests.Tool;

/// <summary>Runs the built tool as a user would: a process with arguments, two streams and an exit code.</summary>
static class RelSeedTool
{
    // .../tests/RelSeed.Cli.Tests/bin/Release/net10.0/
    static readonly string Framework =
        Path.Combine(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^2..]);

    public static string Configuration { get; } = Path.GetDirectoryName(Framework)!;

    public static string File { get; } =
        Path.Combine(GoldenFile.SolutionFolder(), "src", "RelSeed.Cli", "bin", Framework, OperatingSystem.IsWindows() ? "relseed.exe" : "relseed");

    public static Task<ToolResult> RunAsync(params string[] arguments) => RunAsync(File, arguments);

    public static async Task<ToolResult> RunAsync(string program, string[] arguments, string? folder = null, IReadOnlyDictionary<string,
        string>? environment = null)
    {
        using var process = Start(program, arguments, folder, environment);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error);
    }

    public static Process Start(string program, string[] arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder ?? Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}

sealed record ToolResult(int ExitCode, string Out, string Error)
{
    /// <summary>Fails with what the tool said.</summary>
    public ToolResult ShouldExit(ExitCode code)
    {
        Assert.True(ExitCode == (int)code, $"exit code {ExitCode} instead of {(int)code}\n{Error}\n{Out}");
        return this;
    }
}
