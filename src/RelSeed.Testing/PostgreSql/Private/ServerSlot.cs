using System.Globalization;

namespace RelSeed.Testing.PostgreSql.Private;

/// <summary>A folder for one server at a time, kept between runs; its lock is a file that the owner holds open.</summary>
sealed class ServerSlot : IDisposable
{
    static readonly TimeSpan KeepUnused = TimeSpan.FromDays(30);

    readonly FileStream _lock;

    ServerSlot(string folder, FileStream @lock) => (Folder, _lock) = (folder, @lock);

    public string Folder { get; }
    public string Data => Path.Combine(Folder, "data");
    public string Log => Path.Combine(Folder, "log");
    public string Password => Path.Combine(Folder, "password");

    /// <summary>The first slot that nobody holds; slots that nobody has held for a month are removed.</summary>
    /// <param name="version">Of the server, since another's files cannot be read.</param>
    public static ServerSlot Take(string root, string version)
    {
        Directory.CreateDirectory(root);
        ServerSlot? taken = null;
        for (var number = 1; taken is null; number++) taken = TryTake(Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"{version}-{number}")));
        RemoveUnused(root);
        return taken;
    }

    /// <summary>The lines of the running server's own file; none without a server.</summary>
    /// <remarks>It comes and goes while initdb works and while a server ends, so asking first whether it is there would not do.</remarks>
    public string[] ReadPostmasterFile()
    {
        try
        {
            return File.ReadAllLines(Path.Combine(Data, "postmaster.pid"));
        }
        catch (IOException)
        {
            return [];
        }
    }

    public void Dispose() => _lock.Dispose();

    static ServerSlot? TryTake(string folder)
    {
        if (FileLock.TryTake($"{folder}.lock") is not { } held) return null;
        File.SetLastWriteTimeUtc(held.SafeFileHandle, DateTime.UtcNow);
        Directory.CreateDirectory(folder);
        return new(folder, held);
    }

    static void RemoveUnused(string root)
    {
        foreach (var file in Directory.GetFiles(root, "*.lock").Where(f => DateTime.UtcNow - File.GetLastWriteTimeUtc(f) > KeepUnused))
        {
            using var held = FileLock.TryTake(file);
            var folder = Path.ChangeExtension(file, null);
            // One whose guard died may run still; the next to take its slot ends it.
            if (held is null || File.Exists(Path.Combine(folder, "data", "postmaster.pid"))) continue;
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            File.Delete(file);
        }
    }
}
