using RelSeed.Configuration;
using RelSeed.EntityFrameworkCore.Rules;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore;

/// <summary>What a context's tables are to hold. Nothing need be said: what is not, follows from the model, the database and the names.</summary>
public sealed class ModelSeeder
{
    readonly List<Action<RuleTranslator>> _rules = [];
    readonly SeedRulesBuilder _tables = new();

    internal PlanOptions PlanOptions { get; private set; } = new();
    internal LoadOptions LoadOptions { get; private set; } = new();
    internal bool Appends { get; private set; }
    internal bool Rehearses { get; private set; } = true;
    internal bool MayBeProduction { get; private set; }

    /// <summary>So many rows for every table that no rule counts.</summary>
    public ModelSeeder Rows(long rows) => Change(() => PlanOptions = PlanOptions with { RowsPerTable = rows });

    /// <summary>Multiplies the default sizes and <see cref="Rows"/>.</summary>
    public ModelSeeder Scale(double scale) => Change(() => PlanOptions = PlanOptions with { Scale = scale });

    /// <summary>Another seed gives other rows; the same one the same.</summary>
    public ModelSeeder Seed(ulong seed) => Change(() => PlanOptions = PlanOptions with { Seed = seed });

    /// <summary>What "now" is for the data; 2026-01-01 unless told, so that the rows are the same on any day.</summary>
    public ModelSeeder AsOf(DateTimeOffset instant) => Change(() => PlanOptions = PlanOptions with { AsOf = instant });

    /// <summary>Language and country of names, places and text: <c>en</c>, <c>de</c>, <c>pt_BR</c>.</summary>
    public ModelSeeder Locale(string locale) => Change(() => PlanOptions = PlanOptions with { Locale = locale });

    /// <summary>Rules for an entity type.</summary>
    public EntityRules<TEntity> Entity<TEntity>() where TEntity : class => new(this);

    /// <summary>Rules for a table that no class stands for, such as that of a many-to-many relationship.</summary>
    /// <param name="table">Its name, with or without schema.</param>
    public ModelSeeder Table(string table, Action<TableRulesBuilder> rules) => Change(() => rules(_tables.Table(table)));

    /// <summary>Draws rows as those that <c>relseed learn</c> read; rules come before it.</summary>
    /// <exception cref="UsageException">RS1310 to RS1312: the file is missing or no profile, with the place.</exception>
    public ModelSeeder Profile(string file) => Profile(ProfileFile.Load(file));

    /// <inheritdoc cref="Profile(string)"/>
    public ModelSeeder Profile(DataProfile profile) => Change(() => PlanOptions = PlanOptions with { Profile = profile });

    /// <summary>Leaves tables out; <c>*</c> stands for any letters.</summary>
    public ModelSeeder Exclude(params ReadOnlySpan<string> tables)
    {
        PlanOptions = PlanOptions with { Exclude = [.. PlanOptions.Exclude, .. tables] };
        return this;
    }

    /// <summary>Keeps the rows that stand in the tables and adds to them.</summary>
    public ModelSeeder Append() => Change(() => Appends = true);

    /// <summary>Empties the tables first, in the same transaction.</summary>
    public ModelSeeder Truncate() => Change(() => LoadOptions = LoadOptions with { Truncate = true });

    /// <summary>Loads without trying a few rows of every table first.</summary>
    public ModelSeeder WithoutRehearsal() => Change(() => Rehearses = false);

    /// <summary>Leaves out tables whose constraints cannot be met, and what depends on them, instead of failing; the plan says why.</summary>
    public ModelSeeder SkipUnsolvable() => Change(() => PlanOptions = PlanOptions with { SkipUnsolvable = true });

    /// <summary>Lets a database that is not on this machine be filled.</summary>
    public ModelSeeder AllowProduction() => Change(() => MayBeProduction = true);

    /// <summary>Changes the options that have no method of their own.</summary>
    public ModelSeeder With(Func<PlanOptions, PlanOptions>? plan = null, Func<LoadOptions, LoadOptions>? load = null) => Change(() =>
    {
        PlanOptions = plan?.Invoke(PlanOptions) ?? PlanOptions;
        LoadOptions = load?.Invoke(LoadOptions) ?? LoadOptions;
    });

    internal void Add(Action<RuleTranslator> rule) => _rules.Add(rule);

    /// <summary>The rules in the names of the database.</summary>
    /// <exception cref="UsageException">RS1408 to RS1413: all that does not fit the model, at once.</exception>
    internal SeedRules Translate(Microsoft.EntityFrameworkCore.Metadata.IModel model, string defaultSchema)
    {
        var rules = new SeedRulesBuilder().Add(PlanOptions.Rules).Add(_tables.Build());
        var translator = new RuleTranslator(model, rules, defaultSchema);
        foreach (var rule in _rules) translator.Try(rule);
        translator.ThrowFaults();
        return rules.Build();
    }

    ModelSeeder Change(Action change)
    {
        change();
        return this;
    }
}
