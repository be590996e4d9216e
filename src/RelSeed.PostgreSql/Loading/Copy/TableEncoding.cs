using RelSeed.Generation;

namespace RelSeed.PostgreSql.Loading.Copy;

/// <summary>How one table's batches travel: the columns that are sent, in COPY's order, and their encoder.</summary>
sealed record TableEncoding(IReadOnlyList<string> Columns, RowEncoder Encoder)
{
    /// <summary>All columns of the batches.</summary>
    /// <param name="nulled">Columns that are sent as null, to be set later.</param>
    /// <exception cref="DatabaseException">RS3110: a column is gone since the schema was read.</exception>
    public static TableEncoding ForAll(TableGenerator table, uint oid, WireTypes types, IReadOnlySet<string> nulled)
    {
        var written = table.Written.Select(c => table.Columns[c]).ToList();
        return Make(table, oid, types, [.. Enumerable.Range(0, written.Count)], nulled);
    }

    /// <summary>Some columns of the batches, in the order of the names.</summary>
    public static TableEncoding ForSome(TableGenerator table, uint oid, WireTypes types, IEnumerable<string> columns)
    {
        var written = table.Written.Select(c => table.Columns[c].Name).ToList();
        return Make(table, oid, types, [.. columns.Select(c => written.IndexOf(c))], new HashSet<string>());
    }

    static TableEncoding Make(TableGenerator table, uint oid, WireTypes types, int[] positions, IReadOnlySet<string> nulled)
    {
        var columns = positions.Select(p => table.Columns[table.Written[p]]).ToList();
        var wires = columns.ConvertAll(c => types.Find(oid, c.Name) ?? throw Gone(table, c.Name));
        List<FieldEncoder?> binary =
            [.. columns.Select((c, i) => nulled.Contains(c.Name) ? new NullEncoder() : EncoderFactory.Binary(c.Type, wires[i]))];
        RowEncoder encoder = binary.TrueForAll(e => e is not null)
            ? new BinaryRowEncoder([.. binary.Select((e, i) => (positions[i], e!))])
            : new TextRowEncoder([.. columns.Select((c, i) =>
                (positions[i], nulled.Contains(c.Name) ? null : EncoderFactory.Text(c.Type, wires[i])))]);
        return new([.. columns.Select(c => c.Name)], encoder);
    }

    static DatabaseException Gone(TableGenerator table, string column) => new("RS3110",
        $"Table {table.Name} has no column {column} any more: the schema was changed since it was read. Run the command again.");
}
