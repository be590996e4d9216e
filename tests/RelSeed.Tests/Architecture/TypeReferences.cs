using System.Reflection;
using System.Reflection.Emit;

namespace RelSeed.Tests.Architecture;

/// <summary>The types a type names in its signatures and in the code of its methods.</summary>
static class TypeReferences
{
    const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => o.Value);

    public static IEnumerable<Type> Of(Type type) =>
        InSignatures(type).Concat(InCode(type)).SelectMany(Parts).Distinct();

    static IEnumerable<Type> InSignatures(Type type)
    {
        if (type.BaseType is not null) yield return type.BaseType;
        foreach (var contract in type.GetInterfaces()) yield return contract;
        foreach (var field in type.GetFields(Declared)) yield return field.FieldType;
        foreach (var attribute in type.GetCustomAttributesData()) yield return attribute.AttributeType;
        foreach (var method in Methods(type))
        {
            if (method is MethodInfo { ReturnType: var result }) yield return result;
            foreach (var parameter in method.GetParameters()) yield return parameter.ParameterType;
        }
    }

    static IEnumerable<Type> InCode(Type type)
    {
        foreach (var method in Methods(type))
        {
            var body = method.GetMethodBody();
            if (body is null) continue;
            foreach (var local in body.LocalVariables) yield return local.LocalType;
            foreach (var clause in body.ExceptionHandlingClauses)
                if (clause.Flags == ExceptionHandlingClauseOptions.Clause && clause.CatchType is { } caught) yield return caught;
            foreach (var token in Tokens(body.GetILAsByteArray()!))
                foreach (var named in Resolve(method, token)) yield return named;
        }
    }

    static IEnumerable<MethodBase> Methods(Type type) => type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared));

    static IEnumerable<Type> Resolve(MethodBase method, int token)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        var member = method.Module.ResolveMember(token, ofType, ofMethod);
        if (member is Type type) yield return type;
        if (member?.DeclaringType is { } owner) yield return owner;
        if (member is FieldInfo field) yield return field.FieldType;
        if (member is MethodInfo called)
        {
            yield return called.ReturnType;
            foreach (var argument in called.IsGenericMethod ? called.GetGenericArguments() : []) yield return argument;
        }
    }

    /// <summary>The metadata tokens among the operands.</summary>
    static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE) value = (short)(0xFE00 | code[at++]);
            var operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return BitConverter.ToInt32(code, at);
            at += operand == OperandType.InlineSwitch ? 4 + 4 * BitConverter.ToInt32(code, at) : SizeOf(operand);
        }
    }

    static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type) : [type];
    }
}
