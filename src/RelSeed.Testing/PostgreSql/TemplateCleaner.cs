using System.Globalization;
using Npgsql;
using RelSeed.PostgreSql;

namespace RelSeed.Testing.PostgreSql;

/// <summary>Drops what nobody will use again: templates beyond the number and age to keep, and databases whose owner is dead.</summary>
sealed class TemplateCleaner(Administration administration, TemplateRecipe recipe)
{
    const string NotePrefix = "RelSeed template, last used ";

    // The time of use is the database's comment; fresher than this it is not written again.
    static readonly TimeSpan NoteGrain = TimeSpan.FromHours(1);

    public async Task NoteUseAsync(bool isNew, CancellationToken cancellationToken)
    {
        var name = DatabaseNames.Template(recipe.Key);
        if (!isNew && (await ListAsync(cancellationToken)).Any(d => d.Name == name && DateTime.UtcNow - d.Used < NoteGrain)) return;
        try
        {
            await administration.ExecuteAsync($"comment on database {SqlName.Quote(name)} is '{NotePrefix}{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ssZ}'",
                cancellationToken);
        }
        catch (PostgresException)
        {
            // Another process noted its use at the same moment, or owns the template.
        }
    }

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var databases = await ListAsync(cancellationToken);
        foreach (var database in databases)
            if (DatabaseNames.OwnerOf(database.Name) is { } owner && owner != administration.Owner)
                await DropUnlockedAsync(database.Name, owner, cancellationToken);
        var templates = databases.Where(d => DatabaseNames.KeyOf(d.Name) is { } key && key != recipe.Key).OrderByDescending(d => d.Used).ToList();
        var old = templates.Where((t, i) => i >= recipe.Options.KeepTemplates - 1 || DateTime.UtcNow - t.Used > recipe.Options.KeepUnused);
        foreach (var template in old)
            await DropUnlockedAsync(template.Name, DatabaseNames.UseLock(DatabaseNames.KeyOf(template.Name)!), cancellationToken);
    }

    /// <summary>Drops a database when nobody holds its lock; one that is connected to all the same is left.</summary>
    async Task DropUnlockedAsync(string database, long key, CancellationToken cancellationToken)
    {
        if (!await administration.Locks.TryTakeAsync(key, cancellationToken)) return;
        try
        {
            await administration.ExecuteAsync($"drop database if exists {SqlName.Quote(database)}", cancellationToken);
        }
        catch (PostgresException)
        {
            // Connected to, or another user's.
        }
        finally
        {
            await administration.Locks.ReleaseAsync(key, shared: false);
        }
    }

    Task<List<(string Name, DateTime Used)>> ListAsync(CancellationToken cancellationToken) => administration.QueryAsync(
        $"""
        select datname, pg_catalog.shobj_description(oid, 'pg_database') from pg_catalog.pg_database
        where datname like '{DatabaseNames.Prefix.Replace("_", "\\_", StringComparison.Ordinal)}%' and pg_catalog.pg_has_role(datdba, 'USAGE')
        """,
        row => (row.GetString(0), row.IsDBNull(1) ? DateTime.MinValue : TimeOf(row.GetString(1))), cancellationToken);

    static DateTime TimeOf(string comment) =>
        comment.StartsWith(NotePrefix, StringComparison.Ordinal)
        && DateTime.TryParse(comment.AsSpan(NotePrefix.Length), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var used) ? used
        : DateTime.MinValue;
}
