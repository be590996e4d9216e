using System.Reflection;
using System.Text;

namespace RelSeed.Tests.PublicApi;

/// <summary>What an assembly offers to others, a line a member, in a fixed order.</summary>
static class PublicApiText
{
    const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append($"{KindOf(type)} {ApiName.Of(type, withNamespace: true)}{BasesOf(type)}\n");
            foreach (var line in MembersOf(type).Order(StringComparer.Ordinal)) text.Append($"    {line}\n");
        }
        return text.ToString();
    }

    static string KindOf(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    static string BasesOf(Type type)
    {
        if (type.IsEnum || type.IsValueType || type.BaseType is null || type.BaseType == typeof(object)) return "";
        return $" : {ApiName.Of(type.BaseType)}";
    }

    static IEnumerable<string> MembersOf(Type type)
    {
        if (type.IsEnum) return Enum.GetNames(type).Select(n => $"{n} = {Convert.ToInt64(Enum.Parse(type, n))}");
        return type.GetFields(Declared).Where(f => (f.IsPublic || f.IsFamily) && !f.IsSpecialName).Select(Describe)
            .Concat(type.GetProperties(Declared).Where(p => p.Name != "EqualityContract" && p.GetAccessors(nonPublic: true).Any(IsVisible))
            .Select(Describe))
            .Concat(type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!)).Select(e => $"event {ApiName.Of(e.EventHandlerType!)} {e.Name}"))
            .Concat(type.GetConstructors(Declared).Where(c => IsVisible(c) && !IsCopy(type, c)).Select(c => $"new({Parameters(c)})"))
            .Concat(type.GetMethods(Declared).Where(m => IsVisible(m) && !IsMadeByCompiler(type, m)).Select(Describe));
    }

    static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // Accessors stand with their properties; what every record has says nothing.
    static bool IsMadeByCompiler(Type type, MethodInfo method) =>
        (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
        || method.Name.StartsWith('<')
        || (IsRecord(type) && method.Name is "PrintMembers" or "Deconstruct" or "Equals" or "GetHashCode" or "ToString" or "op_Equality"
        or "op_Inequality" or "get_EqualityContract");

    static bool IsCopy(Type type, ConstructorInfo constructor) =>
        IsRecord(type) && constructor.GetParameters() is [{ ParameterType: var only }] && only == type;

    static bool IsRecord(Type type) => type.GetMethod("PrintMembers", Declared) is not null;

    static string Describe(FieldInfo field) =>
        $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{ApiName.Of(field.FieldType)} {field.Name}";

    static string Describe(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsVisible).ToList();
        var isStatic = accessors[0].IsStatic ? "static " : "";
        var get = property.GetMethod is { } getter && IsVisible(getter) ? " get;" : "";
        var set = property.SetMethod is { } setter && IsVisible(setter) ? (IsInit(setter) ? " init;" : " set;") : "";
        var index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(Describe))}]" : "";
        return $"{isStatic}{ApiName.Of(property.PropertyType)} {(index.Length > 0 ? "this" : property.Name)}{index} {{{get}{set} }}";
    }

    static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit");

    static string Describe(MethodInfo method)
    {
        var modifiers = (method.IsStatic ? "static " : "") + (method.IsFamily ? "protected " : "")
            + (method.IsAbstract ? "abstract " : method.GetBaseDefinition() != method ? "override " : method.IsVirtual && !method.IsFinal
            ? "virtual " : "");
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";
        return $"{modifiers}{ApiName.Of(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Describe));

    static string Describe(ParameterInfo parameter) =>
        $"{ApiName.Of(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "default"}" : "")}";
}
