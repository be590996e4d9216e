namespace RelSeed.Tests.PublicApi;

/// <summary>A type's name as C# spells it.</summary>
static class ApiName
{
    static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static string Of(Type type, bool withNamespace = false)
    {
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.IsByRef) return $"ref {Of(type.GetElementType()!)}";
        if (type.IsArray) return $"{Of(type.GetElementType()!)}[]";
        if (Nullable.GetUnderlyingType(type) is { } value) return $"{Of(value)}?";
        if (type.IsGenericParameter) return type.Name;
        var owner = type.IsNested ? Of(type.DeclaringType!, withNamespace) + "." : withNamespace ? type.Namespace + "." : "";
        var name = type.Name.Split('`')[0];
        var own = type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0).Select(a => Of(a)).ToList();
        return own.Count == 0 ? owner + name : $"{owner}{name}<{string.Join(", ", own)}>";
    }
}
