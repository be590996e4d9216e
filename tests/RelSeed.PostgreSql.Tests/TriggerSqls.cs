namespace RelSeed.PostgreSql.Tests;

/// <summary>Triggers for each row with functions of their own.</summary>
static class TriggerSqls
{
    public static string TriggerSql(string trigger, string table, string body) => $"""
        create function {trigger}() returns trigger language plpgsql as $$ begin {body} end $$;
        create trigger {trigger} before insert on {table} for each row execute function {trigger}();
        """;

    public static string WriterSql(string trigger, string table, string body) => $"""
        create function {trigger}_of_{table}() returns trigger language plpgsql as $f$ begin {body} return null; end $f$;
        create trigger {trigger} after insert on {table} for each row execute function {trigger}_of_{table}();
        """;
}
