using Npgsql;
using RelSeed.PostgreSql.Connections;

namespace RelSeed.Testing.PostgreSql;

/// <summary>Says why a server does not make or drop a database.</summary>
static class ServerRefusals
{
    public static TemplateException Explain(PostgresException refused, Administration administration, string what) => refused.SqlState switch
    {
        PostgresErrorCodes.InsufficientPrivilege => new("RS3501",
            $"{administration.DisplayName}: this user may not {what}. Grant it the right with ALTER ROLE … CREATEDB, or name a user that has it.",
            new ServerFault(refused)),
        PostgresErrorCodes.ObjectInUse => new("RS3502",
            $"{administration.DisplayName}: the template is in use by another session and cannot be copied. "
            + "Somebody allowed connections to it: close them, or drop the template, and it is made again.", new ServerFault(refused)),
        _ => new("RS3504",
            $"{administration.DisplayName} did not {what} (SQLSTATE {refused.SqlState}: {refused.MessageText}). Look into the server's log.",
            new ServerFault(refused)),
    };
}
