using System.Collections.Concurrent;
using System.Diagnostics;

namespace RelSeed.Testing.Tests.Processes;

/// <summary>This program again, running one of <see cref="HelperTasks"/> as a test process beside others.</summary>
sealed class HelperProcess : IDisposable
{
    readonly Process _process;
    readonly string _result = Path.GetTempFileName();
    readonly ConcurrentQueue<string?> _output = [];

    public HelperProcess(string task, params (string Name, string Value)[] settings)
    {
        var command =
            new ProcessStartInfo(Environment.ProcessPath!, ["-noColor", "-explicit", "only", "-method", $"{typeof(HelperTasks).FullName}.{task}"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            };
        foreach (var (name, value) in settings.Append((HelperTasks.Result, _result))) command.Environment[name] = value;
        _process = Process.Start(command)!;
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data);
        _process.BeginOutputReadLine();
    }

    /// <summary>Waits for what the task writes.</summary>
    public async Task<string> ResultAsync()
    {
        while (true)
        {
            var text = await File.ReadAllTextAsync(_result, TestContext.Current.CancellationToken);
            if (text.EndsWith('\n')) return text.TrimEnd('\n');
            Assert.False(_process.HasExited && new FileInfo(_result).Length == 0,
                $"The helper process ended without a result. It wrote: {string.Join('\n', _output)}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>As kill -9: nothing of the process's own runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public Task EndAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken);

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        File.Delete(_result);
    }
}
