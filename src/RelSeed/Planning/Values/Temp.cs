using RelSeed.Schema;
using RelSeed.Semantics;
namespace RelSeed.Planning;
public static class ValuePlanner
{
    public static ValuePlan? Plan(ValueRequest r)
    {
        if (r.Domain.Allowed.Count > 0) return new(new ChoiceSpec(r.Domain.Allowed, []), "x", long.MaxValue);
        return r.Column.Type.Kind switch
        {
            TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 or TypeKind.Decimal => new(new UniformSpec(r.Domain.Min ?? 1, r.Domain.Max ?? 99), "t", long.MaxValue),
            TypeKind.Boolean => new(new UniformSpec(0, 1), "t", long.MaxValue),
            TypeKind.Date => new(new UniformSpec(10000, 20000), "t", long.MaxValue),
            TypeKind.Timestamp or TypeKind.TimestampTz => new(new UniformSpec(1_600_000_000_000_000, 1_700_000_000_000_000), "t", long.MaxValue),
            TypeKind.Float64 => new(new NumberSpec(NumberShape.Uniform, 1, 1000, 1, 1, 1), "t", long.MaxValue),
            TypeKind.Uuid => new(new UuidSpec(), "t", long.MaxValue),
            TypeKind.Other => null,
            _ => new(new ChoiceSpec(["a", "b"], []), "t", long.MaxValue),
        };
    }
    public static DomainSpec? UniqueDomain(ValueRequest r, long needed) => r.Domain.Allowed.Count > 0 ? new ListDomain(r.Domain.Allowed) : r.Column.Type.Kind switch
    {
        TypeKind.Int16 => new IntegerDomain(1, 30000),
        TypeKind.Int32 or TypeKind.Int64 or TypeKind.Decimal => new IntegerDomain(1, needed),
        TypeKind.Boolean => new IntegerDomain(0, 1),
        TypeKind.Date => new IntegerDomain(10000, 20000),
        TypeKind.Timestamp or TypeKind.TimestampTz => new IntegerDomain(1_600_000_000_000_000, 1_700_000_000_000_000),
        TypeKind.Uuid => new UuidDomain(),
        TypeKind.Float64 => new ScaledDomain(1, needed, 1),
        TypeKind.Bytes => new BytesDomain(6),
        TypeKind.Other => null,
        _ => new ListDomain([.. Enumerable.Range(0, (int)Math.Min(needed, r.Column.Type.Length is { } l && l < 4 ? (int)System.Math.Pow(10, l) : 5000)).Select(i => i.ToString())]),
    };
}
public static class ColumnMeanings { public static ColumnMeaning Of(Table t, Column c) => ColumnMeaning.Unknown; }
