using System.CommandLine;
using System.CommandLine.Invocation;
using RelSeed.Cli.Commands;
using RelSeed.Cli.Output;
using RelSeed.Cli.Targets;

namespace RelSeed.Cli;

/// <summary>Parses the command line, runs the verb, and turns whatever goes wrong into one paragraph and an exit code.</summary>
static class CliApplication
{
    public static async Task<ExitCode> RunAsync(string[] args)
    {
        var parse = RelSeedCommand.Create().Parse(args.Length == 0 ? ["--help"] : args);
        using var stop = new StopSignals();
        try
        {
            if (parse.Action is ParseErrorAction) throw UsageOf(parse);
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return (ExitCode)await parse.InvokeAsync(invocation, stop.Token);
        }
#pragma warning disable CA1031 // The last resort: users get a paragraph, not a stack trace.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return Faults.Report(fault, FormatOption.IsJson(parse), stop.Token.IsCancellationRequested);
        }
    }

    static UsageException UsageOf(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var name = command.Parents.Any() ? $"relseed {command.Name}" : command.Name;
        if (!command.Parents.Any() && parse.UnmatchedTokens is [var verb, ..])
            return new("RS1001",
                $"There is no verb '{Secrets.Mask(verb)}': RelSeed has {string.Join(", ", command.Subcommands.Select(c => c.Name))}. 'relseed --help' tells what they do.");
        var faults = parse.Errors.Select(e => Secrets.Mask(e.Message).TrimEnd('.')).Distinct().ToList();
        var count = faults.Count == 1 ? "The command line is wrong" : $"The command line has {faults.Count} faults";
        return new("RS1001", $"{count}: {string.Join("; ", faults)}. '{name} --help' lists what it takes.");
    }
}
