using System.Globalization;
using System.Text;

namespace RelSeed.Schema;

/// <summary>Names and catalog texts made fit for one line of output, whatever characters they hold.</summary>
static class PrintedText
{
    /// <summary>The name itself when it is one word of letters, digits and underscores, else in double quotes.</summary>
    public static string Name(string name) =>
        name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c == '_') ? name : $"\"{OneLine(name).Replace("\"", "\"\"")}\"";

    public static string Name(TableName name) => name.Schema.Length == 0 ? Name(name.Name) : $"{Name(name.Schema)}.{Name(name.Name)}";

    public static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(Name));

    /// <summary>A text without line breaks, controls and invisible marks: these stand as <c>\u</c> and four digits.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(IsInvisible)) return text;
        var line = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (IsInvisible(c)) line.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            else line.Append(c);
        }
        return line.ToString();
    }

    static bool IsInvisible(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
