using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>One of a few values by weight, for every lane: the values stand in a vector of their own and are copied.</summary>
sealed class ChoiceColumn(ulong key, ColumnVector choices, AliasTable weights) : ValueGenerator
{
    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var (columnKey, table) = (key, weights);
        if (target is Int64Vector integers)
        {
            Span<long> values = integers.Values, from = ((Int64Vector)choices).Values;
            for (var i = 0; i < values.Length; i++) values[i] = from[table.Draw(CounterRandom.At(columnKey, counters[i]))];
        }
        else if (target is BytesVector bytes)
        {
            var from = (BytesVector)choices;
            for (var i = 0; i < counters.Length; i++) bytes.Append(from[table.Draw(CounterRandom.At(columnKey, counters[i]))]);
        }
        else
        {
            for (var i = 0; i < counters.Length; i++) target.CopyRow(i, choices, table.Draw(CounterRandom.At(columnKey, counters[i])));
        }
    }

    public static ChoiceColumn Of(ulong key, EquatableArray<string> values, EquatableArray<double> weights, ColumnType type) =>
        new(key, ValueLists.Parse(values, type), new AliasTable(weights.IsEmpty ? Enumerable.Repeat(1.0, values.Count).ToArray() : [.. weights]));
}

/// <summary>Canonical texts as a vector of their lane.</summary>
public static class ValueLists
{
    /// <exception cref="PlanException">RS2301: a text is no value of the type.</exception>
    public static ColumnVector Parse(IReadOnlyList<string> texts, ColumnType type)
    {
        var vector = ColumnVector.Create(type);
        vector.Reset(texts.Count);
        for (var i = 0; i < texts.Count; i++)
            if (!TrySet(vector, i, texts[i], type)) throw Wrong(type);
        return vector;
    }

    /// <summary>Writes the next row of a vector.</summary>
    /// <returns>False when the text is no value of the type.</returns>
    public static bool TrySet(ColumnVector vector, int row, string text, ColumnType type)
    {
        switch (vector)
        {
            case Int64Vector v when CanonicalText.ParseInt64(text, type) is { } value: v.Values[row] = value; return true;
            case Float64Vector v when CanonicalText.ParseFloat64(text) is { } value: v.Values[row] = value; return true;
            case UuidVector v when CanonicalText.ParseUuid(text) is { } value: v.Values[row] = value; return true;
            case BytesVector v when type.Kind == TypeKind.Bytes:
                return TryAppendHex(v, text.StartsWith("\\x", StringComparison.Ordinal) ? text[2..] : text);
            case BytesVector v: v.Append(System.Text.Encoding.UTF8.GetBytes(text)); return true;
            default: return false;
        }
    }

    static bool TryAppendHex(BytesVector vector, string digits)
    {
        var bytes = new byte[digits.Length / 2];
        if (digits.Length % 2 != 0 || Convert.FromHexString(digits, bytes, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        vector.Append(bytes);
        return true;
    }

    static PlanException Wrong(ColumnType type) =>
        new("RS2301", $"A value that a rule or constraint names is no {type.Name}. Give it as the database would print it.");
}
