using RelSeed.Configuration;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>Calls a function of the user's for each row.</summary>
sealed class FunctionColumn(SeedPlan plan, TablePlan table, ColumnPlan column, FunctionSpec spec, ulong key) : ColumnGenerator
{
    readonly RowColumns _columns = new(plan, table, column.Column.Name);

    public override void Fill(RowFrame frame, ColumnVector target)
    {
        for (var i = 0; i < frame.Count; i++)
        {
            var value = Call(new FrameSeedRow(frame, i, _columns, new RowRandom(key, frame.Counters[i])));
            if (value is not null) Write(target, i, RuleText.Of(value));
            else if (column.Column.IsNullable) target.CopyNullRow(i);
            else throw Fault("gives NULL, which the column cannot be");
        }
    }

    object? Call(FrameSeedRow row)
    {
        try
        {
            return spec.Make(row);
        }
        catch (Exception fault) when (fault is not (RelSeedException or OperationCanceledException))
        {
            throw Fault($"failed with {fault.GetType().Name} ({fault.Message})");
        }
    }

    void Write(ColumnVector target, int row, string text)
    {
        var type = column.Column.Type;
        if (type.Kind.IsText() && type.Length is { } length && text.Length > length && text.EnumerateRunes().Count() > length)
            throw Fault($"gives a text of more than {length} characters, for which the column has no room");
        if (!ValueLists.TrySet(target, row, text, type)) throw Fault($"gives a value that is no {type.Name}");
    }

    PlanException Fault(string what) =>
        new("RS2408", $"The rule for {table.Table.Name}.{column.Column.Name}, a function of the row, {what}. Mend the function.")
        {
            Tables = [new(table.Table.Name.ToString(), $"RS2408 the function for {column.Column.Name} fails")],
        };
}

/// <summary>The columns of a table by name, as a function sees them.</summary>
sealed class RowColumns(SeedPlan plan, TablePlan table, string own)
{
    public int Find(string name)
    {
        if (table.Table.IndexOf(name) is var exact and >= 0) return exact;
        for (var c = 0; c < table.Columns.Count; c++)
            if (table.Columns[c].Column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return c;
        throw new PlanException("RS2409",
            $"The rule for {table.Table.Name}.{own}, a function of the row, reads the column {name}, which does not exist. "
            + $"The nearest names are: {string.Join(", ", TableSelection.Nearest(table.Table.Columns.Select(c => c.Name), name))}. Mend the function.");
    }

    public PlanException Circle(int column) => new("RS2410",
        $"The rule for {table.Table.Name}.{own}, a function of the row, reads {table.Columns[column].Column.Name}, which is made of {own} itself. Let one of the two go without the other.");

    public object? Read(RowFrame frame, int row, int column) => VectorValue.Read(frame.Column(column), row, table.Columns[column].Column.Type)
        ?? (frame.Column(column).IsNull(row) ? null : throw new PlanException("RS2409",
            $"The rule for {table.Table.Name}.{own}, a function of the row, reads {table.Columns[column].Column.Name}, whose type {plan.Schema.Provider} calls {table.Columns[column].Column.Type.Name}, and C# has no value for it. Read another column."));
}

/// <summary>A row of a frame as a function sees it.</summary>
sealed class FrameSeedRow(RowFrame frame, int row, RowColumns columns, RowRandom random) : SeedRow
{
    public override long Index => frame.Rows[row];

    public override RowRandom Random => random;

    public override object? this[string column]
    {
        get
        {
            var index = columns.Find(column);
            return frame.IsBeingMade(index) ? throw columns.Circle(index) : columns.Read(frame, row, index);
        }
    }
}
