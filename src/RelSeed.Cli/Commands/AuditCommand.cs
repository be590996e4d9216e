using System.CommandLine;
using RelSeed.Cli.Output;
using RelSeed.Cli.Targets;
using RelSeed.Learning.Auditing;
using RelSeed.Loading;
using RelSeed.Profiling;

namespace RelSeed.Cli.Commands;

/// <summary><c>relseed audit</c>: proves that a profile keeps the rules of privacy.</summary>
static class AuditCommand
{
    public static Command Create()
    {
        var command =
            new Command("audit",
            "Checks that a profile tells nothing that too few share; with the source, counts every told value again. Exit code 1 when a rule is broken.");
        var file = new Argument<string>("FILE") { Description = "The profile." };
        var source = new Option<string?>("--source") { Description = "The database it was learned from.", HelpName = "DB" };
        var format = new FormatOption("text", "json");
        command.Arguments.Add(file);
        command.Options.Add(source);
        command.Options.Add(format);
        HelpExamples.AddTo(command,
            ("From the file alone", "relseed audit shop.profile.json"),
            ("With the source", "relseed audit shop.profile.json --source postgresql://app@localhost/shop"));
        command.SetAction(async (parse, token) =>
        {
            var (findings, proof) = await CheckAsync(parse.GetValue(file)!, parse.GetValue(source), token);
            Print(findings, proof, format.Read(parse));
            return (int)(findings.Count == 0 ? ExitCode.Done : ExitCode.GateFailed);
        });
        return command;
    }

    static async Task<(List<AuditFinding> Findings, string Proof)> CheckAsync(string file, string? source, CancellationToken cancellationToken)
    {
        var profile = ProfileFile.Load(file);
        List<AuditFinding> findings = [.. ProfileGuard.Check(profile)];
        if (!ProfileFile.IsUnchanged(await File.ReadAllBytesAsync(file, cancellationToken)))
            findings.Add(new("digest", "the file was changed since it was written"));
        if (profile.Origin.Loss is { } loss)
            return (findings,
                $"The ledger keeps within epsilon {loss.Epsilon} and delta {loss.Delta}. What is told has noise, so that no source can bear it out.");
        if (source is null) return (findings, "The profile keeps the rules, as far as the file shows. --source DB counts every told value again.");
        await using var target = TargetFactory.Open(DatabaseAddress.Of(source, provider: null, connection: null));
        var schema = await target.ReadSchemaAsync(new(), cancellationToken);
        await using var reader = await target.OpenReaderAsync(new RowReaderOptions(), cancellationToken);
        findings.AddRange(await SourceAudit.CheckAsync(profile, reader, schema, TimeProvider.System.GetUtcNow(), cancellationToken));
        return (findings, "The profile keeps the rules, and the source bears out what it tells.");
    }

    static void Print(List<AuditFinding> findings, string proof, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            Terminal.Print(JsonObject.Write(json =>
            {
                json.WriteBoolean("clean", findings.Count == 0);
                json.WriteStartArray("findings");
                foreach (var finding in findings)
                {
                    json.WriteStartObject();
                    json.WriteString("place", finding.Place);
                    json.WriteString("rule", finding.Rule);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }));
            return;
        }
        foreach (var finding in findings) Console.Out.WriteLine($"{finding.Place}: {finding.Rule}");
        Console.Out.WriteLine(findings.Count > 0 ? $"{findings.Count:N0} rules are broken." : proof);
    }
}
