using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Rows that triggers refer to by a literal, as in <c>insert into member (user_id, group_id) values (new.id, 0)</c>, must stand
/// before: the key of the table referred to takes the literal.</summary>
sealed class WrittenKeys
{
    /// <summary>Numbering begins no further before its own first number.</summary>
    const int FurthestBefore = 1_000;

    readonly Dictionary<(TableName Table, int Column), SortedSet<string>> _literals = [];
    readonly List<(TableName Later, TableName Earlier)> _wishes = [];

    public WrittenKeys(IEnumerable<(Table Target, RowSource Source)> written, IReadOnlyDictionary<TableName, Table> tables, PlanOptions options)
    {
        foreach (var (target, source) in written)
            foreach (var key in target.ForeignKeys.Where(k => k.Columns.Count == 1 && k.Principal != source.Table && !options.Existing.ContainsKey(k.Principal)))
            {
                if (source.Values[target.IndexOf(key.Columns[0])].Literal is not { } literal || !tables.TryGetValue(key.Principal, out var principal))
                    continue;
                var place = (principal.Name, principal.IndexOf(key.PrincipalColumns[0]));
                if (!_literals.TryGetValue(place, out var literals)) _literals.Add(place, literals = new(StringComparer.Ordinal));
                literals.Add(literal);
                _wishes.Add((source.Table, key.Principal));
            }
    }

    /// <summary>Tables that should be written after others.</summary>
    public IEnumerable<(TableName Later, TableName Earlier)> Wishes => _wishes;

    /// <summary>Puts texts among the values of keys that could hold any.</summary>
    public void List(IReadOnlyDictionary<TableName, TableFacts> facts)
    {
        foreach (var ((table, column), literals) in _literals)
        {
            if (!facts.TryGetValue(table, out var found) || !NeededValues.IsOpenKey(found, found.Table.Columns[column].Name)) continue;
            ref var domain = ref found.Constraints.Domains[column];
            domain = domain with { Included = [.. domain.Included.Concat(literals).Distinct()] };
        }
    }

    /// <summary>Lets numbered keys begin early enough.</summary>
    public void Prepare(TableDraft draft)
    {
        foreach (var ((_, column), literals) in _literals.Where(l => l.Key.Table == draft.Table.Name))
        {
            var type = draft.Table.Columns[column].Type;
            var numbers = literals.Select(l => CanonicalText.ParseInt64(l, type)).OfType<long>().Where(n => n > -FurthestBefore).ToList();
            if (type.Kind.IsInteger() && numbers.Count > 0) draft.FirstNumbers[column] = numbers.Min();
        }
    }
}
