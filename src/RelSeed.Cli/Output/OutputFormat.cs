using System.CommandLine;

namespace RelSeed.Cli.Output;

enum OutputFormat { Text, Json, Mermaid }

/// <summary>The option <c>--format</c> of every verb.</summary>
sealed class FormatOption : Option<string>
{
    const string OptionName = "--format";

    /// <param name="formats">What the verb can print; the first is the default.</param>
    public FormatOption(params string[] formats) : base(OptionName)
    {
        Description = $"What to print: {string.Join(" or ", formats)}.";
        HelpName = string.Join('|', formats);
        DefaultValueFactory = _ => formats[0];
        Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => !formats.Contains(t.Value)))
                result.AddError($"{OptionName} takes {string.Join(" or ", formats)}, not '{token.Value}'");
        });
    }

    public OutputFormat Read(ParseResult parse) => Enum.Parse<OutputFormat>(parse.GetValue(this)!, ignoreCase: true);

    /// <summary>Whether a command line, right or wrong, asks for JSON.</summary>
    public static bool IsJson(ParseResult parse)
    {
        var tokens = parse.Tokens;
        for (var i = 0; i + 1 < tokens.Count; i++)
            if (tokens[i].Value == OptionName && tokens[i + 1].Value == "json") return true;
        return false;
    }
}
