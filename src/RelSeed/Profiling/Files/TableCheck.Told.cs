namespace RelSeed.Profiling.Files;

/// <summary>Rows that are told one by one.</summary>
sealed partial class TableCheck
{
    void CheckTold(int s, string place, int size)
    {
        var step = table.Steps[s];
        if (step.Told.IsEmpty) return;
        Need(step.Told.Count == table.Rows, $"{place}.told", $"one for each of {table.Rows} rows is expected");
        var isOrdinal = CodesOf(table, s) is { IsOrdinal: true };
        for (var row = 0; row < step.Told.Count; row++)
            Need(double.IsNaN(step.Told[row]) || isOrdinal || step.Told[row] >= 1 && step.Told[row] < size && step.Told[row] == Math.Floor(step.Told[row]),
                $"{place}.told[{row}]", $"null or a code below {size} is expected");
    }

    void CheckParents(ReferenceProfile reference, TableProfile principal, string place)
    {
        if (reference.Parents.IsEmpty) return;
        Need(reference.Parents.Count == table.Rows && table.IsToldByRow && principal.IsToldByRow && principal != table, $"{place}.parents",
            $"one for each of {table.Rows} rows is expected, of two tables whose rows are told");
        var isDriving = table.Driving >= 0 && table.References[table.Driving] == reference;
        for (var row = 0; row < reference.Parents.Count; row++)
        {
            Need(reference.Parents[row] < principal.Rows, $"{place}.parents[{row}]", "there is no such parent");
            Need(!isDriving || row == 0 || Place(reference.Parents[row]) >= Place(reference.Parents[row - 1]), $"{place}.parents[{row}]", "the driving parents must ascend");
        }
    }

    static int Place(int parent) => parent < 0 ? int.MaxValue : parent;
}
