using System.Text;
using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Semantics;

namespace RelSeed.Generation;

/// <summary>Runs a program for one value into a span that is large enough for its longest text.</summary>
ref struct TextWriter(Span<byte> buffer, long counter, long index, RowFrame frame, int row)
{
    readonly Span<byte> _buffer = buffer;
    long _index = index;

    public int Length { get; private set; }

    public void Run(TextOp[] ops, ulong salt)
    {
        foreach (var op in ops)
        {
            switch (op.Kind)
            {
                case TextOpKind.Literal: Write(op.Bytes); break;
                case TextOpKind.Word: Write(op.Words![op.Radix > 0 ? (int)Digit(op.Radix) : op.Words.Draw(Word(op, salt))]); break;
                case TextOpKind.Pattern: WritePattern(op.Words![op.Words.Draw(Word(op, salt))], CounterRandom.At(op.Key2 + salt, counter)); break;
                case TextOpKind.Number: WriteNumber(op, salt); break;
                case TextOpKind.Chars: WriteChars(op, salt); break;
                case TextOpKind.Choice: Run(op.Cases[op.Weights!.Draw(Word(op, salt))], salt); break;
                case TextOpKind.Match: Run(op.Cases[op.CaseOfWord[op.Words!.Draw(Word(op, salt))]], salt); break;
                case TextOpKind.Repeat: Repeat(op, salt); break;
                case TextOpKind.Column: WriteColumn(op, salt); break;
                case TextOpKind.Instant:
                    var place = op.Radix > 0 ? Digit(op.Radix) : (long)CounterRandom.Below(Word(op, salt), (ulong)op.Max);
                    Length += InstantText.Write(_buffer[Length..], op.Min + place * op.Step, op.Form);
                    break;
                case TextOpKind.Sampled:
                    var text =
                        op.Sampler!.At(op.Radix > 0 ? Digit(op.Radix) : (long)CounterRandom.Below(Word(op, salt), (ulong)op.Sampler.Count), op.Key);
                    Length += Encoding.UTF8.GetBytes(text, _buffer[Length..]);
                    break;
                default: Length = CheckDigits.Apply(op.Check, _buffer, Length); break;
            }
        }
    }

    readonly ulong Word(TextOp op, ulong salt) => CounterRandom.At(op.Key + (salt & op.SaltMask), counter);

    long Digit(long radix)
    {
        var digit = (long)((ulong)_index % (ulong)radix);
        _index = (long)((ulong)_index / (ulong)radix);
        return digit;
    }

    void Write(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer[Length..]);
        Length += text.Length;
    }

    void WritePattern(ReadOnlySpan<byte> pattern, ulong word)
    {
        foreach (var c in pattern)
        {
            var written = c;
            if (c is (byte)'#' or (byte)'~')
            {
                written = (byte)(c == '#' ? '0' + CounterRandom.Below(word, 10) : 'A' + CounterRandom.Below(word, 26));
                word = CounterRandom.Mix(word);
            }
            _buffer[Length++] = written;
        }
    }

    void WriteNumber(TextOp op, ulong salt)
    {
        var place = op.Radix > 0 ? Digit(op.Radix) : (long)CounterRandom.Below(Word(op, salt), (ulong)op.Max);
        var value = op.Min + place * op.Step;
        if (value < 0) _buffer[Length++] = (byte)'-';
        var magnitude = value < 0 ? 0UL - (ulong)value : (ulong)value;
        Span<byte> digits = stackalloc byte[20];
        var count = 0;
        var least = Math.Min(20, Math.Max(Math.Max(1, op.Width), op.Decimals + 1));
        for (; magnitude > 0 || count < least; magnitude /= 10) digits[count++] = (byte)('0' + magnitude % 10);
        for (var i = count - 1; i >= 0; i--)
        {
            _buffer[Length++] = digits[i];
            if (i == op.Decimals && i > 0) _buffer[Length++] = (byte)'.';
        }
    }

    void WriteChars(TextOp op, ulong salt)
    {
        var alphabet = (ulong)op.Bytes.Length;
        if (op.Radix > 0)
        {
            for (var i = 0; i < op.Max; i++) _buffer[Length++] = op.Bytes[(int)Digit((long)alphabet)];
            return;
        }
        var word = Word(op, salt);
        var count = op.Min + (op.Max > op.Min ? (long)CounterRandom.Below(CounterRandom.Mix(word + 1), (ulong)(op.Max - op.Min + 1)) : 0);
        for (var i = 0; i < count; i++)
        {
            // Eight characters from one word: the product's low half is the rest of the chance.
            if (i % 8 == 0 && i > 0) word = CounterRandom.At(op.Key + salt + (ulong)i, counter);
            _buffer[Length++] = op.Bytes[(int)Math.BigMul(word, alphabet, out word)];
        }
    }

    void Repeat(TextOp op, ulong salt)
    {
        var count = op.Min + (long)CounterRandom.Below(CounterRandom.At(op.Key + salt, counter), (ulong)(op.Max - op.Min + 1));
        for (long i = 0; i < count; i++)
        {
            if (i > 0) Write(op.Bytes);
            Run(op.Cases[0], salt + (ulong)(i + 1) * 0xD1B54A32D192ED03);
        }
    }

    void WriteColumn(TextOp op, ulong salt)
    {
        var start = Length;
        var column = (BytesVector)frame.Column(op.Column);
        if (!column.IsNull(row))
        {
            if (op.Transform == TextTransform.Slug) WriteSlug(column[row], (int)op.Max);
            else WriteCut(column[row], (int)op.Max);
        }
        if (Length == start) Run(op.Cases[0], salt);
    }

    void WriteCut(ReadOnlySpan<byte> text, int maxChars)
    {
        var end = 0;
        // Bytes 10xxxxxx continue a character.
        for (var chars = 0; end < text.Length; end++)
            if ((text[end] & 0xC0) != 0x80 && ++chars > maxChars) break;
        Write(text[..end]);
    }

    void WriteSlug(ReadOnlySpan<byte> text, int maxChars)
    {
        var (start, pending) = (Length, false);
        while (text.Length > 0)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var consumed);
            text = text[consumed..];
            var folded = AsciiFold.Letter(rune);
            if (folded is null) continue;
            if (folded.Length == 0) pending = Length > start;
            else
            {
                if (Length - start + folded.Length + (pending ? 1 : 0) > maxChars) return;
                if (pending) _buffer[Length++] = (byte)'-';
                pending = false;
                foreach (var c in folded) _buffer[Length++] = (byte)c;
            }
        }
    }
}
