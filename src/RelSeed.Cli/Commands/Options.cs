using System.CommandLine;
using System.Globalization;

namespace RelSeed.Cli.Commands;

/// <summary>Options whose faults are told in the user's terms.</summary>
static class Options
{
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    public static Option<string[]> Repeated(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    public static Option<int?> Count(string name, string description) =>
        Parsed<int?>(name, "N", description, "a whole number of at least 1",
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : null);

    /// <param name="parse">The value, or null when the text is none.</param>
    public static Option<T?> Parsed<T>(string name, string helpName, string description, string expected, Func<string, T?> parse) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            var value = parse(text);
            if (value is null) result.AddError($"{name} takes {expected}, not '{text}'");
            return value;
        },
    };

    /// <summary>Rejects each value for which the fault is not null.</summary>
    public static Option<string[]> Checked(this Option<string[]> option, Func<string, string?> faultOf)
    {
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (faultOf(token.Value) is { } fault) result.AddError(fault);
        });
        return option;
    }
}
