using System.Security.Cryptography;
using System.Text;
using RelSeed.Profiling.Files;
using RelSeed.Schema;

namespace RelSeed.Profiling;

/// <summary>A profile as a JSON file and back, without loss. docs/profile.schema.json describes the form.</summary>
public static class ProfileFile
{
    /// <summary>Bytes that a table may take.</summary>
    public const int MostTableBytes = 1 << 20;

    /// <summary>The file's text: the same for equal profiles.</summary>
    public static string Write(DataProfile profile) => Encoding.UTF8.GetString(ProfileWriter.Write(profile, DigestOf(profile)).Span) + "\n";

    /// <exception cref="UsageException">RS1310: no JSON, or too long; RS1311: another format; RS1312: it does not fit, with the place.</exception>
    public static DataProfile Read(ReadOnlyMemory<byte> json) => ProfileReader.Read(json).Profile;

    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">RS1310: there is no such file, it may not be read, or it is no profile; RS1311 and RS1312 as
    /// above.</exception>
    public static DataProfile Load(string path)
    {
        try
        {
            if (new FileInfo(path).Length > ProfileReader.MostBytes)
                throw ProfileFaults.NoJson($"it is longer than {ProfileReader.MostBytes >> 20} MiB");
            return Read(File.ReadAllBytes(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw ProfileFaults.NoJson($"the file {path} is missing or may not be read");
        }
    }

    /// <summary>Whether the file is as it was written: its digest is that of its content.</summary>
    /// <exception cref="UsageException">As <see cref="Read"/>.</exception>
    public static bool IsUnchanged(ReadOnlyMemory<byte> json)
    {
        var (profile, digest) = ProfileReader.Read(json);
        return digest == DigestOf(profile);
    }

    /// <summary>SHA-256 of the file without its digest, in hexadecimal.</summary>
    public static string DigestOf(DataProfile profile) => Convert.ToHexStringLower(SHA256.HashData(ProfileWriter.Write(profile, digest: null).Span));

    /// <summary>The profile with trees cut back, the least telling branches first, until each table fits <see cref="MostTableBytes"/>.</summary>
    public static DataProfile Fit(DataProfile profile) => profile with { Tables = profile.Tables.Select(ProfilePruning.Fit).ToEquatableArray() };
}
