using RelSeed.Expressions;
using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>The conditions of a column's rules, in their order.</summary>
sealed class RowCases
{
    readonly (CompiledPredicate Predicate, ValueReader[] Readers)[] _cases;

    RowCases((CompiledPredicate, ValueReader[])[] cases) => _cases = cases;

    public static RowCases Of(SeedPlan plan, TablePlan table, EquatableArray<SpecCase> cases) =>
        new([.. cases.Select(c => Compile(plan, table, c.Expression))]);

    static (CompiledPredicate, ValueReader[]) Compile(SeedPlan plan, TablePlan table, Expression condition)
    {
        var dialect = plan.Schema.Dialect();
        var readers = new List<ValueReader>();
        var context = new EvaluationContext(dialect, plan.AsOf, name => table.Table.IndexOf(name) is var c and >= 0 ? table.Table.Columns[c] : null);
        var predicate = CompiledPredicate.Filter(condition, context, name =>
        {
            var column = table.Table.IndexOf(name);
            if (readers.FindIndex(r => r.Column == column) is var known and >= 0) return known;
            readers.Add(new ValueReader(column, table.Table.Columns[column].Type, table.Table.Columns[column].IsCaseInsensitive, dialect));
            return readers.Count - 1;
        });
        return (predicate, [.. readers]);
    }

    /// <summary>The first case whose condition is true of the row; -1 for none.</summary>
    /// <exception cref="PlanException">RS2409, RS2410: a condition cannot be told, or reads what is made of it.</exception>
    public int Find(RowFrame frame, int row, string column)
    {
        for (var c = 0; c < _cases.Length; c++)
        {
            var (predicate, readers) = _cases[c];
            if (row == 0 && Array.Find(readers, r => frame.IsBeingMade(r.Column)) is { } circle)
                throw new PlanException("RS2410",
                    $"A rule for {frame.Table.Name}.{column} has a condition on {frame.Table.Columns[circle.Column].Name}, which is made of {column} itself. Let one of the two go without the other.");
            switch (predicate.Test(new FrameRow(frame, readers, row)))
            {
                case Verdict.Holds: return c;
                case Verdict.Unknown:
                    throw new PlanException("RS2409",
                        $"The condition of a rule for {frame.Table.Name}.{column} cannot be told of a row: it calls what only the database knows. Write a simpler one.");
            }
        }
        return -1;
    }
}

/// <summary>Values by conditions on other columns of the row.</summary>
/// <param name="values">By case; null for the values of other rows.</param>
sealed class CaseColumn(RowCases cases, string name, ColumnGenerator?[] values, ColumnGenerator otherwise, ColumnType type) : ColumnGenerator
{
    public override void Fill(RowFrame frame, ColumnVector target)
    {
        var made = new ColumnVector?[values.Length];
        var others = Make(otherwise, frame);
        for (var i = 0; i < frame.Count; i++)
        {
            var found = cases.Find(frame, i, name);
            target.CopyRow(i, found >= 0 && values[found] is { } generator ? made[found] ??= Make(generator, frame) : others, i);
        }
    }

    ColumnVector Make(ColumnGenerator generator, RowFrame frame)
    {
        var vector = ColumnVector.Create(type);
        vector.Reset(frame.Count);
        generator.Fill(frame, vector);
        return vector;
    }
}

/// <summary>Nulls by conditions on other columns of the row.</summary>
/// <param name="shares">By case.</param>
sealed class NullByCase(RowCases cases, string name, double[] shares, NullGenerator? otherwise, NullGenerator? scope, ulong key) : NullGenerator
{
    readonly ulong[] _thresholds = [.. shares.Select(CounterRandom.Threshold)];

    public override void Mark(RowFrame frame, ColumnVector target)
    {
        var found = new int[frame.Count];
        for (var i = 0; i < found.Length; i++) found[i] = cases.Find(frame, i, name);
        var before = target.HasNulls ? target.Nulls.ToArray() : new bool[found.Length];
        otherwise?.Mark(frame, target);
        var nulls = target.WriteNulls();
        var counters = frame.Counters;
        for (var i = 0; i < found.Length; i++)
            if (found[i] >= 0) nulls[i] = before[i] || shares[found[i]] >= 1 || CounterRandom.At(key, counters[i]) < _thresholds[found[i]];
        scope?.Mark(frame, target);
    }
}
