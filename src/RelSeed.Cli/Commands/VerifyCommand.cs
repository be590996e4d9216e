using System.CommandLine;
using RelSeed.Cli.Output;
using RelSeed.Schema;

namespace RelSeed.Cli.Commands;

/// <summary><c>relseed verify</c>: checks every constraint of a database, whoever filled it.</summary>
static class VerifyCommand
{
    public static Command Create()
    {
        var command = new Command("verify", "Checks every key and constraint set-based, and prints what is broken.");
        var database = new DatabaseArguments();
        var format = new FormatOption("text", "json");
        database.AddTo(command);
        command.Options.Add(format);
        HelpExamples.AddTo(command, ("Exit code 1 when a constraint is broken", "relseed verify sqlite:shop.db"));
        command.SetAction(async (parse, token) =>
        {
            await using var target = await database.OpenAsync(parse, token);
            var schema = await database.ReadSchemaAsync(target, parse, token);
            var report = await target.VerifyAsync(schema, new Dictionary<TableName, long>(), token);
            if (format.Read(parse) == OutputFormat.Json) Terminal.Print(VerificationPrinter.Json(schema, report));
            else VerificationPrinter.Print(schema, report, Console.Out);
            return (int)(report.IsClean ? ExitCode.Done : ExitCode.GateFailed);
        });
        return command;
    }
}
