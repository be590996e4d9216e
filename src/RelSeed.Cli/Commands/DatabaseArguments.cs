using System.CommandLine;
using RelSeed.Cli.Targets;
using RelSeed.Loading;
using RelSeed.Schema;

namespace RelSeed.Cli.Commands;

/// <summary>The arguments that say which database is meant.</summary>
sealed class DatabaseArguments
{
    readonly Argument<string?> _url = new("DB")
    {
        Description = "The database: postgresql://user@host/db, sqlite:file.db, or env:NAME for an environment variable that holds either.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    readonly Option<string?> _provider = new("--provider") { Description = "With --connection, in place of DB: postgresql or sqlite.", HelpName = "NAME" };

    readonly Option<string?> _connection = new("--connection")
    {
        Description = "An ADO.NET connection string, or env:NAME. Its password may be env:NAME too.",
        HelpName = "STRING",
    };

    readonly Option<string[]> _schemas = new("--schema") { Description = "Only tables of this schema; may be repeated.", HelpName = "NAME" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_url);
        foreach (var option in new Option[] { _provider, _connection, _schemas }) command.Options.Add(option);
    }

    public SeedTarget Open(ParseResult parse) =>
        TargetFactory.Open(DatabaseAddress.Of(parse.GetValue(_url), parse.GetValue(_provider), parse.GetValue(_connection)));

    /// <exception cref="PlanException">RS2001: there is no table.</exception>
    public async Task<DatabaseSchema> ReadSchemaAsync(SeedTarget target, ParseResult parse, CancellationToken cancellationToken)
    {
        var names = parse.GetValue(_schemas) ?? [];
        var schema = await target.ReadSchemaAsync(new() { Schemas = names.ToEquatableArray() }, cancellationToken);
        if (!schema.Tables.IsEmpty) return schema;
        var where = names.Length == 0 ? "has no tables that this user may see" : $"has no tables in schema {string.Join(", ", names)}";
        throw new PlanException("RS2001",
            $"The database {target.DisplayName} {where}. Create the tables first (RelSeed fills tables, it makes none), or name another database{(names.Length == 0 ? "" : " or schema")}.");
    }
}
