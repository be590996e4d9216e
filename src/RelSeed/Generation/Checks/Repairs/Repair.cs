using RelSeed.Expressions;

namespace RelSeed.Generation;

/// <summary>Moves a row towards a condition that it breaks; whether it then holds is for the check to say. A closed set of cases.</summary>
abstract class Repair
{
    public abstract void Apply(RowDraft draft);
}

/// <summary>The column becomes what an expression computes of the others.</summary>
sealed class AssignRepair(int column, CompiledExpression value, IReadOnlyList<ValueReader> readers) : Repair
{
    public override void Apply(RowDraft draft)
    {
        var wanted = value.Evaluate(new DraftRow(draft, readers));
        if (wanted.IsEvaluable) draft.Set(column, wanted);
    }
}

/// <summary>One of several ways, by a coin of the row and attempt, so that all of them occur.</summary>
sealed class EitherRepair(Repair[] ways) : Repair
{
    public override void Apply(RowDraft draft) => ways[draft.Coin(ways.Length)].Apply(draft);
}

sealed class AllRepair(Repair[] parts) : Repair
{
    public override void Apply(RowDraft draft)
    {
        foreach (var part in parts) part.Apply(draft);
    }
}

sealed class ChooseRepair(int column, SqlValue[] values) : Repair
{
    public override void Apply(RowDraft draft)
    {
        if (!values.Contains(draft[column])) draft.Set(column, values[draft.Coin(values.Length)]);
    }
}

sealed class NullRepair(int column) : Repair
{
    public override void Apply(RowDraft draft) => draft.SetNull(column);
}

sealed class NotNullRepair(int column) : Repair
{
    public override void Apply(RowDraft draft) => draft.Restore(column);
}

/// <summary>From minimum to maximum of the columns hold a value: which ones is chance.</summary>
sealed class CountRepair(int[] columns, int minimum, int maximum) : Repair
{
    public override void Apply(RowDraft draft)
    {
        foreach (var column in columns) draft.Restore(column);
        var held = columns.Where(c => !draft[c].IsNull).ToList();
        var wanted = minimum + draft.Coin(maximum - minimum + 1);
        for (var tries = 0; held.Count > wanted && tries < columns.Length * 2; tries++)
        {
            var column = held[draft.Coin(held.Count)];
            if (draft.SetNull(column)) held.RemoveAll(c => draft[c].IsNull);
        }
    }
}

/// <summary>An ordered value is brought between two bounds; whole numbers are spread over what the bounds leave.</summary>
sealed class BoundRepair(int column, SqlValue minimum, SqlValue maximum, bool minimumInclusive, bool maximumInclusive) : Repair
{
    public override void Apply(RowDraft draft)
    {
        var value = draft[column];
        if (value.IsNull) return;
        if (minimum.Kind == SqlKind.Integer && maximum.Kind == SqlKind.Integer)
        {
            var (low, high) = (minimum.AsInteger + (minimumInclusive ? 0 : 1), maximum.AsInteger - (maximumInclusive ? 0 : 1));
            if (value.Kind == SqlKind.Integer && value.AsInteger >= low && value.AsInteger <= high || low > high) return;
            draft.Set(column, SqlValue.Integer((long)(low + (Int128)(draft.Coin() % (ulong)Int128.Min((Int128)high - low + 1, long.MaxValue)))));
            return;
        }
        if (!minimum.IsNull && SqlCompare.Order(value, minimum) is not null and var below && (below < 0 || below == 0 && !minimumInclusive))
            draft.Set(column, minimumInclusive ? minimum : OrderRepair.Step(minimum, 1, draft));
        if (!maximum.IsNull && SqlCompare.Order(value, maximum) is not null and var above && (above > 0 || above == 0 && !maximumInclusive))
            draft.Set(column, maximumInclusive ? maximum : OrderRepair.Step(maximum, -1, draft));
    }
}

/// <summary>Two columns in the wrong order change places; else the one follows the other.</summary>
sealed class OrderRepair(int left, Comparison comparison, int right, CompiledExpression? shifted, IReadOnlyList<ValueReader> readers) : Repair
{
    public override void Apply(RowDraft draft)
    {
        var (a, b) = (draft[left], shifted is null ? draft[right] : shifted.Evaluate(new DraftRow(draft, readers)));
        if (a.IsNull || b.IsNull || !b.IsEvaluable || SqlCompare.Order(a, b) is not { } order) return;
        if (a.IsText && comparison is not (Comparison.Equal or Comparison.NotEqual)) OrderTexts(draft, a.AsText, b.AsText);
        else if (!Holds(order)) Move(draft, a, b, order);
    }

    // Only what every collation orders alike: equal texts, and a text with its own beginning.
    void OrderTexts(RowDraft draft, string a, string b)
    {
        switch (comparison)
        {
            case Comparison.LessOrEqual or Comparison.GreaterOrEqual:
                if (!draft.Set(left, SqlValue.Text(b))) draft.Set(right, SqlValue.Text(a));
                break;
            case Comparison.Less:
                if (!(b.Length > 1 && draft.Set(left, SqlValue.Text(b[..^1])))) draft.Set(right, SqlValue.Text(a + "s"));
                break;
            default:
                if (!draft.Set(left, SqlValue.Text(b + "s")) && a.Length > 1) draft.Set(right, SqlValue.Text(a[..^1]));
                break;
        }
    }

    void Move(RowDraft draft, SqlValue a, SqlValue b, int order)
    {
        if (shifted is null && order != 0 && comparison is not (Comparison.Equal or Comparison.NotEqual) && a.Kind == b.Kind && draft.Set(left, b)
            && draft.Set(right, a))
            return;
        var step = comparison switch { Comparison.Less => -1, Comparison.Greater or Comparison.NotEqual => 1, _ => 0 };
        if (draft.Set(left, Step(b, step, draft)) || shifted is not null) return;
        draft.Set(right, Step(a, -step, draft));
    }

    bool Holds(int order) => comparison switch
    {
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.GreaterOrEqual => order >= 0,
        _ => order > 0,
    };

    /// <summary>A value a little further in a direction; hours for instants, so that it looks like one.</summary>
    public static SqlValue Step(SqlValue value, int direction, RowDraft draft)
    {
        const long Hour = 3_600_000_000;
        if (direction == 0) return value;
        var way = direction * (long)(1 + draft.Coin(3));
        return value.Kind switch
        {
            SqlKind.Integer => SqlValue.Integer(value.AsInteger + way),
            SqlKind.Decimal => SqlValue.Decimal(value.AsDecimal + way),
            SqlKind.Double => SqlValue.Double(value.AsDouble + way),
            SqlKind.Date => SqlValue.Date(value.AsInteger + way),
            SqlKind.Time => SqlValue.Time(value.AsInteger + way * Hour / 6),
            SqlKind.Timestamp => SqlValue.Timestamp(value.AsInteger + way * Hour),
            SqlKind.TimestampTz => SqlValue.TimestampTz(value.AsInteger + way * Hour),
            _ => SqlValue.NotEvaluable("a value without a next one"),
        };
    }
}

/// <summary>A text comes to match a LIKE pattern that is told by other columns: the text itself stands for the first wildcard.</summary>
sealed class LikeRepair(int column, CompiledExpression pattern, IReadOnlyList<ValueReader> readers) : Repair
{
    public override void Apply(RowDraft draft)
    {
        var wanted = pattern.Evaluate(new DraftRow(draft, readers));
        if (!wanted.IsText
            || LikeMatcher.IsMatch(draft[column] is { IsText: true } now ? now.AsText : "", wanted.AsText, '\\', ignoreAsciiCase: false))
            return;
        var text = draft[column] is { IsText: true } old ? old.AsText : "";
        if (!draft.Set(column, SqlValue.Text(Fill(wanted.AsText, text)))) draft.Set(column, SqlValue.Text(Fill(wanted.AsText, "")));
    }

    static string Fill(string pattern, string wild)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length) text.Append(pattern[++i]);
            else if (pattern[i] == '_') text.Append('x');
            else if (pattern[i] != '%') text.Append(pattern[i]);
            else (_, wild) = (text.Append(wild), "");
        }
        return text.ToString();
    }
}

/// <summary>A text drawn from the patterns that a column must match.</summary>
sealed class PatternRepair(int column, PatternSampler sampler) : Repair
{
    public override void Apply(RowDraft draft)
    {
        if (sampler.Sample(draft.Coin) is { } text) draft.Set(column, SqlValue.Text(text));
    }
}

/// <summary>An array becomes some of the items it may hold.</summary>
sealed class SubsetRepair(int column, SqlValue[] items) : Repair
{
    public override void Apply(RowDraft draft)
    {
        var word = draft.Coin();
        var some = items.Where((_, i) => (word >> i % 64 & 1) == 1).ToList();
        draft.Set(column, SqlValue.Array(some.Count > 0 ? some : [items[draft.Coin(items.Length)]]));
    }
}

/// <summary>A text or an array is cut, or made longer by itself.</summary>
sealed class LengthRepair(int column, int minimum, int? maximum, LengthUnit unit) : Repair
{
    public override void Apply(RowDraft draft)
    {
        var value = draft[column];
        if (unit == LengthUnit.Items && value.Kind == SqlKind.Array && value.Items.Count > 0)
            draft.Set(column, SqlValue.Array(Fit([.. value.Items])));
        else if (unit == LengthUnit.Characters && value.IsText && value.AsText.Length > 0)
            draft.Set(column, SqlValue.Text(new string(Fit(value.AsText.ToCharArray()))));
        else if (unit == LengthUnit.Bytes && value.Kind == SqlKind.Bytes && value.AsBytes.Length > 0)
            draft.Set(column, SqlValue.Bytes(Fit(value.AsBytes)));
    }

    T[] Fit<T>(T[] parts)
    {
        var length = Math.Clamp(parts.Length, minimum, maximum ?? Math.Max(minimum, parts.Length));
        return [.. Enumerable.Range(0, length).Select(i => parts[i % parts.Length])];
    }
}
