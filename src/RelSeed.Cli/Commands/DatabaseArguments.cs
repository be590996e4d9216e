using System.CommandLine;
using RelSeed.Cli.Projects;
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

    readonly Option<string?> _provider =
        new("--provider") { Description = "With --connection, in place of DB: postgresql or sqlite.", HelpName = "NAME" };

    readonly Option<string?> _connection = new("--connection")
    {
        Description = "An ADO.NET connection string, or env:NAME. Its password may be env:NAME too.",
        HelpName = "STRING",
    };

    readonly Option<string[]> _schemas = new("--schema") { Description = "Only tables of this schema; may be repeated.", HelpName = "NAME" };

    readonly Option<string?> _project = new("--project")
    {
        Description =
            "Read the model of an EF Core context from this project: its file, folder, or built assembly. DB may be left out then: the context's own database is meant.",
        HelpName = "PATH",
    };

    readonly Option<string?> _startup =
        new("--startup-project") { Description = "The application that configures the context, when it is another project.", HelpName = "PATH" };
    readonly Option<string?> _context = new("--context") { Description = "The context, when the project has several.", HelpName = "NAME" };
    readonly Option<bool> _noBuild = Options.Flag("--no-build", "Do not build the project first.");

    IModelContext? _model;

    public void AddTo(Command command)
    {
        command.Arguments.Add(_url);
        foreach (var option in new Option[] { _provider, _connection, _schemas, _project, _startup, _context, _noBuild }) command.Options.Add(option);
        foreach (var option in new Option[] { _startup, _context, _noBuild })
            option.Validators.Add(result =>
            {
                if (!result.Implicit && result.GetResult(_project) is null) result.AddError($"{option.Name} goes with --project");
            });
    }

    public async Task<SeedTarget> OpenAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var (url, provider, connection) = (parse.GetValue(_url), parse.GetValue(_provider), parse.GetValue(_connection));
        if (parse.GetValue(_project) is not { } project) return TargetFactory.Open(DatabaseAddress.Of(url, provider, connection));
        var isTold = url is not null || provider is not null || connection is not null;
        var address = isTold ? DatabaseAddress.Of(url, provider, connection) : null;
        // Before the application's folder becomes the current one.
        var target = address is null ? null : TargetFactory.Open(address);
        var startup = parse.GetValue(_startup) ?? project;
        var program = await BuiltProject.FindAsync(startup, !parse.GetValue(_noBuild), cancellationToken);
        var library = startup == project ? program : await BuiltProject.FindAsync(project, build: false, cancellationToken);
        _model = ProjectContext.Open(library, program, parse.GetValue(_context), address);
        return target ?? TargetFactory.Open(ProjectContext.AddressOf(_model));
    }

    /// <exception cref="PlanException">RS2001: there is no table.</exception>
    public async Task<DatabaseSchema> ReadSchemaAsync(SeedTarget target, ParseResult parse, CancellationToken cancellationToken)
    {
        var names = parse.GetValue(_schemas) ?? [];
        var options = new SchemaReadOptions { Schemas = names.ToEquatableArray() };
        var schema = await (_model?.ReadSchemaAsync(target, options, cancellationToken) ?? target.ReadSchemaAsync(options, cancellationToken));
        if (!schema.Tables.IsEmpty) return schema;
        var where = names.Length == 0 ? "has no tables that this user may see" : $"has no tables in schema {string.Join(", ", names)}";
        throw new PlanException("RS2001",
            $"The database {target.DisplayName} {where}. Create the tables first (RelSeed fills tables, it makes none), or name another database{(names.Length == 0 ? "" : " or schema")}.");
    }
}
