using RelSeed.Loading;

namespace RelSeed.Tests.Loading;

public class TriggerTextTests
{
    [Theory]
    [InlineData("begin if new.state <> 'open' then raise exception 'x'; end if; return new; end", "state")]
    [InlineData("begin new.total = 1; NEW.\"Order Id\" := 2; select a into strict new.b from t where c = New . d; end", "d")]
    [InlineData("begin if new.a = 1 then new.b := old.c; else new.c = new.d; end if; -- new.e\n end", "a,d")]
    [InlineData("new.first = 1", "")]
    [InlineData("begin perform renew.x; end", "")]
    public void Columns_of_the_new_row_count_where_they_are_looked_at(string text, string columns) =>
        Assert.Equal(columns, string.Join(',', TriggerText.NewColumns(text).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("if (select tenant_id from projects where id = new.project_id) <> new.tenant_id then raise exception 'x'; end if;", true)]
    [InlineData("if new.tenant_id is null then raise exception 'x'; end if; select tenant_id into strict found from projects;", false)]
    [InlineData("select tenant_id into strict new.tenant_id from projects;", false)]
    public void Two_columns_are_compared_in_one_statement(string text, bool compares) =>
        Assert.Equal(compares, TriggerText.Compares(text, "tenant_id", "tenant_id"));

    [Theory]
    [InlineData("begin raise notice 'seen'; return new; end", false)]
    [InlineData("begin -- raise exception 'x'\n return new; end", false)]
    [InlineData("begin if true then raise sqlstate '22023'; end if; end", true)]
    public void An_error_of_its_own_is_seen_in_the_text(string text, bool raises) => Assert.Equal(raises, TriggerText.Raises(text));

    [Theory]
    [InlineData("begin new.at := now(); return new; end", false)]
    [InlineData("begin -- select 1\n return new; end", false)]
    [InlineData("begin new.selected := true; return new; end", false)]
    [InlineData("begin perform check_it(new); return new; end", true)]
    [InlineData("begin INSERT INTO log values (1); return new; end", true)]
    public void Rows_of_other_tables_are_read_by_statements(string body, bool looks) => Assert.Equal(looks, TriggerText.Looks(body));

    [Theory]
    [InlineData("begin new.at := now(); return new; end", false)]
    [InlineData("begin if new.at is null then return null; end if; return new; end", true)]
    [InlineData("begin -- return null;\n return new; end", false)]
    [InlineData("begin if tg_op = 'DELETE' then return old; end if; return new; end", true)]
    [InlineData("begin select * into new from defaults; return new; end", true)]
    [InlineData("begin select id into new.id from defaults; return new; end", false)]
    [InlineData("begin new := changed(new); return new; end", true)]
    [InlineData("suppress_redundant_updates_trigger", true)]
    [InlineData("", true)]
    public void A_row_may_be_dropped_unless_the_new_one_is_all_that_is_returned(string body, bool mayDrop) =>
        Assert.Equal(mayDrop, TriggerText.MayDropRow(body));
}
