using RelSeed.Planning;
using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Generation.Learned;

/// <summary>Makes ready what picks the parents that a reference other than the driving one leads to.</summary>
sealed class PickerCompiler(TableProfile profile, EquatableArray<ProfiledKey> keys, int reference)
{
    const int BatchRows = 4_096;

    /// <summary>Each parent is a group of its own.</summary>
    public const int Itself = -2;

    /// <param name="principal">Null when nothing was learned of it.</param>
    /// <param name="group">Position among the principal's references of the one that leads to the group that it belongs to; -1 for none.</param>
    public ParentPicker Make(TableGenerator parent, TableProfile? principal, int[] degrees, int group)
    {
        var attributes = principal is null ? [] : Enumerable.Range(0, profile.Steps.Count)
            .Where(s => profile.Steps[s].Kind == StepKind.Attribute && profile.Steps[s].Reference == reference).ToArray();
        var steps = attributes.Select(a => profile.Steps[a].Target).ToArray();
        var codes = new ushort[]?[principal?.Steps.Count ?? 0];
        var values = new double[]?[codes.Length];
        foreach (var step in AskedFor(steps).Where(s => s >= 0 && s < codes.Length)) codes[step] = new ushort[parent.RowCount];
        foreach (var step in Counted(attributes).Where(s => s < codes.Length)) values[step] = new double[parent.RowCount];
        if (codes.Any(c => c is not null) || values.Any(v => v is not null)) Fill(parent, codes, values);
        return new ParentPicker(attributes, steps, [.. steps.Select(s => principal!.Steps[s].Kind == StepKind.Column && principal.Columns[principal.Steps[s].Target].Codes.IsOrdinal)], codes, values,
            degrees, group == -1 ? null : Groups(parent, group));
    }

    // Steps of the principal whose codes something asks for.
    IEnumerable<int> AskedFor(int[] steps) => profile.Steps.SelectMany(s => s.Models).SelectMany(m => new[] { m.Nulls, m.Values }).OfType<TreeModel>()
        .SelectMany(t => t.Features).Where(f => f.Kind == FeatureKind.Parent && f.Reference == reference).Select(f => f.Step).Concat(steps)
        .Concat(keys.SelectMany(k => k.Values).Where(v => v.Reference == reference).Select(v => v.Step)).Distinct();

    // Steps of the principal of which a row's values must know where they stand: those that they stay within, and those that they begin at.
    IEnumerable<int> Counted(int[] attributes)
    {
        var bounds = profile.Steps.SelectMany(s => s.Bounds).Select(b => b.Feature).ToList();
        var begins = profile.Steps.SelectMany(s => s.Models).Where(m => m.Base == BaseKind.Own).Select(m => m.BaseStep).ToHashSet();
        return bounds.Where(f => f.Kind == FeatureKind.Parent && f.Reference == reference).Select(f => f.Step)
            .Concat(attributes.Where(begins.Contains).Select(a => profile.Steps[a].Target))
            .Concat(profile.References[reference].Bounds.Select(b => b.Step)).Distinct();
    }

    /// <summary>By row: the row to which a reference leads; -1 where it has none.</summary>
    public static int[] Groups(TableGenerator parent, int reference)
    {
        var groups = new int[parent.RowCount];
        if (reference == Itself) return [.. Enumerable.Range(0, groups.Length)];
        var frame = new RowFrame(parent);
        for (long first = 0; first < parent.RowCount; first += BatchRows)
        {
            frame.Reset(first, (int)Math.Min(BatchRows, parent.RowCount - first));
            var rows = frame.ParentRows(reference);
            for (var i = 0; i < rows.Length; i++) groups[first + i] = (int)rows[i];
        }
        return groups;
    }

    static void Fill(TableGenerator parent, ushort[]?[] codes, double[]?[] values)
    {
        foreach (var (first, state, count) in LearnedCompiler.Batches(parent))
            for (var s = 0; s < codes.Length; s++)
            {
                if (codes[s] is { } all) state.Codes[s].AsSpan(0, count).CopyTo(all.AsSpan((int)first));
                if (values[s] is not { } kept) continue;
                for (var i = 0; i < count; i++) kept[first + i] = state.Codes[s][i] == 0 ? double.NaN : state.Values[s][i];
            }
    }
}
