namespace RelSeed.Testing.Sqlite;

/// <summary>Deletes templates beyond the number and age to keep, and clones of processes that are dead.</summary>
static class SqliteCleaner
{
    public static void Clean(string folder, TemplateRecipe recipe)
    {
        foreach (var clones in Directory.GetDirectories(folder, $"{SqliteTemplate.ClonesPrefix}*"))
            DeleteUnlocked($"{clones}.lock", () => Directory.Delete(clones, recursive: true));
        var others = Directory.GetFiles(folder, "*.db").Where(f => Path.GetFileNameWithoutExtension(f) != recipe.Key)
            .OrderByDescending(File.GetLastAccessTimeUtc).ToList();
        var old = others.Where((f, i) => i >= recipe.Options.KeepTemplates - 1
            || DateTime.UtcNow - File.GetLastAccessTimeUtc(f) > recipe.Options.KeepUnused);
        foreach (var file in old) DeleteUnlocked($"{file}.lock", () => File.Delete(file));
    }

    /// <summary>The lock's file stays where a template's was: another may wait for it at this moment.</summary>
    static void DeleteUnlocked(string file, Action delete)
    {
        using var held = FileLock.TryTake(file);
        if (held is null) return;
        delete();
        if (Path.GetFileName(file).StartsWith(SqliteTemplate.ClonesPrefix, StringComparison.Ordinal)) File.Delete(file);
    }
}
