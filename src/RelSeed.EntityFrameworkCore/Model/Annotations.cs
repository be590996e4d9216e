using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;
using RelSeed.Schema;

namespace RelSeed.EntityFrameworkCore.Model;

/// <summary>Data annotations as facts of a column: what the program would refuse is not made.</summary>
static class Annotations
{
    public static ColumnModel Add(ColumnModel model, IReadOnlyProperty property, ColumnType type)
    {
        if (((MemberInfo?)property.PropertyInfo ?? property.FieldInfo) is not { } member) return model;
        foreach (var annotation in member.GetCustomAttributes<ValidationAttribute>(inherit: true)) model = Add(model, annotation, type);
        return model;
    }

    static ColumnModel Add(ColumnModel model, ValidationAttribute annotation, ColumnType type) => annotation switch
    {
        RangeAttribute range when type.Kind.IsNumeric() || type.Kind.IsTemporal() || type.Kind == TypeKind.Interval => Range(model, range, type),
        StringLengthAttribute length => Length(model, length.MinimumLength, length.MaximumLength, type),
        LengthAttribute length => Length(model, length.MinimumLength, length.MaximumLength, type),
        MinLengthAttribute length => Length(model, length.Length, null, type),
        MaxLengthAttribute { Length: > 0 } length => Length(model, 0, length.Length, type),
        EmailAddressAttribute => model with { Format = ValueFormat.Email },
        UrlAttribute => model with { Format = ValueFormat.Url },
        PhoneAttribute => model with { Format = ValueFormat.Phone },
        CreditCardAttribute => model with { Format = ValueFormat.CardNumber },
        FileExtensionsAttribute => model with { Format = ValueFormat.FileName },
        RegularExpressionAttribute pattern => model with { Pattern = $"^(?:{pattern.Pattern.TrimStart('^').TrimEnd('$')})$" },
        AllowedValuesAttribute allowed when model.Values.IsEmpty =>
            model with { Values = allowed.Values.OfType<object>().Select(v => new ValueShare(ProviderText.Of(v), 1)).ToEquatableArray() },
        DeniedValuesAttribute denied => model with { Denied = denied.Values.OfType<object>().Select(ProviderText.Of).ToEquatableArray() },
        // The program refuses an empty text.
        RequiredAttribute { AllowEmptyStrings: false } when type.Kind.IsText() => model with { MinLength = Math.Max(1, model.MinLength ?? 0) },
        _ => model,
    };

    static ColumnModel Length(ColumnModel model, int min, int? max, ColumnType type) =>
        !type.Kind.IsText() && type.Kind != TypeKind.Bytes ? model : model with
        {
            MinLength = Math.Max(min, model.MinLength ?? 0),
            MaxLength = max is { } most ? Math.Min(most, model.MaxLength ?? int.MaxValue) : model.MaxLength,
        };

    static ColumnModel Range(ColumnModel model, RangeAttribute range, ColumnType type)
    {
        if (!double.TryParse(Text(range.Minimum), CultureInfo.InvariantCulture, out var low)
            || !double.TryParse(Text(range.Maximum), CultureInfo.InvariantCulture, out var high))
            return model with { Minimum = Text(range.Minimum), Maximum = Text(range.Maximum) };
        // The least and greatest number of a type bound nothing; bounds that are left out lie one unit further in.
        var unit = range.MinimumIsExclusive || range.MaximumIsExclusive
            ? Math.Pow(10, -(type.Kind is TypeKind.Decimal ? type.Scale ?? 0 : type.Lane == Lane.Float64 ? 6 : 0)) : 0;
        return model with
        {
            Minimum = Math.Abs(low) > 1e15 ? model.Minimum : Bound(low + (range.MinimumIsExclusive ? unit : 0)),
            Maximum = Math.Abs(high) > 1e15 ? model.Maximum : Bound(high - (range.MaximumIsExclusive ? unit : 0)),
        };
    }

    static string Bound(double value) => value.ToString("0.##########", CultureInfo.InvariantCulture);

    static string Text(object bound) => System.Convert.ToString(bound, CultureInfo.InvariantCulture) ?? "";
}
