using System.Collections.Concurrent;

namespace RelSeed.Testing.PostgreSql.Private;

/// <summary>The servers of this process: one for each folder and set of binaries, started when first asked for.</summary>
static class PrivateServers
{
    static readonly ConcurrentDictionary<(string Folder, string Binaries), Task<PrivateServer>> Started = [];
    static readonly Lock Starting = new();

    /// <summary>The address of the server's <c>postgres</c> database, for its superuser.</summary>
    /// <exception cref="UsageException">RS1602: no server is installed.</exception>
    /// <exception cref="TemplateException">RS3506: it does not start.</exception>
    public static async Task<string> ConnectAsync(string? folder, string? binaries, CancellationToken cancellationToken)
    {
        var found = FindBinaries(binaries);
        var key = (Path.GetFullPath(folder ?? CacheFolder.Of("postgresql")), found);
        Task<PrivateServer> server;
        // Started once for all, so not under one caller's token; one that failed is tried again.
        lock (Starting)
        {
            if (!Started.TryGetValue(key, out server!) || server.IsFaulted)
                Started[key] = server = Task.Run(() => StartAsync(key.Item1, key.Item2), CancellationToken.None);
        }
        return (await server.WaitAsync(cancellationToken)).ConnectionString;
    }

    static async Task<PrivateServer> StartAsync(string folder, string binaries)
    {
        var slot = ServerSlot.Take(folder, PostgreSqlBinaries.VersionOf(binaries));
        var server = await PrivateServer.StartAsync(binaries, slot);
        // The guard stops the server when this process ends in any way; waiting for it leaves nothing running after a regular end.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Stop();
        return server;
    }

    static string FindBinaries(string? given)
    {
        if (OperatingSystem.IsWindows())
            throw new UsageException("RS1602",
                "A private PostgreSQL server cannot be started on Windows. Give TestServer.PostgreSql the address of one that runs, or use SQLite.");
        if (given is not null && !PostgreSqlBinaries.IsComplete(given))
            throw new UsageException("RS1602",
                $"There are no initdb and postgres in {given}. Name the folder that holds both, or none, so that they are looked for.");
        return given ?? PostgreSqlBinaries.Find() ?? throw new UsageException("RS1602",
            "PostgreSQL's server is not installed: initdb and postgres are neither on PATH, nor where pg_config says, nor in /usr/lib/postgresql or /usr/pgsql-*. "
            + "Install it (apt-get install postgresql), give TestServer.PostgreSql the address of one that runs, or use SQLite.");
    }
}
