using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Sqlite.Interop;

namespace RelSeed.Sqlite.Loading;

/// <summary>Tries each plan in a transaction of its own: it costs little, and a RAISE(ROLLBACK) would end a common one.</summary>
sealed class SqliteRehearsal(SqliteHandle handle, LoadOptions load) : RehearsalSession
{
    public override Task<RehearsalReport> TryAsync(
        SeedPlan plan, SeedGenerator rows, RehearsalOptions options, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var interrupt = handle.InterruptOn(cancellationToken);
            return new SqliteRehearser(handle, plan, rows, load, options).Rehearse(cancellationToken);
        },
        cancellationToken);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
