using System.CommandLine;
using RelSeed.Cli.Output;
using RelSeed.Schema;

namespace RelSeed.Cli.Commands;

/// <summary><c>relseed inspect</c>: the schema as RelSeed sees it.</summary>
static class InspectCommand
{
    public static Command Create()
    {
        var command = new Command("inspect", "Prints the schema as RelSeed sees it.");
        var database = new DatabaseArguments();
        var format = new FormatOption("text", "json", "mermaid");
        database.AddTo(command);
        command.Options.Add(format);
        HelpExamples.AddTo(command,
            ("Tables, columns, keys and checks", "relseed inspect sqlite:shop.db"),
            ("A diagram for a README", "relseed inspect postgresql://app@localhost/shop --format mermaid"));
        command.SetAction(async (parse, token) =>
        {
            await using var target = await database.OpenAsync(parse, token);
            var schema = await database.ReadSchemaAsync(target, parse, token);
            Terminal.Print(format.Read(parse) switch
            {
                OutputFormat.Json => SchemaJson.Write(schema),
                OutputFormat.Mermaid => SchemaMermaid.Write(schema),
                _ => SchemaText.Write(schema),
            });
            return (int)ExitCode.Done;
        });
        return command;
    }
}
