using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RelSeed.Specification.Tests.Servers;

/// <summary>A PostgreSQL server of this process's own: installed binaries, a temporary folder, a free loopback port, no durability.</summary>
/// <remarks>A guard shell ends the server and removes the folder when this process closes its pipe, which happens also when it is killed.</remarks>
public sealed class PrivatePostgreSql : IAsyncDisposable
{
    const string User = "relseed";

    // $1 binaries, $2 folder, $3 port, $4 user. Signals for the terminal's whole group must not end the guard before its work is done.
    const string Guard = """
        trap '' INT TERM HUP
        "$1/initdb" -D "$2/data" -U "$4" --auth=trust --no-sync --encoding=UTF8 --no-locale >"$2/log" 2>&1 </dev/null &&
        {
            "$1/postgres" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off \
                -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c max_wal_size=4GB >>"$2/log" 2>&1 </dev/null &
            server=$!
            cat >/dev/null
            kill -QUIT $server
            wait $server
        }
        cat "$2/log" >&2
        rm -rf "$2"
        """;

    static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    readonly Process _guard;
    readonly string _folder;
    readonly Task<string> _log;

    PrivatePostgreSql(Process guard, string folder, int port)
    {
        (_guard, _folder, Port) = (guard, folder, port);
        _log = guard.StandardError.ReadToEndAsync();
    }

    public int Port { get; }

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Username={User};Database={database}";

    public string Url(string database) => $"postgresql://{User}@127.0.0.1:{Port}/{Uri.EscapeDataString(database)}";

    /// <summary>Starts a server and waits until it takes connections; its superuser needs no password.</summary>
    /// <param name="binaries">The folder of initdb and postgres; see <see cref="PostgreSqlBinaries"/>.</param>
    public static async Task<PrivatePostgreSql> StartAsync(string binaries, CancellationToken cancellationToken = default)
    {
        var folder = Directory.CreateTempSubdirectory("relseed-postgresql-").FullName;
        var port = FreePort();
        var server = new PrivatePostgreSql(Process.Start(GuardCommand(binaries, folder, port))!, folder, port);
        try
        {
            await server.WaitUntilReadyAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_guard.HasExited) _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    static ProcessStartInfo GuardCommand(string binaries, string folder, int port)
    {
        string[] guard = ["sh", "-c", Guard, "relseed-guard", binaries, folder, port.ToString(CultureInfo.InvariantCulture), User];
        // PostgreSQL refuses to run as root.
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", GiveAway(folder), "--", .. guard] : guard;
        return new(command[0], command[1..])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
    }

    /// <summary>Gives the folder to a user that may run a server.</summary>
    static string GiveAway(string folder)
    {
        var user = File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
        using var chown = Process.Start("chown", [user, folder]);
        chown.WaitForExit();
        return user;
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (!IsReady())
        {
            if (_guard.HasExited) throw new InvalidOperationException($"PostgreSQL's initdb failed: {await _log}");
            if (waited.Elapsed > StartLimit)
                throw new TimeoutException($"PostgreSQL is not ready after {StartLimit.TotalSeconds} s; its log: {ReadLog()}");
            await Task.Delay(25, cancellationToken);
        }
    }

    // The eighth line of this file is the server's state; pg_ctl reads it the same way. The file comes and goes while initdb works.
    bool IsReady()
    {
        try
        {
            return File.ReadAllLines(Path.Combine(_folder, "data", "postmaster.pid")) is { Length: >= 8 } lines && lines[7].Trim() == "ready";
        }
        catch (IOException)
        {
            return false;
        }
    }

    string ReadLog() => File.ReadAllText(Path.Combine(_folder, "log"));
}
