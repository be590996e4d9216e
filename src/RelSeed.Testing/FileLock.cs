namespace RelSeed.Testing;

/// <summary>Locks between processes: files held open, which a process that is killed lets go of.</summary>
static class FileLock
{
    const int LinuxWouldBlock = 11;
    const int MacWouldBlock = 35;
    const int WindowsSharingViolation = unchecked((int)0x80070020);

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Null when another holds it, alone or shared.</summary>
    public static FileStream? TryTake(string file) => TryOpen(file, FileAccess.ReadWrite, FileShare.None);

    public static Task<FileStream> TakeAsync(string file, CancellationToken cancellationToken) => WaitAsync(() => TryTake(file), cancellationToken);

    /// <summary>A lock that others may share.</summary>
    public static Task<FileStream> TakeSharedAsync(string file, CancellationToken cancellationToken) =>
        WaitAsync(() => TryOpen(file, FileAccess.Read, FileShare.Read), cancellationToken);

    static async Task<FileStream> WaitAsync(Func<FileStream?> take, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (take() is { } held) return held;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    static FileStream? TryOpen(string file, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, access, share, bufferSize: 1);
        }
        catch (IOException held) when (held.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation)
        {
            return null;
        }
    }
}
