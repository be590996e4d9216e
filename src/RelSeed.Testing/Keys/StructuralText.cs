using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using RelSeed.Loading;

namespace RelSeed.Testing.Keys;

/// <summary>Objects as text that is equal where their content is: every field, private ones too, delegates by their code and what they
/// captured.</summary>
/// <remarks>Objects of other libraries that are no plain values stand as their type's name.</remarks>
sealed class StructuralText
{
    readonly StringBuilder _text = new();
    readonly HashSet<object> _open;

    StructuralText(HashSet<object> open) => _open = open;

    public static string Of(object? value) => Of(value, new(ReferenceEqualityComparer.Instance));

    static string Of(object? value, HashSet<object> open)
    {
        var text = new StructuralText(open);
        text.Add(value);
        return text._text.ToString();
    }

    void Add(object? value)
    {
        if (value is null) _text.Append("null");
        else if (PlainText(value) is { } plain) _text.Append($"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        else if (!value.GetType().IsValueType && !_open.Add(value)) _text.Append('^');
        else
        {
            AddWhole(value);
            _open.Remove(value);
        }
    }

    void AddWhole(object value)
    {
        switch (value)
        {
            case Delegate function: AddDelegate(function); break;
            case IEnumerable when IsCollection(value.GetType()) && IsUnordered(value):
                AddList(((IEnumerable)value).Cast<object?>().Select(i => Of(i, _open)).Order(StringComparer.Ordinal)); break;
            case IEnumerable list when IsCollection(value.GetType()): AddList(list.Cast<object?>().Select(i => Of(i, _open))); break;
            case var _ when IsFollowed(value.GetType()): AddFields(value); break;
            default: _text.Append(value.GetType().FullName); break;
        }
    }

    void AddDelegate(Delegate function)
    {
        foreach (var one in function.GetInvocationList())
        {
            _text.Append(CodeIdentity.Of(one.Method));
            Add(one.Target);
        }
    }

    void AddList(IEnumerable<string> items) => _text.Append('[').AppendJoin(',', items).Append(']');

    void AddFields(object value)
    {
        _text.Append(value.GetType().Name).Append('{');
        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .OrderBy(f => f.Name, StringComparer.Ordinal))
            {
                _text.Append(field.Name).Append(':');
                Add(field.GetValue(value));
                _text.Append(';');
            }
        }
        _text.Append('}');
    }

    static string? PlainText(object value) => value switch
    {
        string text => text,
        Type type => type.AssemblyQualifiedName,
        DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        IFormattable plain when value.GetType() is { IsPrimitive: true } or { IsEnum: true }
            || value is decimal or Guid or TimeSpan or Int128 or UInt128 => plain.ToString(null, CultureInfo.InvariantCulture),
        bool or char => value.ToString(),
        SeedTarget or CancellationToken => "",
        _ => null,
    };

    // Hash tables of equal content may list it in any order.
    static bool IsUnordered(object value) => value is IDictionary
        || value.GetType().GetInterfaces()
        .Any(i => i.IsGenericType
        && (i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) || i.GetGenericTypeDefinition() == typeof(IReadOnlySet<>)
        || i.GetGenericTypeDefinition() == typeof(ISet<>)));

    static bool IsCollection(Type type) =>
        type.IsArray || type.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true || IsFollowed(type);

    static bool IsFollowed(Type type) => type.Namespace?.StartsWith("RelSeed", StringComparison.Ordinal) == true
        || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || (type.IsGenericType && type.FullName!.StartsWith("System.Collections.Generic.KeyValuePair`", StringComparison.Ordinal))
        || typeof(ITuple).IsAssignableFrom(type);
}
