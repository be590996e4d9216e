using RelSeed.Profiling;
using RelSeed.Schema;

namespace RelSeed.Learning.Sampling;

/// <summary>Takes texts that are dates, moments or times of day for what they are: they have an order, and lie between others.</summary>
static class WrittenMoments
{
    // A few dates, and the hours at which things begin, are as well told by name.
    const int LeastTexts = 20, LeastTimes = 100;

    // So few that have the same hour are too few to tell it by name.
    const int FewRows = 25;

    public static void Read(IEnumerable<SampleTable> tables)
    {
        foreach (var table in tables)
            for (var c = 0; c < table.Columns.Length; c++)
                if (FormOf(table, c) is { } form) table.Take(c, form);
    }

    /// <summary>Null where the column holds no such texts.</summary>
    public static MomentForm? FormOf(SampleTable table, int c) =>
        table.Columns[c] is TextSample { Texts.Count: >= LeastTexts } texts && table.Table.Columns[c] is { Type.Kind: TypeKind.Text or TypeKind.FixedText, IsComputed: false } column
        && !table.References.Any(r => r.Columns.Contains(c)) && !IsReferred(table, column)
            && MomentForm.Of(texts.Texts) is { } form && (form.Kind != TypeKind.Time || texts.Texts.Count >= LeastTimes || texts.Count < FewRows * texts.Texts.Count) ? form : null;

    static bool IsReferred(SampleTable table, Column column) =>
        table.Table.AllKeys.Any(k => k.IsPlain && k.Parts.Count == 1 && k.Parts[0].Column == column.Name);
}
