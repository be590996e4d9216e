using Spectre.Console;

namespace RelSeed.Cli.Output;

/// <summary>stdout for what was asked, stderr for progress, warnings and questions.</summary>
static class Terminal
{
    // Wide enough that no row of a table is broken in a log.
    const int WidthOfFiles = 200;

    /// <summary>Somebody watches stderr, so bars may move on it.</summary>
    public static bool IsWatched => !Console.IsErrorRedirected && !IsContinuousIntegration && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Somebody can answer a question.</summary>
    public static bool CanAsk => IsWatched && !Console.IsInputRedirected;

    public static IAnsiConsole Out => field ??= Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Error => field ??= Create(Console.Error, Console.IsErrorRedirected);

    static bool IsContinuousIntegration => Environment.GetEnvironmentVariable("CI") is { Length: > 0 } ci && ci != "false";

    /// <summary>Prints a result and ends its last line.</summary>
    public static void Print(string text)
    {
        Console.Out.Write(text);
        if (!text.EndsWith('\n')) Console.Out.Write('\n');
    }

    public static void Warn(IEnumerable<string> warnings)
    {
        foreach (var warning in warnings) Console.Error.WriteLine($"warning: {warning}");
    }

    static IAnsiConsole Create(TextWriter writer, bool isFile)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isFile ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isFile ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(writer),
        });
        if (isFile) console.Profile.Width = WidthOfFiles;
        return console;
    }
}
