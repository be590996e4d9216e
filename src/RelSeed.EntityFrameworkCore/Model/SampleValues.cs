using System.Collections;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Numerics;
using System.Reflection;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>Values of types of a program, made by their number: the same number gives the same value.</summary>
static class SampleValues
{
    const int Deepest = 4;

    static readonly string[] Words =
    [
        "amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "harbor", "island", "jasper", "kettle", "lagoon", "maple", "nectar",
            "orchid", "pebble",
        "quartz", "river", "saffron", "timber", "umber", "valley", "willow", "yarrow", "zephyr",
    ];

    /// <summary>Different values of a type, as many as asked for or as there are; none where the type cannot be made.</summary>
    public static IReadOnlyList<object> Of(Type type, int count)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(bool)) return [true, false];
        return type.IsEnum ? OfEnum(type) : [.. Enumerable.Range(1, count).Select(n => Make(type, n, 0)).OfType<object>()];
    }

    /// <summary>All values of an enum; for flags, pairs of neighbours too.</summary>
    public static IReadOnlyList<object> OfEnum(Type type)
    {
        var values = Enum.GetValues(type).Cast<object>().Distinct().ToList();
        if (type.GetCustomAttribute<FlagsAttribute>() is null) return values;
        var flags = values.ConvertAll(v => Convert.ToInt64(v, CultureInfo.InvariantCulture));
        return [.. flags.Concat(flags.Zip(flags.Skip(1), (a, b) => a | b)).Distinct().Select(v => Enum.ToObject(type, v))];
    }

    /// <summary>A few values such as a column of the type would hold; none for types that are not simple.</summary>
    public static IReadOnlyList<object> OfPlain(Type type) =>
        type == typeof(string) ? ["Amber birch", "x7", "no-reply@example.org", "12"] : type == typeof(byte[])
            ? [new byte[] { 1, 2, 3 }, new byte[] { 255, 0, 7, 9 }]
        : Simple(type, 1) is null ? [] : [.. new[] { 1, 3, 17, 120 }.Select(n => Simple(type, n)!)];

    static object? Make(Type type, int number, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Simple(type, number) is { } simple) return simple;
        if (type.IsEnum && OfEnum(type) is { Count: > 0 } labels) return labels[number % labels.Count];
        return depth >= Deepest ? null
            : Special(type, number) ?? Parsed(type, number) ?? Collection(type, number, depth) ?? Constructed(type, number, depth);
    }

    static object? Simple(Type type, int n) => type switch
    {
        _ when type == typeof(string) => $"{Words[n % Words.Length]}-{n}",
        _ when type == typeof(bool) => n % 2 == 1,
        _ when type == typeof(char) => (char)('a' + n % 26),
        _ when type == typeof(Guid) => new Guid(n, 0x5eed, 0x4000, 0x80, 1, 2, 3, 4, 5, 6, 7),
        _ when type == typeof(DateTime) => new DateTime(2020, 1, 1, 8, 0, 0, DateTimeKind.Utc).AddHours(7L * n),
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2020, 1, 1, 8, 0, 0, TimeSpan.Zero).AddHours(7L * n),
        _ when type == typeof(DateOnly) => new DateOnly(2020, 1, 1).AddDays(n),
        _ when type == typeof(TimeOnly) => new TimeOnly(0, 0).Add(TimeSpan.FromMinutes(n)),
        _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(n % 1_440),
        _ when type == typeof(byte[]) => BitConverter.GetBytes(n),
        _ when type == typeof(BigInteger) => new BigInteger(n),
        _ when type == typeof(decimal) => n + 0.25m,
        _ when type == typeof(sbyte) || type == typeof(byte) => Convert.ChangeType(n % 128, type, CultureInfo.InvariantCulture),
        _ when type.IsPrimitive && type != typeof(nint) && type != typeof(nuint) =>
            Convert.ChangeType(n % 32_768, type, CultureInfo.InvariantCulture),
        _ => null,
    };

    static object? Special(Type type, int n) => type switch
    {
        _ when type == typeof(Uri) => new Uri($"https://www.example.org/{Words[n % Words.Length]}/{n}"),
        _ when type == typeof(IPAddress) => new IPAddress([10, (byte)(n >> 16), (byte)(n >> 8), (byte)n]),
        _ when type == typeof(PhysicalAddress) => new PhysicalAddress([2, 0, 0, (byte)(n >> 16), (byte)(n >> 8), (byte)n]),
        _ when type == typeof(Version) => new Version(n / 100 + 1, n / 10 % 10, n % 10),
        _ when type == typeof(CultureInfo) => CultureInfo.InvariantCulture,
        _ when type == typeof(object) => $"{Words[n % Words.Length]}-{n}",
        _ => null,
    };

    // Types that read a number or a word.
    static object? Parsed(Type type, int n)
    {
        var parse = type.GetMethod("Parse", BindingFlags.Public | BindingFlags.Static, [typeof(string), typeof(IFormatProvider)]);
        return parse is null || parse.ReturnType != type ? null
            : Try(() => parse.Invoke(null, [n.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture]))
            ?? Try(() => parse.Invoke(null, [Words[n % Words.Length], CultureInfo.InvariantCulture]));
    }

    static object? Collection(Type type, int n, int depth)
    {
        if ((Interface(type, typeof(IDictionary<,>)) ?? Interface(type, typeof(IReadOnlyDictionary<,>))) is { } map)
            return Dictionary(type, map, n, depth);
        if (Interface(type, typeof(IEnumerable<>)) is not { } sequence) return null;
        var item = sequence.GenericTypeArguments[0];
        var items = Enumerable.Range(0, 1 + n % 3).Select(i => Make(item, n + i * 31, depth + 1)).OfType<object>().ToArray();
        var array = Array.CreateInstance(item, items.Length);
        items.CopyTo(array, 0);
        if (type.IsAssignableFrom(array.GetType())) return array;
        var list = typeof(List<>).MakeGenericType(item);
        return Try(() => Activator.CreateInstance(type.IsAssignableFrom(list) ? list : type, array));
    }

    static object? Dictionary(Type type, Type map, int n, int depth)
    {
        var own = typeof(Dictionary<,>).MakeGenericType(map.GenericTypeArguments);
        if (Try(() => Activator.CreateInstance(type.IsAssignableFrom(own) ? own : type)) is not IDictionary made) return null;
        for (var i = 0; i <= n % 3; i++)
            if (Make(map.GenericTypeArguments[0], n + i, depth + 1) is { } key) made[key] = Make(map.GenericTypeArguments[1], n + i, depth + 1);
        return made;
    }

    static Type? Interface(Type type, Type open) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == open ? type
            : type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == open);

    // The constructor of fewest values; where it takes none, the properties are set.
    static object? Constructed(Type type, int n, int depth)
    {
        if (type.IsAbstract || type.IsPointer || type.ContainsGenericParameters || typeof(Delegate).IsAssignableFrom(type)) return null;
        foreach (var constructor in type.GetConstructors().OrderBy(c => c.GetParameters().Length))
        {
            var parameters = constructor.GetParameters();
            if (Array.Exists(parameters, p => p.ParameterType == type || p.ParameterType.IsByRefLike)) continue;
            var arguments = parameters.Select((p, i) => Make(p.ParameterType, n + i, depth + 1)).ToArray();
            if (!Array.Exists(arguments, a => a is null) && Try(() => constructor.Invoke(arguments)) is { } made)
                return arguments.Length > 0 ? made : Filled(made, n, depth);
        }
        if (type.IsValueType) return Filled(Activator.CreateInstance(type)!, n, depth);
        return type.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.ReturnType == type && m is { IsGenericMethod: false, IsSpecialName: false } && m.GetParameters() is [var only]
            && only.ParameterType != type)
            .Select(m => Make(m.GetParameters()[0].ParameterType, n, depth + 1) is { } argument ? Try(() => m.Invoke(null, [argument])) : null)
            .FirstOrDefault(v => v is not null);
    }

    static object Filled(object made, int n, int depth)
    {
        foreach (var property in made.GetType().GetProperties().Where(p => p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0))
            if (Make(property.PropertyType, n, depth + 1) is { } value) Try(() => { property.SetValue(made, value); return value; });
        return made;
    }

    static object? Try(Func<object?> make)
    {
        try
        {
            return make();
        }
#pragma warning disable CA1031 // Constructors and the like are foreign code and may throw anything.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
