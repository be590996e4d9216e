using RelSeed.Planning;

namespace RelSeed.Generation;

/// <summary>Check digits of the numbers people use, over ASCII; anything that is no digit is passed over but for
/// <see cref="CheckDigit.Mod97"/>.</summary>
static class CheckDigits
{
    /// <summary>Appends or sets the digits and tells the new length.</summary>
    public static int Apply(CheckDigit kind, Span<byte> buffer, int length)
    {
        var text = buffer[..length];
        if (kind == CheckDigit.Mod97)
        {
            var digits = 98 - Mod97(text);
            text[2] = (byte)('0' + digits / 10);
            text[3] = (byte)('0' + digits % 10);
            return length;
        }
        buffer[length] = kind switch
        {
            CheckDigit.Luhn => (byte)('0' + Luhn(text)),
            CheckDigit.Ean => (byte)('0' + Ean(text)),
            _ => Isbn10(text) is var digit and < 10 ? (byte)('0' + digit) : (byte)'X',
        };
        return length + 1;
    }

    static int Luhn(ReadOnlySpan<byte> text)
    {
        var (sum, isDoubled) = (0, true);
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (!IsDigit(text[i])) continue;
            var digit = (text[i] - '0') * (isDoubled ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
            isDoubled = !isDoubled;
        }
        return (10 - sum % 10) % 10;
    }

    static int Ean(ReadOnlySpan<byte> text)
    {
        var (sum, weight) = (0, 3);
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (!IsDigit(text[i])) continue;
            sum += (text[i] - '0') * weight;
            weight = 4 - weight;
        }
        return (10 - sum % 10) % 10;
    }

    static int Isbn10(ReadOnlySpan<byte> text)
    {
        var (sum, weight) = (0, 10);
        foreach (var c in text)
            if (IsDigit(c)) sum += (c - '0') * weight--;
        return (11 - sum % 11) % 11;
    }

    // The country and the check digits, as 00, count after the rest; a letter counts as two digits, A as 10.
    static int Mod97(ReadOnlySpan<byte> text)
    {
        var rest = 0;
        foreach (var c in text[4..]) rest = Step(rest, c);
        rest = Step(Step(rest, text[0]), text[1]);
        return rest * 100 % 97;
    }

    static int Step(int rest, byte c) =>
        IsDigit(c) ? (rest * 10 + c - '0') % 97 : c is >= (byte)'A' and <= (byte)'Z' ? (rest * 100 + c - 'A' + 10) % 97 : rest;

    static bool IsDigit(byte c) => c is >= (byte)'0' and <= (byte)'9';
}
