using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RelSeed.Cli.Output;

/// <summary>A bar a table with rows, rows a second and the time that remains.</summary>
sealed class ProgressBars(SeedPlan plan) : ProgressDisplay, IProgress<LoadProgress>
{
    // Lines the terminal keeps for the prompt and the step at work.
    const int SpareLines = 4;
    readonly Lock _lock = new();
    readonly Dictionary<TableName, ProgressTask> _tables = [];
    ProgressContext? _context;
    ProgressTask? _step;

    public override Task<T> RunAsync<T>(Func<IProgress<LoadProgress>, Task<T>> work) => Terminal.Error.Progress()
        .AutoClear(true)
        .HideCompleted(plan.Tables.Count > Terminal.Error.Profile.Height - SpareLines)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new RowsColumn(), new RemainingTimeColumn(),
        new SpinnerColumn())
        .StartAsync(context =>
        {
            _context = context;
            return work(this);
        });

    public void Report(LoadProgress value)
    {
        lock (_lock)
        {
            if (value is { Phase: LoadPhase.Loading, Table: { } table }) BarOf(table, value.Total).Value = value.Rows;
            else ShowStep(value);
        }
    }

    ProgressTask BarOf(TableName table, long total)
    {
        if (_tables.TryGetValue(table, out var bar)) return bar;
        return _tables[table] = _context!.AddTask(Markup.Escape(plan.Schema.ShortName(table)), maxValue: Math.Max(1, total));
    }

    void ShowStep(LoadProgress value)
    {
        if (value.Phase == LoadPhase.Finished)
        {
            _step?.StopTask();
            return;
        }
        var step = Markup.Escape($"{value.Phase.ToString().ToLowerInvariant()} {value.Step ?? value.Table?.ToString()}".TrimEnd());
        if (_step is null) _step = _context!.AddTask(step, maxValue: 1).IsIndeterminate();
        else _step.Description = step;
    }

    sealed class RowsColumn : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(task switch
        {
            { IsIndeterminate: true } => "",
            { Speed: { } speed } => $"{task.Value:N0} rows, {speed:N0}/s",
            _ => $"{task.Value:N0} rows",
        });
    }
}
