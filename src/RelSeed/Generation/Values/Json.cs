using System.Buffers;
using System.Text.Json;
using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Generation;

/// <summary>JSON documents: all values of a part are made at once, then the documents are written one after another.</summary>
sealed class JsonColumn(JsonNode root) : ValueGenerator
{
    public override void Fill(ReadOnlySpan<long> counters, RowFrame frame, ColumnVector target)
    {
        var texts = (BytesVector)target;
        var rows = root.Prepare(counters, frame);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new() { SkipValidation = true });
        for (var row = 0; row < counters.Length; row++)
        {
            rows.Write(row, json);
            json.Flush();
            texts.Append(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
            json.Reset();
        }
    }
}

/// <summary>Makes a part of documents; shared by threads.</summary>
abstract class JsonNode
{
    public delegate ValueGenerator? Maker(GeneratorSpec spec, ColumnType type, ulong key, ValueContext context);

    public abstract JsonRows Prepare(ReadOnlySpan<long> counters, RowFrame frame);

    public static JsonNode Of(JsonPart part, ulong key, ValueContext context, Maker make) => part switch
    {
        JsonObjectPart o => new JsonObjectNode([.. o.Members.Select(m => Member(m, key, context, make))]),
        JsonArrayPart a => new JsonArrayNode(key, Of(a.Item, StableHash.Key(key, "item"), context, make), a.MinItems, a.MaxItems),
        JsonValuePart v => new JsonValueNode(make(v.Values, v.Type, key, context)!, v),
        _ => throw new InvalidOperationException($"No documents for {part.GetType().Name}."),
    };

    static JsonMemberNode Member(JsonMemberPart member, ulong key, ValueContext context, Maker make)
    {
        var own = StableHash.Key(key, member.Name);
        return new JsonMemberNode(JsonEncodedText.Encode(member.Name), Of(member.Value, own, context, make), StableHash.Key(own, "null"),
            CounterRandom.Threshold(member.NullShare));
    }
}

/// <summary>The values of a part for some documents.</summary>
abstract class JsonRows
{
    public abstract void Write(int row, Utf8JsonWriter json);
}

sealed record JsonMemberNode(JsonEncodedText Name, JsonNode Value, ulong NullKey, ulong NullThreshold);

sealed class JsonObjectNode(JsonMemberNode[] members) : JsonNode
{
    public override JsonRows Prepare(ReadOnlySpan<long> counters, RowFrame frame)
    {
        var values = new JsonRows[members.Length];
        for (var m = 0; m < members.Length; m++) values[m] = members[m].Value.Prepare(counters, frame);
        return new Rows(members, values, counters.ToArray());
    }

    sealed class Rows(JsonMemberNode[] members, JsonRows[] values, long[] counters) : JsonRows
    {
        public override void Write(int row, Utf8JsonWriter json)
        {
            json.WriteStartObject();
            for (var m = 0; m < members.Length; m++)
            {
                json.WritePropertyName(members[m].Name);
                if (CounterRandom.At(members[m].NullKey, counters[row]) < members[m].NullThreshold) json.WriteNullValue();
                else values[m].Write(row, json);
            }
            json.WriteEndObject();
        }
    }
}

sealed class JsonArrayNode(ulong key, JsonNode item, int least, int most) : JsonNode
{
    public override JsonRows Prepare(ReadOnlySpan<long> counters, RowFrame frame)
    {
        var ends = new int[counters.Length];
        var total = 0;
        for (var i = 0; i < counters.Length; i++)
            ends[i] = total += least + (int)CounterRandom.Below(CounterRandom.At(key, counters[i]), (ulong)(most - least + 1));
        var items = new long[total];
        for (int i = 0, at = 0; i < counters.Length; i++)
        {
            // A run of counters of the document's own, wherever it lies.
            var first = (long)(CounterRandom.Mix(CounterRandom.At(key, counters[i])) >> 1);
            for (var n = 0; at < ends[i]; at++, n++) items[at] = first + n;
        }
        return new Rows(item.Prepare(items, frame), ends);
    }

    sealed class Rows(JsonRows items, int[] ends) : JsonRows
    {
        public override void Write(int row, Utf8JsonWriter json)
        {
            json.WriteStartArray();
            for (var i = row == 0 ? 0 : ends[row - 1]; i < ends[row]; i++) items.Write(i, json);
            json.WriteEndArray();
        }
    }
}

sealed class JsonValueNode(ValueGenerator values, JsonValuePart part) : JsonNode
{
    public override JsonRows Prepare(ReadOnlySpan<long> counters, RowFrame frame)
    {
        var vector = ColumnVector.Create(part.Type);
        vector.Reset(counters.Length);
        values.Fill(counters, frame, vector);
        return new Rows(vector, part, part.Form is JsonForm.Base64 or JsonForm.Hex ? null : ValueFormatter.For(part.Type));
    }

    sealed class Rows(ColumnVector values, JsonValuePart part, ValueFormatter? formatter) : JsonRows
    {
        readonly ArrayBufferWriter<byte> _text = new();

        public override void Write(int row, Utf8JsonWriter json)
        {
            if (values.IsNull(row)) json.WriteNullValue();
            else if (part.Form == JsonForm.Base64) json.WriteBase64StringValue(((BytesVector)values)[row]);
            else if (part.Form == JsonForm.Hex) json.WriteStringValue(Convert.ToHexString(((BytesVector)values)[row]));
            else WriteText(row, json);
        }

        void WriteText(int row, Utf8JsonWriter json)
        {
            _text.ResetWrittenCount();
            formatter!.Write(values, row, _text);
            if (part.Form == JsonForm.Bare)
            {
                json.WriteRawValue(_text.WrittenSpan, skipInputValidation: true);
                return;
            }
            var text = System.Text.Encoding.UTF8.GetString(_text.WrittenSpan);
            if (part.Form == JsonForm.Instant) text = text.Replace(' ', 'T');
            if (part.Form == JsonForm.UpperText) text = text.ToUpperInvariant();
            json.WriteStringValue(text + part.Suffix);
        }
    }
}
