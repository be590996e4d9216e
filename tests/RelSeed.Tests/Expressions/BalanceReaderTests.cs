using RelSeed.Expressions;
using RelSeed.Schema;
using RelSeed.Tests.Planning;

namespace RelSeed.Tests.Expressions;

public class BalanceReaderTests
{
    static readonly Table Lines = TestSchemas.Table("lines", ["id int!", "entry_id int!", "debit numeric(12,2)!", "credit numeric(12,2)!", "amount numeric(12,2)",
        "kind text!", "is_debit bool!", "quantity int"],
        pk: ["id"], fks: [(["entry_id"], "entries", ["id"])], checks: ["kind IN ('debit', 'credit')"]);

    [Theory]
    [InlineData("SELECT COALESCE(SUM(debit), 0), COALESCE(SUM(l.credit), 0) INTO d, c FROM lines l WHERE l.entry_id = NEW.entry_id; IF d <> c THEN RAISE EXCEPTION 'x'; END IF;")]
    [InlineData("SELECT SUM(debit - credit) INTO total FROM public.lines WHERE entry_id = NEW.entry_id; IF ABS(total) > 0.01 THEN RAISE EXCEPTION 'x'; END IF;")]
    [InlineData("IF EXISTS (SELECT 1 FROM lines GROUP BY entry_id HAVING SUM(debit) != SUM(credit)) THEN RAISE 'x'; END IF;")]
    [InlineData("SELECT SUM(debit) INTO d FROM lines WHERE entry_id = NEW.id; SELECT SUM(credit) INTO c FROM lines WHERE entry_id = NEW.id; IF c IS DISTINCT FROM d THEN RAISE EXCEPTION 'x'; END IF;")]
    public void Two_columns_balance(string body) => Assert.Equal(new RowBalance("lines_fk1", "debit", "credit", []), BalanceReader.Read(body, Lines));

    [Fact]
    public void Amounts_with_signs_cancel_out() => Assert.Equal(new RowBalance("lines_fk1", "amount", null, []), BalanceReader.Read(
        "IF (SELECT sum(amount) FROM lines WHERE entry_id = NEW.entry_id) <> 0 THEN RAISE EXCEPTION 'x'; END IF;", Lines));

    [Theory]
    [InlineData("SELECT SUM(CASE WHEN kind = 'debit' THEN amount ELSE -amount END) INTO t FROM lines WHERE entry_id = NEW.entry_id; IF t <> 0 THEN RAISE EXCEPTION 'x'; END IF;")]
    [InlineData("SELECT SUM(amount) FILTER (WHERE kind = 'debit'), SUM(amount) FILTER (WHERE kind = 'credit') INTO d, c FROM lines WHERE entry_id = NEW.entry_id; IF d != c THEN RAISE EXCEPTION 'x'; END IF;")]
    public void A_text_tells_the_side(string body) =>
        Assert.Equal(new RowBalance("lines_fk1", "amount", "kind", ["debit", "credit"]), BalanceReader.Read(body, Lines));

    [Fact]
    public void A_truth_value_tells_the_side() => Assert.Equal(new RowBalance("lines_fk1", "amount", "is_debit", ["true", "false"]), BalanceReader.Read(
        "SELECT SUM(CASE WHEN is_debit THEN amount ELSE -amount END) INTO t FROM lines WHERE entry_id = NEW.entry_id; IF t <> 0 THEN RAISE EXCEPTION 'x'; END IF;",
        Lines));

    [Theory]
    [InlineData("SELECT SUM(quantity) INTO t FROM lines WHERE entry_id = NEW.entry_id; IF t > 100 AND NEW.id <> 7 THEN RAISE EXCEPTION 'too many'; END IF;")]
    [InlineData("SELECT SUM(debit), SUM(credit) INTO d, c FROM lines WHERE entry_id = NEW.entry_id; IF d > 9 OR c <> 9 THEN RAISE EXCEPTION 'x'; END IF;")]
    [InlineData("SELECT SUM(quantity * debit) INTO t FROM lines WHERE entry_id = NEW.entry_id; IF t <> 0 THEN RAISE EXCEPTION 'x'; END IF;")]
    [InlineData("UPDATE entries SET total = (SELECT SUM(amount) FROM lines WHERE entry_id = NEW.entry_id) WHERE id = NEW.entry_id;")]
    [InlineData("SELECT SUM(amount) INTO t FROM other_lines WHERE entry_id = NEW.entry_id; IF t <> 0 THEN RAISE EXCEPTION 'lines'; END IF;")]
    public void Other_sums_are_no_balance(string body) => Assert.Null(BalanceReader.Read(body, Lines));
}
