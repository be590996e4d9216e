using System.Text;
using RelSeed.Generation;
using RelSeed.Numerics;
using RelSeed.Planning;
using RelSeed.Schema;
using RelSeed.Semantics;

namespace RelSeed.Tests.Values;

/// <summary>Plans the values of a table's columns, as the planner does where no key interferes, and reads its rows as text.</summary>
sealed class TestRows
{
    public static readonly DateTimeOffset AsOf = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    readonly TableGenerator _generator;

    public TestRows(Table table, long rows = 1000, string locale = "en", Func<ValueRequest, ValueRequest>? adjust = null, ulong seed = 1)
    {
        Table = table;
        Plans = [.. table.Columns.Select(c => ValuePlanner.Plan((adjust ?? (r => r))(Request(table, c, rows, locale))))];
        var context = new ValueContext(seed, table.Name.Name);
        _generator = new TableGenerator
        {
            Name = table.Name,
            RowCount = rows,
            Columns = [.. table.Columns.Select((c, i) => new GeneratedColumn(c.Name, c.Type) { Values = Generator(Plans[i], c, context) })],
            Written = [.. Enumerable.Range(0, table.Columns.Count)],
        };
    }

    public Table Table { get; }
    public ValuePlan?[] Plans { get; }

    public static ValueRequest Request(Table table, Column column, long rows = 1000, string locale = "en") => new()
    {
        Table = table,
        Column = column,
        Meaning = Meanings.Of(table, column),
        Rows = rows,
        Locale = locale,
        AsOf = AsOf,
    };

    /// <summary>The rows [first, first + count), as a frame to ask for columns.</summary>
    public RowFrame Frame(long first, int count)
    {
        var frame = new RowFrame(_generator);
        frame.Reset(first, count);
        return frame;
    }

    /// <summary>A column's values as text; null for NULL.</summary>
    public string?[] Column(string name, int count = 1000, long first = 0)
    {
        var index = Table.IndexOf(name);
        var values = Frame(first, count).Column(index);
        return [.. Enumerable.Range(0, count).Select(i => Text(values, i, Table.Columns[index].Type))];
    }

    public static string? Text(ColumnVector values, int row, ColumnType type)
    {
        if (values.IsNull(row)) return null;
        return values switch
        {
            Int64Vector v => CanonicalText.Format(v.Values[row], type),
            Float64Vector v => CanonicalText.Format(v.Values[row]),
            UuidVector v => v.Values[row].ToString("x32"),
            BytesVector v => type.Kind == TypeKind.Bytes ? Convert.ToHexStringLower(v[row]) : Encoding.UTF8.GetString(v[row]),
            ListVector v =>
                $"{{{string.Join(',', Enumerable.Range(v.Start(row), v.End(row) - v.Start(row)).Select(i => Text(v.Items, i, ItemOf(type))))}}}",
            StructVector v when type.Kind == TypeKind.Range => $"[{Text(v.Fields[0], row, type.Element!)},{Text(v.Fields[1], row, type.Element!)})",
            StructVector v => $"({string.Join(',', v.Fields.Select((f, i) => Text(f, row, type.Fields[i].Type)))})",
            _ => throw new InvalidOperationException(),
        };
    }

    static ColumnType ItemOf(ColumnType type) =>
        type.Kind == TypeKind.MultiRange ? new ColumnType { Kind = TypeKind.Range, Name = type.Name, Element = type.Element } : type.Element!;

    static ColumnGenerator Generator(ValuePlan? plan, Column column, ValueContext context)
    {
        var key = StableHash.Key(context.Seed, context.TableName, column.Name);
        return plan?.Spec switch
        {
            null => new Nothing(),
            IndexedSpec { Index: RowIndexSpec index } spec => new AtIndexes(
                ValueGenerators.CreateDomain(spec.Domain, column.Type, key, context),
                new Permutation(StableHash.Key(context.Seed, index.Salt), index.Size)),
            var spec => ValueGenerators.TryCreate(spec, column.Type, key, context)!,
        };
    }

    sealed class Nothing : ColumnGenerator
    {
        public override void Fill(RowFrame frame, ColumnVector target) => target.SetAllNull();
    }

    sealed class AtIndexes(DomainGenerator domain, Permutation order) : ColumnGenerator
    {
        public override void Fill(RowFrame frame, ColumnVector target)
        {
            var indexes = new long[frame.Count];
            for (var i = 0; i < indexes.Length; i++) indexes[i] = order.At(frame.Rows[i]);
            domain.Fill(indexes, frame, target);
        }
    }
}
