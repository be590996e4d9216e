using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RelSeed.Testing.Sqlite;

/// <summary>A template file and the clones made of it here.</summary>
sealed class SqliteTemplate : Template
{
    public const string ClonesPrefix = "clones-";

    readonly FileStream _use;
    readonly FileStream? _clonesLock;
    readonly string _clones;
    readonly SeededDatabaseOptions _options;
    readonly ConcurrentDictionary<SqliteClone, bool> _open = [];
    int _numbers;

    public SqliteTemplate(string file, FileStream use, bool inMemory, SeededDatabaseOptions options)
    {
        (File, _use, _options) = (file, use, options);
        _clones = Path.Combine(Path.GetDirectoryName(file)!, $"{ClonesPrefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
        if (inMemory) return;
        // The lock first: a folder without one is a dead process's.
        _clonesLock = FileLock.TryTake($"{_clones}.lock")!;
        Directory.CreateDirectory(_clones);
    }

    public string File { get; }

    public override async Task<DatabaseClone> CloneAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _numbers).ToString(CultureInfo.InvariantCulture);
        var clone = _clonesLock is null
            ? new SqliteClone(this, $"file:/{Path.GetFileName(_clones)}-{number}?vfs=memdb", _options)
            : new SqliteClone(this, Path.Combine(_clones, $"{number}.db"), _options);
        _open[clone] = true;
        try
        {
            if (_clonesLock is not null) await Task.Run(() => System.IO.File.Copy(File, clone.Name), cancellationToken);
            await clone.OpenAsync(copies: _clonesLock is null, cancellationToken);
            return clone;
        }
        catch
        {
            await clone.DisposeAsync();
            throw;
        }
    }

    public void Drop(SqliteClone clone)
    {
        if (!_open.TryRemove(clone, out _) || _clonesLock is null) return;
        foreach (var part in new[] { "", "-wal", "-shm", "-journal" }) System.IO.File.Delete(clone.Name + part);
    }

    public SqliteConnection Open() =>
        new(new SqliteConnectionStringBuilder { DataSource = File, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);

    public override async ValueTask DisposeAsync()
    {
        foreach (var clone in _open.Keys) await clone.DisposeAsync();
        if (_clonesLock is not null)
        {
            Directory.Delete(_clones, recursive: true);
            await _clonesLock.DisposeAsync();
            System.IO.File.Delete(_clonesLock.Name);
        }
        await _use.DisposeAsync();
    }
}
