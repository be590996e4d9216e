using System.Text;
using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Semantics;

namespace RelSeed.Generation;

/// <summary>Turns a template's parts into the steps of a <see cref="TextProgram"/>.</summary>
/// <param name="key">The column's key; a part's own draw is keyed by its place in the template.</param>
sealed class TextCompiler(ulong key, ValueContext context)
{
    public HashSet<int> Columns { get; } = [];

    public TextOp[] Compile(TextTemplate template, string path)
    {
        var ops = new TextOp[template.Parts.Count];
        for (var i = 0; i < ops.Length; i++) ops[i] = Compile(template.Parts[i], $"{path}/{i}");
        return ops;
    }

    TextOp Compile(TextPart part, string path) => part switch
    {
        LiteralPart p => new TextOp { Kind = TextOpKind.Literal, Bytes = Encoding.UTF8.GetBytes(p.Text) },
        WordsPart p => new TextOp
        {
            Kind = TextOpKind.Word,
            Words = p.Words,
            Key = KeyOf(p.Draw, path),
            SaltMask = Salt(p.Draw),
            Radix = p.Draw.IsIndex ? p.Choices : 0,
        },
        PatternPart p => new TextOp
        {
            Kind = TextOpKind.Pattern,
            Words = p.Words,
            Key = KeyOf(p.Draw, path),
            Key2 = Own(path + "#"),
            SaltMask = Salt(p.Draw),
        },
        NumberPart p => new TextOp
        {
            Kind = TextOpKind.Number,
            Key = KeyOf(p.Draw, path),
            SaltMask = Salt(p.Draw),
            Radix = p.Draw.IsIndex ? p.Choices : 0,
            Min = p.Min,
            Max = (long)((p.Max - (Int128)p.Min) / p.Step + 1),
            Step = p.Step,
            Decimals = p.Decimals,
            Width = p.Width,
        },
        CharsPart p => new TextOp
        {
            Kind = TextOpKind.Chars,
            Bytes = Encoding.ASCII.GetBytes(p.Alphabet),
            Key = KeyOf(p.Draw, path),
            SaltMask = Salt(p.Draw),
            Radix = p.Draw.IsIndex ? p.Choices : 0,
            Min = p.MinCount,
            Max = p.MaxCount,
        },
        ChoicePart p => new TextOp
        {
            Kind = TextOpKind.Choice,
            Key = KeyOf(p.Draw, path),
            SaltMask = Salt(p.Draw),
            Cases = Cases(p.Cases, path),
            Weights = new AliasTable(p.Weights.IsEmpty ? Enumerable.Repeat(1.0, p.Cases.Count).ToArray() : [.. p.Weights]),
        },
        MatchPart p => Match(p, path),
        RepeatPart p => new TextOp
        {
            Kind = TextOpKind.Repeat,
            Key = Own(path),
            Cases = [Compile(p.Item, path + ":")],
            Min = p.MinCount,
            Max = p.MaxCount,
            Bytes = Encoding.UTF8.GetBytes(p.Separator),
        },
        ColumnPart p => Column(p, path),
        InstantPart p => new TextOp
        {
            Kind = TextOpKind.Instant,
            Key = KeyOf(p.Draw, path),
            SaltMask = Salt(p.Draw),
            Radix = p.Draw.IsIndex ? p.Choices : 0,
            Min = p.MinMicros,
            Max = (p.MaxMicros - p.MinMicros) / p.StepMicros + 1,
            Step = p.StepMicros,
            Form = p.Form,
        },
        SampledPart p => new TextOp
        {
            Kind = TextOpKind.Sampled,
            Sampler = p.Sampler,
            Key = KeyOf(p.Draw, path),
            SaltMask = Salt(p.Draw),
            Radix = p.Draw.IsIndex ? p.Choices : 0,
        },
        CheckDigitPart p => new TextOp { Kind = TextOpKind.CheckDigit, Check = p.Kind },
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "A part without a step."),
    };

    TextOp Match(MatchPart part, string path)
    {
        var words = WordLists.Get(part.List);
        var keys = part.Keys.ToList();
        return new TextOp
        {
            Kind = TextOpKind.Match,
            Words = words,
            Key = KeyOf(part.Draw, path),
            SaltMask = Salt(part.Draw),
            Cases = Cases(part.Cases, path),
            CaseOfWord = [.. words.Words.Select(w => Math.Max(0, keys.IndexOf(w)))],
        };
    }

    TextOp Column(ColumnPart part, string path)
    {
        Columns.Add(part.Column);
        return new TextOp
        {
            Kind = TextOpKind.Column,
            Column = part.Column,
            Transform = part.Transform,
            Max = part.MaxChars,
            Cases = [Compile(part.Fallback, path + ":")],
        };
    }

    TextOp[][] Cases(Schema.EquatableArray<TextTemplate> cases, string path) => [.. cases.Select((c, i) => Compile(c, $"{path}:{i}"))];

    static ulong Salt(Draw draw) => draw.Stream.Length == 0 ? ulong.MaxValue : 0;

    ulong KeyOf(Draw draw, string path) => draw.Stream.Length == 0 ? Own(path) : context.SharedKey(draw.Stream);

    ulong Own(string path) => StableHash.Key(key, path);

    public int MaxBytes(TextOp[] ops) => ops.Sum(MaxBytes);

    int MaxBytes(TextOp op) => op.Kind switch
    {
        TextOpKind.Literal => op.Bytes.Length,
        TextOpKind.Word or TextOpKind.Pattern => op.Words!.MaxBytes,
        TextOpKind.Number => Math.Max(op.Width, 20) + 2,
        TextOpKind.Chars => (int)op.Max,
        TextOpKind.Choice or TextOpKind.Match => op.Cases.Max(MaxBytes),
        TextOpKind.Repeat => (int)op.Max * (MaxBytes(op.Cases[0]) + op.Bytes.Length),
        TextOpKind.Column => Math.Max((int)op.Max * 4, MaxBytes(op.Cases[0])),
        TextOpKind.Instant => 19,
        TextOpKind.Sampled => op.Sampler!.Lengths.Longest * 4,
        _ => 1,
    };
}
