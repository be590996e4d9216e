using RelSeed.Expressions;
using RelSeed.Schema;

namespace RelSeed.Tests.Expressions;

public class RaiseReaderTests
{
    static IReadOnlyList<string> Read(string statements,
        string definition = "CREATE TRIGGER t BEFORE INSERT ON s FOR EACH ROW EXECUTE FUNCTION f()") =>
        RaiseReader.Read(
            new("t", TriggerTiming.Before, TriggerEvents.Insert, "f", definition, IsRow: true, IsDeferrable: false,
                Enabled: true)
            { Body = $"declare v int; begin {statements} return new; end" },
            ["a", "b", "Odd"]);

    [Theory]
    [InlineData("if new.a > new.b then raise exception 'no'; end if;", "\"a\" > \"b\"")]
    [InlineData("if new.\"Odd\" is null then raise exception 'no'; end if;", "\"Odd\" is null")]
    [InlineData("v := 1; if new.A in (1, 2) then raise 'no'; elsif new.b >= 3 then raise 'no'; else v := 2; end if;", "\"a\" in (1, 2)|\"b\" >= 3")]
    [InlineData("case when new.a is null then raise exception 'no'; when new.b is null then raise exception 'no'; else end case;",
        "\"a\" is null|\"b\" is null")]
    [InlineData("if v = 1 then v := 2; end if; if new.a = 1 then raise exception 'no'; end if;", "\"a\" = 1")]
    public void A_condition_on_the_new_row_that_raises_is_told(string statements, string expected) =>
        Assert.Equal(expected.Split('|'), Read(statements));

    [Theory]
    [InlineData("if new.a > v then raise exception 'no'; end if;")]
    [InlineData("if new.a = (select 1) then raise exception 'no'; end if;")]
    [InlineData("if not found then raise exception 'no'; end if;")]
    [InlineData("if new.a > 1 then raise notice 'no'; end if;")]
    [InlineData("if new.b = 1 then return new; end if; if new.a > 1 then raise exception 'no'; end if;")]
    [InlineData("new.a := 1; if new.a > 1 then raise exception 'no'; end if;")]
    [InlineData("if new.a <> old.a then raise exception 'no'; end if;")]
    [InlineData("for i in 1..2 loop if new.a > 1 then raise exception 'no'; end if; end loop;")]
    public void What_depends_on_more_than_the_new_row_is_not(string statements) => Assert.Empty(Read(statements));

    [Fact]
    public void A_trigger_with_a_condition_of_its_own_is_not_read() =>
        Assert.Empty(Read("if new.a > 1 then raise exception 'no'; end if;",
            "CREATE TRIGGER t BEFORE INSERT ON s FOR EACH ROW WHEN (new.b = 1) EXECUTE FUNCTION f()"));
}
