using RelSeed.Expressions;
using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Semantics;

namespace RelSeed.Generation;

/// <summary>A template made ready to run: lists, keys and sizes are settled, so that a text costs a few copies and no allocation.</summary>
sealed class TextProgram
{
    readonly TextOp[] _ops;
    readonly int _maxBytes;
    readonly int[] _columns;

    public TextProgram(TextTemplate template, ulong key, ValueContext context)
    {
        var compiler = new TextCompiler(key, context);
        _ops = compiler.Compile(template, "");
        _maxBytes = compiler.MaxBytes(_ops);
        _columns = [.. compiler.Columns];
    }

    /// <summary>Computes the columns it reads, before a row is begun.</summary>
    public void Prepare(RowFrame frame)
    {
        foreach (var column in _columns) frame.Column(column);
    }

    /// <param name="counter">Row of the draws.</param>
    /// <param name="index">Spelt out by the parts that make the text unique.</param>
    /// <param name="row">Position in the frame, for the columns that are read.</param>
    public void Append(BytesVector target, long counter, long index, RowFrame frame, int row)
    {
        var writer = new TextWriter(target.GetSpan(_maxBytes), counter, index, frame, row);
        writer.Run(_ops, salt: 0);
        target.Advance(writer.Length);
        target.EndRow();
    }
}

enum TextOpKind { Literal, Word, Pattern, Number, Chars, Choice, Match, Repeat, Column, Instant, CheckDigit, Sampled }

/// <summary>One step of a program; which fields are set depends on the kind.</summary>
sealed class TextOp
{
    public required TextOpKind Kind { get; init; }

    /// <summary>Key of the draw.</summary>
    public ulong Key { get; init; }

    /// <summary>Key of a second draw.</summary>
    public ulong Key2 { get; init; }

    /// <summary>All ones when a repetition draws anew, zero when it repeats a shared draw.</summary>
    public ulong SaltMask { get; init; } = ulong.MaxValue;

    /// <summary>Values of the index's digit; 0 when the part is drawn.</summary>
    public long Radix { get; init; }

    public byte[] Bytes { get; init; } = [];
    public WordList? Words { get; init; }
    public AliasTable? Weights { get; init; }
    public TextOp[][] Cases { get; init; } = [];
    public int[] CaseOfWord { get; init; } = [];
    public long Min { get; init; }
    public long Max { get; init; }
    public long Step { get; init; } = 1;
    public int Decimals { get; init; }
    public int Width { get; init; }
    public int Column { get; init; }
    public TextTransform Transform { get; init; }
    public TemporalForm Form { get; init; }
    public CheckDigit Check { get; init; }
    public PatternSampler? Sampler { get; init; }
}

/// <summary>Text by a template, drawn.</summary>
sealed class TextColumn(TextProgram program) : ValueGenerator
{
    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var bytes = (BytesVector)target;
        program.Prepare(frame);
        for (var i = 0; i < counters.Length; i++) program.Append(bytes, counters[i], 0, frame, i);
    }
}

/// <summary>Text by a template, the index spelt in it.</summary>
sealed class TextOfDomain(TextProgram program) : DomainGenerator
{
    public override void Fill(ReadOnlySpan<long> indexes, ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var bytes = (BytesVector)target;
        program.Prepare(frame);
        for (var i = 0; i < indexes.Length; i++) program.Append(bytes, counters[i], indexes[i], frame, i);
    }
}
