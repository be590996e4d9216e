using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace RelSeed.Testing.PostgreSql.Private;

/// <summary>A PostgreSQL server of this process's own: installed binaries, a slot's folder, a free loopback port, a password of its own, no
/// durability.</summary>
/// <remarks>A guard shell ends the server when this process closes its pipe, which happens also when it is killed.</remarks>
sealed class PrivateServer
{
    const string User = "relseed";

    // $1 binaries, $2 folder, $3 port, $4 user. Signals for the terminal's whole group must not end the guard before its work is done.
    // "made" tells that initdb came to its end.
    const string Guard = """
        trap '' INT TERM HUP
        umask 077
        exec 3<&0
        if [ ! -f "$2/data/made" ]; then
            rm -rf "$2/data"
            "$1/initdb" -D "$2/data" -U "$4" --auth=scram-sha-256 --pwfile="$2/password" --no-sync --encoding=UTF8 --no-locale >"$2/log" 2>&1 </dev/null &&
            : >"$2/data/made" || exit 1
        fi
        "$1/postgres" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c fsync=off \
            -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c max_wal_size=1GB >"$2/log" 2>&1 </dev/null &
        server=$!
        ( cat <&3 >/dev/null; kill -INT $server 2>/dev/null ) &
        reader=$!
        wait $server
        kill -KILL $reader 2>/dev/null
        """;

    static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    readonly Process _guard;
    readonly ServerSlot _slot;

    PrivateServer(Process guard, ServerSlot slot, string connectionString) => (_guard, _slot, ConnectionString) = (guard, slot, connectionString);

    /// <summary>Of the superuser, to the database <c>postgres</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts a server and waits until it takes connections. Files of an earlier run that do not start are made anew.</summary>
    public static async Task<PrivateServer> StartAsync(string binaries, ServerSlot slot)
    {
        await StaleServer.EndAsync(slot);
        try
        {
            if (await TryStartAsync(binaries, slot) is { } server) return server;
            // Files that a crash left broken, or a port that another took in between.
            if (Directory.Exists(slot.Data)) File.Delete(Path.Combine(slot.Data, "made"));
            if (await TryStartAsync(binaries, slot) is { } second) return second;
            throw new TemplateException("RS3506",
                $"The private PostgreSQL server of {binaries} did not start. Its log, {slot.Log}, ends with: {LogEnd(slot)} Mend that, or give TestServer.PostgreSql the address of a server that runs.");
        }
        catch
        {
            slot.Dispose();
            throw;
        }
    }

    /// <summary>Ends the server and waits for it; its files stay.</summary>
    public void Stop()
    {
        try
        {
            _guard.StandardInput.Close();
            _guard.WaitForExit(StopLimit);
        }
        catch (Exception fault) when (fault is InvalidOperationException or IOException)
        {
            // It has ended already.
        }
        _slot.Dispose();
    }

    static async Task<PrivateServer?> TryStartAsync(string binaries, ServerSlot slot)
    {
        var port = FreePort();
        var password = MakePassword(slot);
        var guard = Process.Start(GuardCommand(binaries, slot, port))!;
        if (!await IsReadyAsync(guard, slot, port))
        {
            guard.StandardInput.Close();
            await guard.WaitForExitAsync();
            return null;
        }
        var address =
            new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = User, Password = password, Database = "postgres" };
        return new(guard, slot, address.ConnectionString);
    }

    /// <summary>The password of the files there, or a new one for new files.</summary>
    static string MakePassword(ServerSlot slot)
    {
        if (File.Exists(Path.Combine(slot.Data, "made")) && File.Exists(slot.Password)) return File.ReadAllText(slot.Password).Trim();
        File.Delete(slot.Password);
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("Private servers are not started on Windows.");
        var onlyMine = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite
        };
        using var file = new StreamWriter(slot.Password, onlyMine);
        file.WriteLine(password);
        return password;
    }

    static ProcessStartInfo GuardCommand(string binaries, ServerSlot slot, int port)
    {
        string[] guard = ["sh", "-c", Guard, "relseed-guard", binaries, slot.Folder, port.ToString(CultureInfo.InvariantCulture), User];
        // PostgreSQL refuses to run as root.
        string[] command = Environment.IsPrivilegedProcess ? [Runuser(), "-u", GiveAway(slot.Folder), "--", .. guard] : guard;
        return new(command[0], command[1..]) { UseShellExecute = false, WorkingDirectory = slot.Folder, RedirectStandardInput = true };
    }

    // Its folder is not on every root's PATH.
    static string Runuser() => new[] { "/usr/sbin/runuser", "/sbin/runuser" }.FirstOrDefault(File.Exists) ?? "runuser";

    /// <summary>Gives the folder to a user that may run a server.</summary>
    static string GiveAway(string folder)
    {
        var user = File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
        using var chown = Process.Start("chown", ["-R", user, folder]);
        chown.WaitForExit();
        return user;
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static async Task<bool> IsReadyAsync(Process guard, ServerSlot slot, int port)
    {
        var waited = Stopwatch.StartNew();
        while (!guard.HasExited && waited.Elapsed < StartLimit)
        {
            if (IsReady(slot, port)) return true;
            await Task.Delay(10);
        }
        return false;
    }

    // The fourth line of this file is the server's port, the eighth its state; pg_ctl reads it the same way.
    static bool IsReady(ServerSlot slot, int port) =>
        slot.ReadPostmasterFile() is { Length: >= 8 } lines && lines[3].Trim() == port.ToString(CultureInfo.InvariantCulture)
            && lines[7].Trim() == "ready";

    static string LogEnd(ServerSlot slot) => File.Exists(slot.Log) ? $"\"{string.Join(" / ", File.ReadLines(slot.Log).TakeLast(3))}\"." : "nothing.";
}
