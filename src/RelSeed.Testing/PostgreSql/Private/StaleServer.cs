using System.Diagnostics;
using System.Globalization;

namespace RelSeed.Testing.PostgreSql.Private;

/// <summary>A server that runs still in a slot which nobody holds, since its guard was killed too.</summary>
static class StaleServer
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Ends it, if the process of that number is it and not another that got the number since.</summary>
    public static async Task EndAsync(ServerSlot slot)
    {
        if (!int.TryParse(slot.ReadPostmasterFile().FirstOrDefault(), CultureInfo.InvariantCulture, out var id) || !IsServerOf(id, slot.Data)) return;
        using (var kill = Process.Start("kill", ["-QUIT", id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        var waited = Stopwatch.StartNew();
        while (IsServerOf(id, slot.Data) && waited.Elapsed < Limit) await Task.Delay(20);
    }

    static bool IsServerOf(int id, string data)
    {
        var command = new ProcessStartInfo("ps", ["-o", "args=", "-p", id.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true
        };
        if (Directory.Exists("/proc/self"))
        {
            var arguments = $"/proc/{id.ToString(CultureInfo.InvariantCulture)}/cmdline";
            try
            {
                return File.ReadAllText(arguments).Split('\0').Contains(data);
            }
            catch (IOException)
            {
                // It has ended.
                return false;
            }
        }
        using var ps = Process.Start(command)!;
        return ps.StandardOutput.ReadToEnd().Contains(data, StringComparison.Ordinal);
    }
}
