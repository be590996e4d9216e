namespace RelSeed.Sqlite.Schema;

/// <summary>Names for one table's constraints: the declared one where there is one, else the one PostgreSQL would give, numbered until it is
/// free.</summary>
sealed class ConstraintNames(string table, IEnumerable<string?> declared)
{
    readonly HashSet<string> _declared = [.. declared.OfType<string>()];
    readonly HashSet<string> _taken = [];

    public string Choose(string? declared, IEnumerable<string> columns, string suffix)
    {
        // SQLite lets two constraints of a table bear one name.
        if (declared is not null && _taken.Add(declared)) return declared;
        var name = declared ?? string.Join('_', columns.Prepend(table).Append(suffix));
        return Numbered(name).First(n => !_declared.Contains(n) && _taken.Add(n));
    }

    static IEnumerable<string> Numbered(string name) => Enumerable.Range(1, int.MaxValue).Select(n => $"{name}{n}").Prepend(name);
}
