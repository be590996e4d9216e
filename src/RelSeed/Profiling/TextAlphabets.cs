namespace RelSeed.Profiling;

/// <summary>The classes of characters in forms of texts.</summary>
static class TextAlphabets
{
    /// <summary>Those of random tokens, the narrowest first.</summary>
    public const string Tokens = "xXnNw";

    /// <summary>Characters of a class: A and a letters, 9 digits, x and X hexadecimal digits, n and N letters of one case with digits, w of both;
    /// null for what stands for itself.</summary>
    public static string? Of(char form) => form switch
    {
        'A' => Upper,
        'a' => Lower,
        '9' => Digits,
        'x' => Digits + "abcdef",
        'X' => Digits + "ABCDEF",
        'n' => Digits + Lower,
        'N' => Digits + Upper,
        'w' => Digits + Upper + Lower,
        _ => null,
    };

    const string Digits = "0123456789", Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", Lower = "abcdefghijklmnopqrstuvwxyz";
}
