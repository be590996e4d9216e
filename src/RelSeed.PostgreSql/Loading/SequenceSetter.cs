using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.PostgreSql.Loading;

/// <summary>Sets the sequences behind the rows, so that the next value they give is free.</summary>
/// <remarks>A sequence stands outside transactions, so this is the last step before the commit.</remarks>
sealed class SequenceSetter(LoadSession session)
{
    sealed record State(long Last, bool IsCalled, long Min, long Max, long Increment, bool MayUpdate);

    /// <returns>What the user should know.</returns>
    public async Task<IReadOnlyList<string>> SetAsync(SeedPlan plan, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        var columns =
            from table in plan.Tables
            where table.Rows > 0
            from column in table.Columns
            where column.Column.Sequence is not null && column.Column.Type.Lane == Lane.Int64 && !column.IsOmitted
            group (table.Table, column.Column) by column.Column.Sequence!.Name;
        foreach (var sequence in columns)
            if (await SetAsync(sequence.Key, [.. sequence], cancellationToken) is { } note) notes.Add(note);
        return notes;
    }

    async Task<string?> SetAsync(TableName sequence, IReadOnlyList<(Table Table, Column Column)> columns, CancellationToken cancellationToken)
    {
        if (await ReadStateAsync(sequence, cancellationToken) is not { MayUpdate: true } state)
            return $"Sequence {sequence} was not set behind the rows: this user has no right to it. Grant UPDATE on it, or call setval.";
        if (await ReadExtremeAsync(columns, state.Increment > 0, cancellationToken) is not { } extreme) return null;
        if (state.Increment > 0 ? extreme > state.Max : extreme < state.Min)
            return $"Sequence {sequence} was not set behind the rows: they go beyond its bounds.";
        if (state.Increment > 0 ? extreme < state.Min : extreme > state.Max) return null;
        var isAhead = state.Increment > 0 ? state.Last > extreme : state.Last < extreme;
        if (isAhead || (state.IsCalled && state.Last == extreme)) return null;
        await session.QueryAsync(
            "select setval($1::text::regclass, $2)", _ => 0, cancellationToken,
            new() { Value = SqlName.Quote(sequence) }, new() { Value = extreme });
        return null;
    }

    async Task<State?> ReadStateAsync(TableName sequence, CancellationToken cancellationToken)
    {
        var readable = await session.QueryAsync(
            """
            select s.seqmin, s.seqmax, s.seqincrement, has_sequence_privilege(s.seqrelid, 'UPDATE'), has_sequence_privilege(s.seqrelid, 'SELECT')
            from pg_sequence s where s.seqrelid = $1::text::regclass
            """,
            row => (Min: row.GetInt64(0), Max: row.GetInt64(1), Increment: row.GetInt64(2), MayUpdate: row.GetBoolean(3), MayRead: row.GetBoolean(4)),
            cancellationToken, new Npgsql.NpgsqlParameter { Value = SqlName.Quote(sequence) });
        if (readable is not [{ MayRead: true } bounds]) return null;
        var state = await session.QueryAsync(
            $"select last_value, is_called from {SqlName.Quote(sequence)}", row =>
                (Last: row.GetInt64(0), IsCalled: row.GetBoolean(1)), cancellationToken);
        return new(state[0].Last, state[0].IsCalled, bounds.Min, bounds.Max, bounds.Increment, bounds.MayUpdate);
    }

    async Task<long?> ReadExtremeAsync(IReadOnlyList<(Table Table, Column Column)> columns, bool isAscending, CancellationToken cancellationToken)
    {
        var function = isAscending ? "max" : "min";
        // A numeric column may hold more than a sequence can.
        var parts = columns.Select(c => $"select trunc({function}({SqlName.Quote(c.Column.Name)})::numeric) from {SqlName.Quote(c.Table.Name)}");
        var sql = $"select least({function}(v), 9223372036854775807)::bigint from ({string.Join(" union all ", parts)}) s(v)";
        return (await session.QueryAsync(sql, row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), cancellationToken))[0];
    }
}
