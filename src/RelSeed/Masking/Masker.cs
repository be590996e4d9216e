using RelSeed.Loading;
using RelSeed.Numerics;
using RelSeed.Schema;

namespace RelSeed.Masking;

/// <summary>Replaces the values of chosen columns in place, all or nothing: equal values by equal ones, over all columns of a group; keys, NULLs and
/// how
/// often each value stands stay.</summary>
public sealed class Masker(SeedTarget target, DatabaseSchema schema, ulong seed, string locale)
{
    const int BatchRows = 4_096;

    // Beside the values wanted, for those that are drawn twice or stand there already.
    const int Spare = 100;

    /// <exception cref="PlanException">RS2017: a key has no room for values beside those that stand there.</exception>
    /// <exception cref="DatabaseException">RS3120: the database refuses a value; it is as it was.</exception>
    public async Task<MaskReport> MaskAsync(IReadOnlyList<MaskGroup> groups, CancellationToken cancellationToken)
    {
        List<MaskedColumn> masked = [];
        await using (var session = await target.OpenMaskAsync(schema, cancellationToken))
        {
            foreach (var group in groups) masked.AddRange(await MaskAsync(session, group, cancellationToken));
            await session.CommitAsync(cancellationToken);
        }
        var verification = await target.VerifyAsync(schema, new Dictionary<TableName, long>(), cancellationToken);
        return new(masked.ToEquatableArray(), verification);
    }

    async Task<List<MaskedColumn>> MaskAsync(MaskSession session, MaskGroup group, CancellationToken cancellationToken)
    {
        var values = await session.CollectAsync(group.Columns, cancellationToken);
        if (values > 0)
        {
            if (group.Kind == MaskKind.Nearby) await AddNearbyAsync(session, group, values, cancellationToken);
            else await AddFreshAsync(session, group, values, cancellationToken);
        }
        List<MaskedColumn> masked = [];
        foreach (var column in group.Columns)
            masked.Add(new(column.Table.Name, column.Name, group.Kind, values,
                values == 0 ? 0 : await session.ApplyAsync(column, cancellationToken)));
        return masked;
    }

    async Task AddNearbyAsync(MaskSession session, MaskGroup group, long values, CancellationToken cancellationToken)
    {
        var nearby = new NearbyValues(group.Codes!, group.Columns[0].Type, CounterRandom.Mix(seed + (ulong)values));
        for (long first = 0; first < values; first += BatchRows)
        {
            var old = await session.ReadAsync(first, BatchRows, cancellationToken);
            var at = first;
            await session.AddAsync(first, [.. old.Select((v, i) => nearby.Replace(v, at + i))], cancellationToken);
        }
    }

    async Task AddFreshAsync(MaskSession session, MaskGroup group, long values, CancellationToken cancellationToken)
    {
        long made = 0;
        foreach (var batch in FreshValues.Make(schema, group, group.IsUnique ? values + values / 8 + Spare : 2 * values + Spare, seed, locale))
        {
            await session.AddAsync(made, batch, cancellationToken);
            made += batch.Count;
        }
        var left = await session.KeepNewAsync(cancellationToken);
        if (left == 0 || group.IsUnique && left < values)
            throw new PlanException("RS2017",
                $"{group.Narrowest} has {values} different values, and only {left} others can be made for it. Name what they are with --column {group.Narrowest.Table.Name}.{group.Narrowest.Name}=MEANING, or leave the column out.");
    }
}
