using RelSeed.Learning.Models;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Learning.Sampling;

/// <summary>Puts the rows of a driving parent in order: by time where a column tells it, then by number and key.</summary>
static class Siblings
{
    // A column that is often null orders nothing.
    const double LeastPresent = 0.95;

    // Of so many siblings, in the mean of the rows, the order of a key that means something else says nothing.
    const double MostByName = 64;

    // Of what puts siblings in order few share one.
    const double LeastApart = 0.95;

    // So many steps, of which so few lead back, are proof.
    const int LeastSteps = 100;
    const double LeastUp = 0.2, MostDown = 0.005;

    public static SiblingOrder Order(SampleTable table)
    {
        var order = SiblingOrder.None(table.Count);
        if (table.DrivingReference is not { } driving || IsCrowd(table, driving)) return order;
        var columns = OrderColumns(table);
        var rows = Enumerable.Range(0, table.Count).Where(r => driving.Parents[r] >= 0).ToArray();
        var moments = TimeOf(table) is null ? Moments(table, driving, rows) : null;
        Array.Sort(rows, (a, b) => Compare(driving.Parents, moments, columns, a, b));
        for (int start = 0, end; start < rows.Length; start = end)
        {
            for (end = start + 1; end < rows.Length && driving.Parents[rows[end]] == driving.Parents[rows[start]]; end++) { }
            for (var i = start; i < end; i++)
            {
                order.Previous[rows[i]] = i == start ? -1 : rows[i - 1];
                order.Ordinals[rows[i]] = i - start;
                order.Remaining[rows[i]] = end - 1 - i;
            }
        }
        return order;
    }

    // Many children that neither time nor a number of their own puts in order: each stands for itself.
    static bool IsCrowd(SampleTable table, SampleReference driving) =>
        TimeOf(table) is null && !table.Table.AllKeys.Any(k => k.IsPlain && k.Parts.Count == 1)
        && driving.Degrees.Sum(d => (double)d * d) > MostByName * driving.Degrees.Sum(d => (double)d);

    static int Compare(int[] parents, double[]? moments, SampleColumn[] columns, int left, int right)
    {
        if (parents[left] != parents[right]) return parents[left].CompareTo(parents[right]);
        if (moments is not null && moments[left] != moments[right]) return moments[left].CompareTo(moments[right]);
        foreach (var column in columns)
            if (column.Compare(left, right) is var order and not 0) return order;
        return left.CompareTo(right);
    }

    // By row, when what another parent stands for took place: a driver's results in the order of the races. Few siblings share it.
    static double[]? Moments(SampleTable table, SampleReference driving, int[] rows)
    {
        foreach (var reference in table.References)
        {
            if (reference == driving || reference.Principal == table || Array.Exists(rows, r => reference.Parents[r] < 0)) continue;
            if (Times(reference.Principal).FirstOrDefault() is not AxisSample time || !IsPresent(time, 1)) continue;
            var values = time.Values.ToArray();
            var moments = Array.ConvertAll(reference.Parents, p => p < 0 ? 0 : values[p]);
            var different = rows.Select(r => (driving.Parents[r], moments[r])).Distinct().Count();
            if (different >= rows.Length * LeastApart) return moments;
        }
        return null;
    }

    /// <summary>The column of time that puts siblings in order; null for none.</summary>
    public static Column? TimeOf(SampleTable table) => table.DrivingReference is null ? null : Times(table).FirstOrDefault()?.Column;

    static SampleColumn[] OrderColumns(SampleTable table)
    {
        var times = Times(table);
        // A day with its hour is one moment.
        var first = times is [var day, _, ..] && day.Column.Type.Kind == TypeKind.Date && times.Find(t => ScaleOf(t) == TimeScale.Day) is { } hour
            ? [day, hour] : times.Take(1).ToArray();
        return [.. first, .. KeyColumns(table), .. times.Except(first)];
    }

    static TimeScale ScaleOf(SampleColumn column) => column.Column.Type.Kind.ScaleOfTime();

    static SampleColumn[] KeyColumns(SampleTable table) =>
        [.. table.Table.AllKeys.Where(k => k.IsPlain).SelectMany(k => k.ColumnNames).Select(table.Table.IndexOf)
            .Where(k => !table.DrivingReference!.Columns.Contains(k)).Select(k => table.Columns[k])];

    static List<SampleColumn> Times(SampleTable table)
    {
        var columns = table.Columns.OfType<AxisSample>().Where(c => IsPresent(c)).ToList();
        // What is not yet known of the last siblings does not make them the first.
        var times = columns.Where(c => c.Column.Type.Kind.IsTemporal()).OrderBy(c => !IsPresent(c, 1)).ThenBy(c => ScaleOf(c) == TimeScale.Day)
            .ThenBy(Mean).ToList<SampleColumn>();
        if (times.Count == 0)
            times = [.. columns.Where(c => Meanings.Of(table.Table, c.Column).Kind == Meaning.Year
                || NameWords.Split(c.Column.Name).Contains("year"))];
        return times.Count > 0 || table.Ascending is not { } ascending ? times : [ascending];
    }

    /// <summary>A number that goes up from row to row of a parent's, in the order of their keys, as a day since a beginning does; null for none.</summary>
    public static SampleColumn? FindAscending(SampleTable table)
    {
        if (table.DrivingReference is not { } driving || driving.Principal == table) return null;
        var candidates = table.Columns.OfType<AxisSample>().Where(c => IsPresent(c, 1) && c.Column.Type.Kind.IsNumeric() && !IsOfKey(table, c.Column)).ToList();
        if (candidates.Count == 0) return null;
        var keys = KeyColumns(table);
        var rows = Enumerable.Range(0, table.Count).Where(r => driving.Parents[r] >= 0).ToArray();
        Array.Sort(rows, (a, b) => Compare(driving.Parents, moments: null, keys, a, b));
        return candidates.Find(c => Ascends(c, driving.Parents, rows));
    }

    static bool IsOfKey(SampleTable table, Column column) =>
        table.Table.AllKeys.Any(k => k.ColumnNames.Contains(column.Name)) || table.Table.ForeignKeys.Any(k => k.Columns.Contains(column.Name));

    static bool Ascends(AxisSample column, int[] parents, int[] rows)
    {
        var values = column.Values;
        int up = 0, down = 0, all = 0;
        for (var i = 1; i < rows.Length; i++)
        {
            if (parents[rows[i]] != parents[rows[i - 1]]) continue;
            all++;
            if (values[rows[i]] > values[rows[i - 1]]) up++;
            else if (values[rows[i]] < values[rows[i - 1]]) down++;
        }
        return all >= LeastSteps && up >= LeastUp * all && down <= MostDown * up;
    }

    static bool IsPresent(SampleColumn column, double least = LeastPresent) =>
        column.Count - column.NullCount >= column.Count * least;

    static double Mean(AxisSample column)
    {
        double sum = 0;
        var count = 1;
        foreach (var value in column.Values)
            if (!double.IsNaN(value)) (sum, count) = (sum + value, count + 1);
        return sum / count;
    }
}
