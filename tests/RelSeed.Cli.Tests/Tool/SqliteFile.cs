using RelSeed.Sqlite;

namespace RelSeed.Cli.Tests.Tool;

/// <summary>An SQLite file of a test's own, in a folder that goes with it.</summary>
sealed class SqliteFile : IAsyncDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("relseed-cli-").FullName;

    public SqliteFile() => Path = System.IO.Path.Combine(_folder, "shop.db");

    public string Path { get; }

    public string Url => $"sqlite:{Path}";

    public static async Task<SqliteFile> CreateAsync(string script)
    {
        var file = new SqliteFile();
        await file.ExecuteAsync(script);
        return file;
    }

    public async Task ExecuteAsync(string script)
    {
        await using var target = SqliteTarget.Open($"Data Source={Path};Mode=ReadWriteCreate");
        await target.ExecuteAsync(script, TestContext.Current.CancellationToken);
    }

    public byte[] Content => File.ReadAllBytes(Path);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
