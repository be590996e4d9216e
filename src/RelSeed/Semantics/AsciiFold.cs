using System.Text;

namespace RelSeed.Semantics;

/// <summary>Text in the letters of ASCII: accents off, ligatures spelt out, Greek and Cyrillic transliterated.</summary>
/// <remarks>An own table, since globalization is invariant and must give the same everywhere.</remarks>
static class AsciiFold
{
    const string Table =
        "àáâãåāăą=a äæ=ae çćĉċč=c ďđð=d èéêëēĕėęě=e ĝğġģ=g ĥħ=h ìíîïĩīĭįı=i ĵ=j ķ=k ĺļľŀł=l ñńņňŋ=n òóôõøōŏő=o öœ=oe ŕŗř=r śŝşšș=s ß=ss " +
        "ţťŧț=t ùúûũūŭůűų=u ü=ue ŵ=w ýÿŷ=y źżž=z þ=th ə=e " +
        "ảạấầẩẫậắằẳẵặ=a ẹẻẽếềểễệ=e ỉịḯ=i ọỏốồổỗộớờởỡợơ=o ụủứừửữựư=u ỳỵỷỹ=y " +
        "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o ά=a έ=e ή=i ίϊΐ=i ό=o ύϋΰ=y ώ=o " +
        "а=a б=b в=v гґ=g д=d еэ=e ё=yo ж=zh з=z иі=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ы=y ю=yu я=ya " +
        "є=ye ї=yi";

    static readonly Dictionary<char, string> Letters = Parse();

    /// <summary>Lower-case letters and digits of ASCII; anything else becomes the separator, never at an end nor twice.</summary>
    public static string Fold(string text, string separator)
    {
        var result = new StringBuilder(text.Length);
        var pending = false;
        foreach (var c in text.ToLowerInvariant())
        {
            if (IsSilent(c)) continue;
            var folded = char.IsAsciiLetterOrDigit(c) ? c.ToString() : Letters.GetValueOrDefault(c, "");
            if (folded.Length == 0)
            {
                pending = result.Length > 0;
                continue;
            }
            if (pending) result.Append(separator);
            pending = false;
            result.Append(folded);
        }
        return result.ToString();
    }

    /// <summary>The letters of ASCII for one character: null for one to pass over, empty for one that parts words.</summary>
    public static string? Letter(Rune rune)
    {
        if (IsSilent(rune.Value)) return null;
        if (rune.Value >= 128)
            return rune.IsBmp ? Letters.GetValueOrDefault((char)rune.Value)
                ?? Letters.GetValueOrDefault(char.ToLowerInvariant((char)rune.Value), "") : "";
        var c = (char)rune.Value;
        return char.IsAsciiLetterOrDigit(c) ? Ascii[char.ToLowerInvariant(c)] : "";
    }

    static readonly string[] Ascii = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];

    static bool IsSilent(int c) => c is '\'' or '’' or '.' or '\u0306' or '\u044C' or '\u044A';

    /// <summary>Letters only.</summary>
    public static string Name(string text) => string.Concat(Fold(text, "").Where(char.IsAsciiLetter));

    /// <summary>What two texts have in common when they differ only in case and accents.</summary>
    public static string Key(string text)
    {
        var lower = text.ToLowerInvariant();
        return System.Text.Ascii.IsValid(lower) ? lower : string.Concat(lower.Select(c => Letters.GetValueOrDefault(c, c.ToString())));
    }

    static Dictionary<char, string> Parse()
    {
        var letters = new Dictionary<char, string>();
        foreach (var entry in Table.Split(' '))
        {
            var parts = entry.Split('=');
            foreach (var letter in parts[0]) letters[letter] = parts[1];
        }
        return letters;
    }
}
