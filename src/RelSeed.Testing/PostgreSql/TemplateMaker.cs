using System.Globalization;
using Npgsql;
using RelSeed.PostgreSql;
using RelSeed.PostgreSql.Connections;

namespace RelSeed.Testing.PostgreSql;

/// <summary>Finds a template on a server, or makes it under another name and renames it when it is whole.</summary>
sealed class TemplateMaker(Administration administration, TemplateRecipe recipe)
{
    static readonly TimeSpan SessionEnd = TimeSpan.FromSeconds(10);

    readonly string _name = DatabaseNames.Template(recipe.Key);

    public async Task<Template> OpenAsync(CancellationToken cancellationToken)
    {
        // In use from here on, so that nobody cleans it away.
        await administration.Locks.TakeAsync(DatabaseNames.UseLock(recipe.Key), shared: true, cancellationToken);
        var isNew = !await administration.ExistsAsync(_name, cancellationToken) && await MakeAloneAsync(cancellationToken);
        var cleaner = new TemplateCleaner(administration, recipe);
        await cleaner.NoteUseAsync(isNew, cancellationToken);
        await cleaner.CleanAsync(cancellationToken);
        return await PostgreSqlTemplate.OpenAsync(administration, _name, recipe.Options, isNew, cancellationToken);
    }

    /// <summary>Makes it, unless another made it while this one waited.</summary>
    async Task<bool> MakeAloneAsync(CancellationToken cancellationToken)
    {
        var making = DatabaseNames.MakingLock(recipe.Key);
        await administration.Locks.TakeAsync(making, shared: false, cancellationToken);
        try
        {
            if (await administration.ExistsAsync(_name, cancellationToken)) return false;
            await MakeAsync(cancellationToken);
            return true;
        }
        finally
        {
            await administration.Locks.ReleaseAsync(making, shared: false);
        }
    }

    async Task MakeAsync(CancellationToken cancellationToken)
    {
        var build = DatabaseNames.Build(administration.Owner, administration.NextNumber());
        await CreateEmptyAsync(build, cancellationToken);
        try
        {
            await FillAsync(build, cancellationToken);
            await CloseAsync(build, cancellationToken);
        }
        catch
        {
            await administration.DropAsync(build, CancellationToken.None);
            throw;
        }
    }

    async Task CreateEmptyAsync(string build, CancellationToken cancellationToken)
    {
        try
        {
            await administration.ExecuteAsync($"create database {SqlName.Quote(build)} template template0", cancellationToken);
        }
        catch (PostgresException refused)
        {
            throw ServerRefusals.Explain(refused, administration, "create a database");
        }
    }

    async Task FillAsync(string build, CancellationToken cancellationToken)
    {
        await using (var connection = await administration.OpenAsync(build, cancellationToken)) await recipe.Schema.RunAsync(connection,
            cancellationToken);
        await using (var target = PostgreSqlTarget.Open(administration.ConnectionStringOf(build))) await recipe.SeedAsync(target, cancellationToken);
        // A clone's first readers would otherwise write hint bits to every page.
        await using var last = await administration.OpenAsync(build, cancellationToken);
        await PlainSql.ExecuteAsync(last, "vacuum (freeze)", cancellationToken);
    }

    /// <summary>From here on nobody can connect to it, and so neither change it nor be in the way of a clone.</summary>
    async Task CloseAsync(string build, CancellationToken cancellationToken)
    {
        await administration.ExecuteAsync($"alter database {SqlName.Quote(build)} with allow_connections false", cancellationToken);
        var until = DateTime.UtcNow + SessionEnd;
        while (true)
        {
            await administration.TerminateAsync(build, cancellationToken);
            try
            {
                await administration.ExecuteAsync($"alter database {SqlName.Quote(build)} rename to {SqlName.Quote(_name)}", cancellationToken);
                return;
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ObjectInUse && DateTime.UtcNow < until)
            {
                // A session ends some milliseconds after its connection is closed.
                await Task.Delay(20, cancellationToken);
            }
        }
    }
}
