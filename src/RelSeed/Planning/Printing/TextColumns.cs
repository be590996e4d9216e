using System.Text;

namespace RelSeed.Planning.Printing;

/// <summary>Lines of cells in columns as wide as their widest cell; the last cell of a line may be of any length.</summary>
sealed class TextColumns(string indent)
{
    const int Widest = 60;
    readonly List<string[]> _lines = [];

    public void Add(params string[] cells) => _lines.Add(cells);

    public void WriteTo(StringBuilder text)
    {
        if (_lines.Count == 0) return;
        var widths = new int[_lines.Max(l => l.Length)];
        foreach (var line in _lines)
            for (var c = 0; c < line.Length - 1; c++) widths[c] = Math.Max(widths[c], Math.Min(line[c].Length, Widest));
        foreach (var line in _lines)
        {
            var start = text.Length;
            text.Append(indent);
            for (var c = 0; c < line.Length; c++) text.Append(c == line.Length - 1 ? line[c] : line[c].PadRight(widths[c]) + "  ");
            while (text.Length > start && text[^1] == ' ') text.Length--;
            text.Append('\n');
        }
    }
}
