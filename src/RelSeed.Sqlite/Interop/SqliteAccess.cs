namespace RelSeed.Sqlite.Interop;

/// <summary>How a database file is opened.</summary>
enum SqliteAccess
{
    ReadOnly,

    /// <summary>The file must exist.</summary>
    ReadWrite,

    /// <summary>The file is made when it does not exist.</summary>
    Create,
}
