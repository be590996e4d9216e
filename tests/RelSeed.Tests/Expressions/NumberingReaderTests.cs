using RelSeed.Expressions;
using RelSeed.Schema;
using RelSeed.Tests.Planning;

namespace RelSeed.Tests.Expressions;

public class NumberingReaderTests
{
    static readonly Table Lines =
        TestSchemas.Table("lines", ["order_id int!", "line_no int!", "price int"], pk: ["order_id", "line_no"], fks: [(["order_id"], "orders", ["id"])]);

    [Theory]
    [InlineData("SELECT COALESCE(MAX(line_no) + 1, 0) INTO NEW.line_no FROM lines WHERE order_id = NEW.order_id;", 0)]
    [InlineData("NEW.line_no := (SELECT coalesce(max(l.line_no), 0) + 1 FROM public.lines l WHERE l.order_id = NEW.order_id);", 1)]
    [InlineData("SELECT coalesce(max(line_no), 9) + 1 INTO n FROM lines WHERE order_id = NEW.order_id; NEW.line_no = n;", 10)]
    public void Numbers_count_within_the_parent(string body, long start) =>
        Assert.Equal(new RowNumbering("line_no", "order_id", start), NumberingReader.Read(body, Lines));

    [Fact]
    public void Numbers_count_all_rows() => Assert.Equal(new RowNumbering("line_no", null, 1),
        NumberingReader.Read("NEW.line_no := (SELECT COALESCE(MAX(line_no), 0) + 1 FROM lines);", Lines));

    [Theory]
    [InlineData("SELECT COALESCE(MAX(line_no) + 1, 0) INTO NEW.line_no FROM lines WHERE order_id = NEW.order_id AND price > 5;")]
    [InlineData("SELECT COALESCE(MAX(price) + 1, 0) INTO NEW.line_no FROM lines WHERE order_id = NEW.order_id;")]
    [InlineData("SELECT COALESCE(MAX(line_no) + 1, 0) INTO NEW.line_no FROM other_lines WHERE order_id = NEW.order_id;")]
    [InlineData("SELECT COALESCE(MAX(line_no), 0) INTO NEW.line_no FROM lines WHERE order_id = NEW.order_id;")]
    public void Other_numbers_are_not_known(string body) => Assert.Null(NumberingReader.Read(body, Lines));
}
