using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Exclusion constraints as keys: made ranges and circles lie side by side, so that those that differ do not overlap.</summary>
static class Exclusions
{
    /// <summary>A key that is at least as strict as the exclusion, or null when only a single row is sure to meet it.</summary>
    public static UniqueKey? AsKey(TableDraft draft, ExclusionConstraint exclusion, Dialect dialect, DateTimeOffset asOf)
    {
        var parts = exclusion.Elements.Where(e => e.Operator == "=").Select(e => new KeyPart(e.Column, e.Expression)).ToList();
        foreach (var overlap in exclusion.Elements.Where(e => e.Operator == "&&"))
        {
            if (overlap.Column is { } column && draft.Table[column].Type.Kind is TypeKind.Range or TypeKind.MultiRange)
                parts.Add(new KeyPart(column));
            else if (overlap.Column is { } area && draft.Table[area].Type.Kind == TypeKind.Circle && draft.IsOpen(draft.Table.IndexOf(area)))
            {
                draft.Spaced[draft.Table.IndexOf(area)] = Circles(draft.Rows);
                parts.Add(new KeyPart(area));
            }
            else if (overlap.Expression is { } text && Bounds(draft, text, dialect) is var (from, to)
                && RangePair.Plan(draft, from, to, exclusion.Name, asOf))
                parts.Add(new KeyPart(draft.Table.Columns[from].Name));
        }
        return parts.Count == 0 ? null : new UniqueKey { Name = exclusion.Name, Parts = parts.ToEquatableArray(), Predicate = exclusion.Predicate };
    }

    // Of which no two overlap.
    static TextDomain Circles(long rows) => new(new TemplateParser(Semantics.Locales.Default, "", rows).Parse("<({n*}00,{0..500}),{1..49}>"));

    // tstzrange(starts, ends, '[)')
    static (int From, int To)? Bounds(TableDraft draft, string text, Dialect dialect)
    {
        if (!ExpressionParser.TryParse(text, dialect, out var expression, out _, [.. draft.Table.Columns.Select(c => c.Name)])) return null;
        if (expression is not Expression.Call { Arguments: [var first, var second, ..] } call
            || !call.Name.EndsWith("range", StringComparison.OrdinalIgnoreCase))
            return null;
        var (from, to) = (ColumnOf(draft, first), ColumnOf(draft, second));
        return from >= 0 && to >= 0 && from != to ? (from, to) : null;
    }

    static int ColumnOf(TableDraft draft, Expression expression) => expression switch
    {
        Expression.Column c => draft.Table.IndexOf(c.Name),
        Expression.Cast c => ColumnOf(draft, c.Operand),
        _ => -1,
    };
}

/// <summary>Two columns that are the bounds of a range: starts at equal distances, each end before the next start.</summary>
static class RangePair
{
    const long LongestStep = 7 * TemporalForms.Day;
    const long Span = 8 * TemporalForms.Year;

    /// <returns>False when one of the columns is decided already, or is of no kind that can be spaced out.</returns>
    public static bool Plan(TableDraft draft, int from, int to, string name, DateTimeOffset asOf)
    {
        var kind = draft.Table.Columns[from].Type.Kind;
        if (!draft.IsOpen(from) || !draft.IsOpen(to) || kind != draft.Table.Columns[to].Type.Kind) return false;
        var isTime = kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz;
        if (!isTime && !kind.IsInteger()) return false;
        // In the lane's unit: days, microseconds or numbers.
        var unit = kind == TypeKind.Date ? TemporalForms.Day : 1;
        var step = !isTime ? 10 : Math.Clamp(Span / Math.Max(1, draft.Rows), 4 * unit, LongestStep) / unit;
        var start = !isTime ? 1 : CanonicalText.FloorDiv(asOf.ToMicros(), unit) - step * draft.Rows;
        draft.Spaced[from] = new IntegerDomain(start, start + step * (draft.Rows - 1), step);
        draft.NeverNull.Add(from);
        draft.NeverNull.Add(to);
        draft.Set(to, new OffsetSpec(from, draft.Table.Columns[from].Name, Math.Max(1, step / 4), Math.Max(1, step - 1)),
            $"before the next range begins, for {name}");
        return true;
    }
}
