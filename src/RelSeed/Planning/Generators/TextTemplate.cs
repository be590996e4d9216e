using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Text as a sequence of parts: literals, words of a list, digits. Its parts that draw from the index spell it in mixed radix.</summary>
public sealed record TextTemplate(EquatableArray<TextPart> Parts)
{
    /// <summary>Distinct texts, when the index alone decides; long.MaxValue when more.</summary>
    public long Capacity
    {
        get
        {
            UInt128 product = 1;
            foreach (var part in Parts)
            {
                product *= (UInt128)part.Choices;
                if (product > long.MaxValue) return long.MaxValue;
            }
            return (long)product;
        }
    }

    /// <summary>Characters at least.</summary>
    public int MinLength => Parts.Sum(p => p.MinLength);

    /// <summary>Characters at most.</summary>
    public int MaxLength { get; } = (int)Math.Min(Parts.Sum(p => (long)p.MaxLength), int.MaxValue / 2);

    public string Describe() => string.Concat(Parts.Select(p => p.Describe()));
}

/// <summary>One part of a template; the cases stand in TextParts.cs. A closed set.</summary>
public abstract record TextPart
{
    /// <summary>How many different texts the index chooses among; 1 for a part that does not read the index.</summary>
    public virtual long Choices => 1;

    /// <summary>Characters at least.</summary>
    public abstract int MinLength { get; }

    /// <summary>Characters at most; a character is at most 4 bytes.</summary>
    public abstract int MaxLength { get; }

    public abstract string Describe();
}

/// <summary>From where a part takes its chance.</summary>
/// <param name="Stream">Name of a stream shared by the columns of a table: first name, full name and e-mail of a row
/// read <c>person.first</c> and so agree. Empty for the part's own.</param>
/// <param name="IsIndex">No chance: a digit of the index.</param>
public readonly record struct Draw(string Stream, bool IsIndex = false)
{
    /// <summary>By column and by place in the template.</summary>
    public static Draw Own { get; } = new("");

    /// <summary>A digit of the index that makes the text unique.</summary>
    public static Draw Index { get; } = new("", IsIndex: true);

    public static Draw Shared(string stream) => new(stream);
}

/// <summary>Text of <see cref="Lane.Bytes"/> by a template; not unique.</summary>
public sealed record TextSpec(TextTemplate Template) : GeneratorSpec
{
    public override string Describe() => Template.Describe();
}
