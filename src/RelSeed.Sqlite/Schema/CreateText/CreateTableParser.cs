namespace RelSeed.Sqlite.Schema.CreateText;

/// <summary>Reads CREATE TABLE text that SQLite has accepted. What it does not know it steps over; it never fails.</summary>
sealed class CreateTableParser
{
    readonly CreateTableText _table = new();
    SqlTokens _tokens;
    int _at;

    /// <summary>The column whose constraints are read; null among the table's constraints.</summary>
    ColumnText? _column;

    string? _constraintName;

    CreateTableParser(SqlTokens item) => _tokens = item;

    public static CreateTableText Parse(string sql)
    {
        var tokens = new SqlTokens(sql);
        var parser = new CreateTableParser(tokens);
        foreach (var item in tokens.Group(tokens.FindSymbol("(", 0)).SplitByComma()) parser.ParseItem(item);
        return parser._table;
    }

    void ParseItem(SqlTokens item)
    {
        (_tokens, _at, _column, _constraintName) = (item, 0, null, null);
        if (item.Count == 0) return;
        if (!IsTableConstraint(item))
        {
            _column = new ColumnText(item.NameAt(0) ?? "");
            _table.Columns.Add(_column);
            _at = 1;
        }
        while (_at < item.Count) ParseNext();
    }

    // These words are reserved: no column bears one of them unquoted.
    static bool IsTableConstraint(SqlTokens item) =>
        item.IsWord(0, "CONSTRAINT") || item.IsWord(0, "PRIMARY") || item.IsWord(0, "UNIQUE") || item.IsWord(0, "CHECK") || item.IsWord(0, "FOREIGN");

    void ParseNext()
    {
        if (Take("CONSTRAINT")) _constraintName = TakeName();
        else if (Take("PRIMARY")) ParsePrimaryKey();
        else if (Take("UNIQUE")) _table.Uniques.Add(new UniqueText(TakeConstraintName(), TakeOwnColumns()));
        else if (Take("CHECK")) _table.Checks.Add(new CheckText(TakeConstraintName(), _column?.Name, TakeGroup()));
        else if (Take("FOREIGN")) ParseForeignKey();
        else if (Take("REFERENCES")) ParseReferences();
        else if (Take("NOT")) { if (Take("DEFERRABLE")) ParseDeferral(isDeferrable: false); }
        else if (Take("DEFERRABLE")) ParseDeferral(isDeferrable: true);
        else if (Take("DEFAULT")) SkipDefault();
        else if (Take("COLLATE")) { if (TakeName() is { } collation && _column is not null) _column.Collation = collation; }
        else if (Take("AS")) { if (TakeGroup() is var generated && _column is not null) _column.Generated = generated; }
        else if (Take("AUTOINCREMENT")) _table.IsAutoIncrement = true;
        else if (Take("ON")) SkipAction();
        else _at = _tokens.SkipGroup(_at);
    }

    void ParsePrimaryKey()
    {
        Take("KEY");
        _table.PrimaryKeyName = TakeConstraintName() ?? _table.PrimaryKeyName;
        if (_column is not null) return;
        var parts = TakeGroup();
        _table.IsAutoIncrement |= parts.FindWord("AUTOINCREMENT", 0) < parts.Count;
    }

    void ParseForeignKey()
    {
        Take("KEY");
        var columns = NamesOf(TakeGroup());
        if (Take("REFERENCES")) ParseReferences(columns);
    }

    void ParseReferences(IReadOnlyList<string>? columns = null)
    {
        _table.ForeignKeys.Add(new ForeignKeyText(TakeConstraintName(), columns ?? OwnColumn()));
        TakeName();
        TakeGroup();
    }

    void ParseDeferral(bool isDeferrable)
    {
        var isDeferred = Take("INITIALLY") && Take("DEFERRED");
        if (_table.ForeignKeys is not [.., var key]) return;
        key.IsDeferrable = isDeferrable;
        key.IsInitiallyDeferred = isDeferrable && isDeferred;
    }

    // A literal, a name, a signed number or an expression in parentheses.
    void SkipDefault()
    {
        if (_tokens.IsSymbol(_at, "+") || _tokens.IsSymbol(_at, "-")) _at++;
        _at = _tokens.SkipGroup(_at);
    }

    // ON CONFLICT way, or ON DELETE and ON UPDATE with SET NULL, SET DEFAULT, NO ACTION, CASCADE, RESTRICT.
    void SkipAction()
    {
        _at++;
        _at += _tokens.IsWord(_at, "SET") || _tokens.IsWord(_at, "NO") ? 2 : 1;
    }

    bool Take(string word)
    {
        if (!_tokens.IsWord(_at, word)) return false;
        _at++;
        return true;
    }

    string? TakeName() => _tokens.NameAt(_at++);

    string? TakeConstraintName()
    {
        var name = _constraintName;
        _constraintName = null;
        return name;
    }

    SqlTokens TakeGroup()
    {
        var group = _tokens.Group(_at);
        if (_tokens.IsSymbol(_at, "(")) _at = _tokens.SkipGroup(_at);
        return group;
    }

    IReadOnlyList<string> OwnColumn() => _column is null ? [] : [_column.Name];

    IReadOnlyList<string> TakeOwnColumns() => _column is null ? NamesOf(TakeGroup()) : OwnColumn();

    static List<string> NamesOf(SqlTokens group) => [.. group.SplitByComma().Select(part => part.NameAt(0)).OfType<string>()];
}
