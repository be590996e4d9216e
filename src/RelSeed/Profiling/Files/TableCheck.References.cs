using RelSeed.Schema;

namespace RelSeed.Profiling.Files;

/// <summary>What is told of references.</summary>
sealed partial class TableCheck
{
    // Which parents may be taken.
    void CheckPick(ReferenceProfile reference, TableProfile principal, string place)
    {
        var parent = table.Driving >= 0 ? tables.GetValueOrDefault(table.References[table.Driving].Principal) : null;
        for (var b = 0; b < reference.Bounds.Count; b++)
            Need(IsAxis(principal, reference.Bounds[b].Step) && parent is not null && IsAxis(parent, reference.Bounds[b].Driving), $"{place}.bounds[{b}]",
                "a moment of the principal and one of the driving parent are expected");
        if (reference.Within.IsEmpty) return;
        Need(reference.Within.Count is 2 or 3, $"{place}.within", "two references are expected, or three");
        var (of, via) = (reference.Within[0], reference.Within[1]);
        Need(of < principal.References.Count && via >= 0 && via < table.References.Count && table.References[via] != reference
            && GroupOf(reference, via) == (of < 0 ? principal.Name : principal.References[of].Principal), $"{place}.within", "they do not lead to the same table");
    }

    TableName? GroupOf(ReferenceProfile reference, int via) => reference.Within.Count == 2 ? table.References[via].Principal
        : tables.TryGetValue(table.References[via].Principal, out var parent) && reference.Within[2] is >= 0 and var above && above < parent.References.Count ? parent.References[above].Principal : null;

    bool IsAxis(TableProfile owner, int step) => step < owner.Steps.Count && CodesOf(owner, step) is { IsOrdinal: true };

    void Check(ReferenceProfile reference, string place, HashSet<string> names)
    {
        Need(reference.Columns.Count > 0 && reference.Columns.All(names.Contains), $"{place}.columns", "a column is none of the table's");
        Need(tables.ContainsKey(reference.Principal), $"{place}.principal", "the table is not in the profile");
        var principal = tables[reference.Principal];
        for (var i = 0; i < reference.Attributes.Count; i++) Need(reference.Attributes[i] < principal.Steps.Count, $"{place}.attributes[{i}]", "the principal has no such step");
        Need(reference.Follows.Count is 0 or 2, $"{place}.follows", "two references are expected");
        if (reference.Follows is [var via, var of])
            Need(via < table.References.Count && table.References[via] != reference
                && tables.TryGetValue(table.References[via].Principal, out var through)
                && of < through.References.Count && through.References[of].Principal == reference.Principal, $"{place}.follows",
                "they do not lead to its principal");
        CheckPick(reference, principal, place);
        CheckParents(reference, principal, place);
        if (reference.Children is not { } children) return;
        Check(children.Codes, $"{place}.children.codes");
        Need(children.Codes.IsOrdinal && children.Codes.Codes[0] is NumberCode { Value: >= 0 } or RangeCode { Low: >= 0 }, $"{place}.children.codes",
            "counts begin at 0");
        if (children.Map is { } map)
        {
            Need(map.Step < principal.Steps.Count && map.Codes.Count == SizeOf(principal, map.Step), $"{place}.children.map",
                "it is no step of the principal with so many codes");
            Need(map.Codes.All(c => c != 0 && c < children.Codes.Size), $"{place}.children.map.codes", "a code is none of the counts'");
        }
        new TreeCheck(path + $"{place}.children.tree", f => FanOutSize(principal, f)).Check(children.Tree, 1, children.Codes.Size);
        Need(children.Told.IsEmpty || principal.IsToldByRow && children.Told.Count == principal.Rows, $"{place}.children.told",
            $"one for each of {principal.Rows} rows that are told is expected");
        for (var row = 0; row < children.Told.Count; row++)
            Need(children.Told[row] < children.Codes.Size, $"{place}.children.told[{row}]", "a code is none of the counts'");
        if (children.None is not { } none) return;
        Need(children.Codes.Codes[0] is NumberCode { Value: 0 }, $"{place}.children.none", "none is no code of the counts");
        new TreeCheck(path + $"{place}.children.none", f => FanOutSize(principal, f)).Check(none, 0, 2);
    }

    // Codes that a feature of a fan-out tree may have; 0 when it may not be asked.
    int FanOutSize(TableProfile parent, Feature feature) => feature.Kind switch
    {
        FeatureKind.Own => SizeOf(parent, feature.Step),
        FeatureKind.Parent when parent.Driving >= 0 && feature.Reference == parent.Driving
            && tables.TryGetValue(parent.References[parent.Driving].Principal, out var above) => SizeOf(above, feature.Step),
        FeatureKind.Children when feature.Table is { } child && tables.TryGetValue(child, out var from) && feature.Reference < from.References.Count
            && from.References[feature.Reference].Principal == parent.Name => CountCodes.Size,
        _ => 0,
    };
}
