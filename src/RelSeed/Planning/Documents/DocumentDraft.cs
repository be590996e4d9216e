using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>What is read of a column's documents, gathered member by member.</summary>
sealed class DocumentDraft
{
    const double OptionalShare = 0.1;

    static readonly ColumnType Text = new() { Kind = TypeKind.Text, Name = "text", BaseName = "text" };

    readonly List<(string Name, DocumentDraft Part)> _members = [];
    ColumnType? _type;
    ColumnModel? _model;
    string? _kind;
    int _items;
    DocumentDraft? _item;

    /// <summary>Some row could not be without it.</summary>
    public bool IsRequired { get; private set; }

    /// <summary>Something inside it is read.</summary>
    public bool HasParts => _members.Count > 0 || _item is not null;

    public void Add(ReadOnlySpan<string> steps, DocumentNeed need)
    {
        IsRequired |= need.IsRequired;
        if (!steps.IsEmpty) Inner(steps[0]).Add(steps[1..], need);
        else
        {
            if (_type is null || _type.Kind.IsText()) _type = need.Type ?? _type;
            _model ??= need.Model;
            _kind ??= need.Kind;
        }
    }

    DocumentDraft Inner(string step)
    {
        if (JsonAccess.IndexOf(step) is { } index)
        {
            _items = Math.Max(_items, Math.Abs(index) + 1);
            return _item ??= new DocumentDraft();
        }
        if (_members.Find(m => m.Name == step) is { Part: { } known }) return known;
        _members.Add((step, new DocumentDraft()));
        return _members[^1].Part;
    }

    public JsonShape ToShape()
    {
        if (_members.Count > 0)
            return new JsonShape
            {
                Kind = JsonKind.Object,
                Members = [.. _members.Select(m => new JsonMember(m.Name, m.Part.ToShape(), m.Part.IsRequired ? 0 : OptionalShare))],
            };
        if (_item is not null) return new JsonShape { Kind = JsonKind.Array, Item = _item.ToShape(), MinItems = _items, MaxItems = _items + 2 };
        return _kind switch
        {
            "array" => new JsonShape { Kind = JsonKind.Array, Item = Value(_type ?? Text), MaxItems = 3 },
            "object" => Value(new ColumnType { Kind = TypeKind.Json, Name = "jsonb", BaseName = "jsonb" }),
            "number" when _type is null => Value(new ColumnType { Kind = TypeKind.Int32, Name = "integer", BaseName = "int4" }),
            "boolean" => Value(new ColumnType { Kind = TypeKind.Boolean, Name = "boolean", BaseName = "bool" }),
            "string" => Value(_type ?? Text) with { Form = JsonForm.Text },
            _ => Value(_type ?? Text),
        };
    }

    JsonShape Value(ColumnType type)
    {
        var isBare = type.Kind.IsNumeric() || type.Kind is TypeKind.Boolean or TypeKind.Json;
        var isInstant = type.Kind is TypeKind.Timestamp or TypeKind.TimestampTz;
        return new JsonShape
        {
            Kind = JsonKind.Value,
            // An instant is told in universal time.
            Type = isInstant ? type with { Kind = TypeKind.Timestamp, Name = "timestamp without time zone", BaseName = "timestamp" } : type,
            Form = isBare ? JsonForm.Bare : isInstant ? JsonForm.Instant : JsonForm.Text,
            Suffix = isInstant ? "Z" : "",
            Model = _model,
        };
    }
}

/// <summary>What an expression asks of a part of a document.</summary>
/// <param name="Type">What it is read as; null when that is not told.</param>
/// <param name="IsRequired">No row may be without it.</param>
/// <param name="Model">The values it may have; null for any.</param>
/// <param name="Kind">As jsonb_typeof names it; null when that is not told.</param>
sealed record DocumentNeed(ColumnType? Type, bool IsRequired, ColumnModel? Model = null, string? Kind = null);
