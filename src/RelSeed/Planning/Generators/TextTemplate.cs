using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Text as a sequence of parts: literals, words of a list, digits. Its random parts spell an index in mixed radix.</summary>
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

    public string Describe() => string.Concat(Parts.Select(p => p.Describe()));
}

/// <summary>One part of a template. Further cases stand with the generators that need them.</summary>
public abstract record TextPart
{
    /// <summary>How many different texts the part can be by its own draw; 1 for a literal.</summary>
    public abstract long Choices { get; }

    /// <summary>Bytes at most.</summary>
    public abstract int MaxLength { get; }

    public abstract string Describe();
}
