using RelSeed.Configuration;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed;

/// <summary>Fills a database: reads its schema, plans, generates, loads and verifies.</summary>
/// <example><code>
/// await using var database = SqliteTarget.Open("Data Source=shop.db");
/// var report = await Seeder.For(database).Rows(1_000).Rows("orders", 100_000).RunAsync(cancellationToken);
/// </code></example>
public sealed class Seeder
{
    readonly SeedTarget _target;
    readonly Dictionary<string, long> _rows = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    readonly SeedRulesBuilder _rules = new();
    PlanOptions _plan = new();
    LoadOptions _load = new();
    SchemaReadOptions _read = new();
    bool _append;
    bool _keepFilled;
    bool _createPartitions;
    bool _rehearse = true;

    Func<SchemaReadOptions, CancellationToken, Task<DatabaseSchema>> _reader;

    Seeder(SeedTarget target) => (_target, _reader) = (target, target.ReadSchemaAsync);

    public static Seeder For(SeedTarget target) => new(target);

    /// <summary>So many rows for every table that is not named otherwise.</summary>
    public Seeder Rows(long rows) => Change(() => _plan = _plan with { RowsPerTable = rows });

    /// <summary>So many rows for one table, named with or without its schema.</summary>
    public Seeder Rows(string table, long rows) => Change(() => _rows[table] = rows);

    public Seeder Seed(ulong seed) => Change(() => _plan = _plan with { Seed = seed });

    /// <summary>What "now" is for the data.</summary>
    public Seeder AsOf(DateTimeOffset instant) => Change(() => _plan = _plan with { AsOf = instant });

    public Seeder Locale(string locale) => Change(() => _plan = _plan with { Locale = locale });

    /// <summary>Multiplies the default sizes and <see cref="Rows(long)"/>.</summary>
    public Seeder Scale(double scale) => Change(() => _plan = _plan with { Scale = scale });

    /// <summary>Rules for a table: rows, children a parent, what its columns hold.</summary>
    public Seeder Table(string table, Action<TableRulesBuilder> rules) => Change(() => rules(_rules.Table(table)));

    /// <summary>Rules made elsewhere; what is told after comes before them.</summary>
    public Seeder WithRules(SeedRules rules) => Change(() => _rules.Add(rules));

    /// <summary>Draws rows as those that <c>relseed learn</c> read; rules come before it.</summary>
    /// <exception cref="UsageException">RS1310 to RS1312: the file is missing or no profile, with the place.</exception>
    public Seeder Profile(string file) => Profile(ProfileFile.Load(file));

    /// <inheritdoc cref="Profile(string)"/>
    public Seeder Profile(DataProfile profile) => Change(() => _plan = _plan with { Profile = profile });

    /// <summary>Lets a value stand in so many of a table's rows that the profile draws; the rest of the row follows.</summary>
    /// <param name="column"><c>table.column</c>.</param>
    /// <param name="value">In canonical text: <c>true</c>, <c>paid</c>, <c>2026-01-31</c>; null for NULL. The profile must tell it by itself.</param>
    /// <param name="share">From 0 to 1.</param>
    public Seeder SetShare(string column, string? value, double share) =>
        Change(() => _plan = _plan with { Scenario = _plan.Scenario with { Shares = [.. _plan.Scenario.Shares, new(column, value, share)] } });

    /// <summary>Makes the greatest learned values of a number or date so many times as frequent beside the least ones; the rest of the row
    /// follows.</summary>
    /// <param name="column"><c>table.column</c>.</param>
    /// <param name="factor">From 0.001 to 1,000; below 1 they become rarer.</param>
    public Seeder Tilt(string column, double factor) =>
        Change(() => _plan = _plan with { Scenario = _plan.Scenario with { Tilts = [.. _plan.Scenario.Tilts, new(column, factor)] } });

    /// <summary>Fills a real or decimal column, <c>table.column</c>, with what a row counts for in sums and means that are to be as learned, without
    /// what <see cref="SetShare"/> and <see cref="Tilt"/> ask for.</summary>
    public Seeder Weight(string column) =>
        Change(() => _plan = _plan with { Scenario = _plan.Scenario with { Weights = [.. _plan.Scenario.Weights, column] } });

    /// <summary>Leaves tables out; <c>*</c> stands for any letters.</summary>
    public Seeder Exclude(params ReadOnlySpan<string> tables)
    {
        _plan = _plan with { Exclude = [.. _plan.Exclude, .. tables] };
        return this;
    }

    /// <summary>Reads only these schemas of the database.</summary>
    public Seeder Schemas(params ReadOnlySpan<string> schemas)
    {
        _read = _read with { Schemas = [.. schemas] };
        return this;
    }

    /// <summary>Keeps the rows that stand in the tables and adds to them.</summary>
    public Seeder Append() => Change(() => _append = true);

    /// <summary>Leaves tables that hold rows as they are, such as a migration's history or its fixed codes; made rows of other tables refer to them.
    /// <see cref="Append"/> and <see cref="Truncate"/> go before it.</summary>
    public Seeder KeepFilled() => Change(() => _keepFilled = true);

    /// <summary>Empties the tables first, in the same transaction.</summary>
    public Seeder Truncate() => Change(() => _load = _load with { Truncate = true });

    /// <summary>Marks the rows that are made, in the same transaction, in a table beside the others; it is made where it is missing. Tables without
    /// a key are not marked.</summary>
    /// <param name="table"><c>table</c> or <c>schema.table</c>.</param>
    public Seeder Provenance(string table) => Change(() => _load = _load with { Provenance = table });

    /// <summary>A session setting made before the load.</summary>
    public Seeder Set(string name, string value) => Change(() => _settings[name] = value);

    /// <summary>Loads without trying a few rows of every table first.</summary>
    public Seeder WithoutRehearsal() => Change(() => _rehearse = false);

    /// <summary>Leaves out tables whose constraints cannot be met, and what depends on them, instead of failing; the plan says why.</summary>
    public Seeder SkipUnsolvable() => Change(() => _plan = _plan with { SkipUnsolvable = true });

    /// <summary>Makes a partition, in the same transaction, for each partitioned table that has none.</summary>
    public Seeder CreatePartitions() => Change(() => _createPartitions = true);

    /// <summary>Changes the options that have no method of their own.</summary>
    public Seeder With(Func<PlanOptions, PlanOptions>? plan = null, Func<LoadOptions, LoadOptions>? load = null) => Change(() =>
    {
        _plan = plan?.Invoke(_plan) ?? _plan;
        _load = load?.Invoke(_load) ?? _load;
    });

    /// <summary>Reads the schema in another way than by the target's catalog alone.</summary>
    public Seeder ReadSchemaBy(Func<SchemaReadOptions, CancellationToken, Task<DatabaseSchema>> reader) => Change(() => _reader = reader);

    Seeder Change(Action change)
    {
        change();
        return this;
    }

    /// <summary>The plan alone; nothing is written.</summary>
    public async Task<SeedPlan> PlanAsync(CancellationToken cancellationToken = default) => (await PrepareAsync(cancellationToken)).Plan;

    async Task<PreparedSeed> PrepareAsync(CancellationToken cancellationToken)
    {
        var schema = await Telemetry.StageAsync("read", _target.Provider, () => _reader(_read, cancellationToken));
        if (_createPartitions)
        {
            _load = _load with { Partitions = NewPartition.For(schema) };
            schema = NewPartition.AddTo(schema, _load.Partitions);
        }
        var plan = _plan with { RowsByTable = _rows, Rules = _rules.Build() };
        if (_keepFilled && !_append && !_load.Truncate)
        {
            var filled = await _target.FindFilledTablesAsync(schema.Tables.Where(t => t.PartitionOf is null), cancellationToken);
            plan = plan with { Exclude = [.. plan.Exclude, .. filled.Select(t => t.ToString())] };
        }
        return await SeedSteps.PrepareAsync(_target, schema, plan, _append, _load.Truncate, cancellationToken);
    }

    /// <exception cref="RelSeedException">What is wrong, where, and what to do; the database is as it was.</exception>
    public async Task<SeedReport> RunAsync(CancellationToken cancellationToken = default)
    {
        var settled =
            await SeedSteps.SettleAsync(_target, await PrepareAsync(cancellationToken), _load with { Settings = _settings }, _rehearse, cancellationToken);
        return await SeedSteps.LoadAsync(_target, settled, progress: null, cancellationToken);
    }
}
