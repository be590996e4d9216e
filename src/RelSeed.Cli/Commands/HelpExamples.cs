using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RelSeed.Cli.Commands;

/// <summary>Help with examples at its end.</summary>
static class HelpExamples
{
    public static void AddTo(Command command, params (string Purpose, string Line)[] examples)
    {
        var help = command.Options.OfType<HelpOption>().FirstOrDefault();
        if (help is null) command.Options.Add(help = new HelpOption());
        help.Action = new HelpWithExamples((HelpAction)help.Action!, examples);
    }

    sealed class HelpWithExamples(HelpAction help, (string Purpose, string Line)[] examples) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var result = help.Invoke(parseResult);
            // Every verb's help comes through the root's option when the verb has none of its own.
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var (purpose, line) in examples) output.WriteLine($"  # {purpose}\n  {line}");
            return result;
        }
    }
}
