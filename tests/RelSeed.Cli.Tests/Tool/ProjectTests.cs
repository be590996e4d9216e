using RelSeed.Specification.Tests;
using RelSeed.Sqlite;

namespace RelSeed.Cli.Tests.Tool;

public sealed class ProjectTests
{
    const string Blogs = """CREATE TABLE "Blogs" ("Id" INTEGER NOT NULL CONSTRAINT "PK_Blogs" PRIMARY KEY AUTOINCREMENT, "Contact" TEXT NOT NULL);""";

    const string Posts = """
        CREATE TABLE "Posts" ("Id" INTEGER NOT NULL CONSTRAINT "PK_Posts" PRIMARY KEY AUTOINCREMENT, "BlogId" INTEGER NOT NULL, "State" TEXT NOT NULL,
            CONSTRAINT "FK_Posts_Blogs_BlogId" FOREIGN KEY ("BlogId") REFERENCES "Blogs" ("Id") ON DELETE CASCADE);
        """;

    static readonly string Folder = Path.Combine(GoldenFile.SolutionFolder(), "tests", "RelSeed.SampleApp");
    static readonly string Assembly = Path.Combine(Folder, "bin", RelSeedTool.Configuration, "net10.0", "RelSeed.SampleApp.dll");

    static Task<ToolResult> RunAsync(string[] arguments, params (string Name, string Value)[] environment) =>
        RelSeedTool.RunAsync(RelSeedTool.File, arguments, folder: null, environment.ToDictionary(e => e.Name, e => e.Value));

    static async Task<string> AskAsync(SqliteFile file, string sql)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file.Path};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return $"{await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)}";
    }

    [Fact]
    public async Task A_context_of_the_applications_services_is_seeded_in_its_own_database_with_what_its_model_says()
    {
        await using var file = await SqliteFile.CreateAsync(Blogs + Posts);
        (await RunAsync(["run", "--project", Assembly, "--context", "BlogContext", "--rows", "60"], ("SAMPLE_BLOG", $"Data Source={file.Path}")))
            .ShouldExit(ExitCode.Done);
        Assert.Equal("60 60",
            await AskAsync(file,
            """SELECT (SELECT count(*) FROM "Blogs" WHERE "Contact" LIKE '%@%') || ' ' || (SELECT count(*) FROM "Posts" WHERE "State" IN ('Draft', 'Published', 'Archived'))"""));
        (await RunAsync(["verify", "--project", Assembly, "--context", "BlogContext"], ("SAMPLE_BLOG", $"Data Source={file.Path}")))
            .ShouldExit(ExitCode.Done);
    }

    [Theory]
    [InlineData("NewsContext", "SAMPLE_NEWS")]
    [InlineData("NotesContext", "SAMPLE_NOTES")]
    public async Task A_factory_and_a_plain_constructor_make_a_context(string context, string variable)
    {
        await using var file = await SqliteFile.CreateAsync(Blogs);
        (await RunAsync(["run", "--project", Assembly, "--context", context, "--rows", "7"], (variable, $"Data Source={file.Path}")))
            .ShouldExit(ExitCode.Done);
        Assert.Equal("7", await AskAsync(file, "SELECT count(*) FROM \"Blogs\""));
    }

    [Fact]
    public async Task A_database_that_is_told_takes_the_place_of_the_contexts_own()
    {
        await using var file = await SqliteFile.CreateAsync(Blogs);
        (await RunAsync(["run", file.Url, "--project", Assembly, "--context", "LooseContext", "--rows", "9"])).ShouldExit(ExitCode.Done);
        Assert.Equal("9", await AskAsync(file, "SELECT count(*) FROM \"Blogs\""));
    }

    [Fact]
    public async Task A_project_is_found_by_its_folder_and_planned()
    {
        await using var file = await SqliteFile.CreateAsync(Blogs + Posts);
        var result = await RunAsync(["plan", "--project", Folder, "--context", "BlogContext", "--no-build", "--explain", "Posts.State"],
            ("SAMPLE_BLOG", $"Data Source={file.Path}"), ("Configuration", RelSeedTool.Configuration));
        Assert.Contains("the values of its model", result.ShouldExit(ExitCode.Done).Out);
    }

    [Theory]
    [InlineData(new[] { "--project", "APP" },
        "RS1505 There are 4 contexts in RelSeed.SampleApp: BlogContext, LooseContext, NewsContext, NotesContext. Choose one with --context.")]
    [InlineData(new[] { "--project", "APP", "--context", "BlokContext" },
        "RS1505 There is no context BlokContext in RelSeed.SampleApp. It has BlogContext, LooseContext, NewsContext, NotesContext. The nearest is BlogContext.")]
    [InlineData(new[] { "--project", "APP", "--context", "LooseContext" },
        "RS1506 The context LooseContext cannot be made: it has no factory for design time, the application's services do not know it, and it has no constructor without parameters. "
        + "Add an IDesignTimeDbContextFactory<LooseContext>, name the application with --startup-project, or name a database for a constructor that takes DbContextOptions.")]
    [InlineData(new[] { "--project", "nowhere" }, "RS1501 There is no project nowhere. Name a project's file, its folder, or its built assembly.")]
    [InlineData(new[] { "--context", "BlogContext" },
        "RS1001 The command line is wrong: --context goes with --project. 'relseed plan --help' lists what it takes.")]
    public async Task What_cannot_be_found_is_told(string[] arguments, string message)
    {
        var result = await RunAsync(["plan", .. arguments.Select(a => a == "APP" ? Assembly : a)]);
        Assert.Equal(message, result.ShouldExit(ExitCode.Usage).Error.Trim());
    }

    [Fact]
    public async Task An_assembly_without_a_context_is_told()
    {
        var result = await RunAsync(["plan", "--project", typeof(SqliteTarget).Assembly.Location]);
        Assert.Equal(
            "RS1504 There is no DbContext in RelSeed.Sqlite, and its services know none. Name the project that holds it with --project, and the one that runs it with --startup-project.", result.ShouldExit(ExitCode.Usage).Error.Trim());
    }
}
