using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;

namespace RelSeed.EntityFrameworkCore.DesignTime;

/// <summary>Runs an application until its host is built, takes the host's services, and stops it there.</summary>
/// <remarks>The generic host tells of itself by the diagnostic listener <c>Microsoft.Extensions.Hosting</c>; EF Core's tools use the same.</remarks>
sealed class ApplicationServices : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly TaskCompletionSource<object?> _host = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly AsyncLocal<bool> _isOurs = new();

    /// <returns>Null when the assembly is no application, or builds no host.</returns>
    public static IServiceProvider? Find(Assembly application)
    {
        if (application.EntryPoint is not { } main) return null;
        var host = OfBuilder(main.DeclaringType!) ?? new ApplicationServices().Run(main);
        return host?.GetType().GetProperty("Services")?.GetValue(host) as IServiceProvider;
    }

    // The way before the minimal host: static IHostBuilder CreateHostBuilder(string[] args).
    static object? OfBuilder(Type program)
    {
        var method = program.GetMethod("CreateHostBuilder", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(string[])]);
        var builder = method?.Invoke(null, [Array.Empty<string>()]);
        return builder?.GetType().GetMethod("Build", [])?.Invoke(builder, null);
    }

    object? Run(MethodInfo main)
    {
        using var listening = DiagnosticListener.AllListeners.Subscribe(this);
        var thread = new Thread(() => Run(main, [$"--applicationName={main.Module.Assembly.GetName().Name}"])) { IsBackground = true };
        thread.Start();
        return _host.Task.Wait(Patience) ? _host.Task.Result : null;
    }

    void Run(MethodInfo main, string[] arguments)
    {
        _isOurs.Value = true;
        try
        {
            var result = main.Invoke(null, main.GetParameters().Length == 0 ? [] : [arguments]);
            if (result is Task task) task.GetAwaiter().GetResult();
        }
#pragma warning disable CA1031 // What the application throws on the way, the abort among it, ends the search.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Without a host there are no services.
        }
        _host.TrySetResult(null);
    }

    public void OnNext(DiagnosticListener value)
    {
        if (_isOurs.Value && value.Name == "Microsoft.Extensions.Hosting") value.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (!_isOurs.Value || value.Key != "HostBuilt") return;
        _host.TrySetResult(value.Value);
        // The application must not go on to listen and to work.
        throw Abort(value.Value!.GetType().Assembly);
    }

    // What applications that catch everything are told to let pass.
    static Exception Abort(Assembly host)
    {
        var abstractions =
            AssemblyLoadContext.GetLoadContext(host)?.Assemblies.FirstOrDefault(a => a.GetName().Name == "Microsoft.Extensions.Hosting.Abstractions");
        return abstractions?.GetType("Microsoft.Extensions.Hosting.HostAbortedException") is { } type ? (Exception)Activator.CreateInstance(type)!
            : new OperationCanceledException();
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }
}
