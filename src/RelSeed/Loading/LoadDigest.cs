using System.Security.Cryptography;
using System.Text;

namespace RelSeed.Loading;

/// <summary>The digest of a whole load.</summary>
public static class LoadDigest
{
    /// <summary>Folds the tables' digests in order of their names; schemas order tables of one name but are not part of it, since providers
    /// call theirs differently.</summary>
    /// <returns>32 hexadecimal digits.</returns>
    public static string Of(IEnumerable<TableLoad> tables)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in tables.OrderBy(t => t.Table.Name, StringComparer.Ordinal).ThenBy(t => t.Table.Schema, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{table.Table.Name}\0{table.Rows}\0{table.Digest}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
