using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using RelSeed.Testing.Keys;

namespace RelSeed.Testing;

/// <summary>What gives an empty database its schema; its key decides whether a template still fits.</summary>
public sealed class SchemaStep
{
    readonly Func<DbConnection, CancellationToken, Task> _run;

    SchemaStep(string key, Func<DbConnection, CancellationToken, Task> run) => (Key, _run) = (key, run);

    /// <summary>Equal for equal schemas.</summary>
    public string Key { get; }

    /// <summary>Statements of the database's own SQL, as a file of them. psql's backslash commands and COPY data are not understood.</summary>
    public static SchemaStep Sql(string script) => new(
        $"sql:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}",
        async (connection, cancellationToken) =>
        {
            await using var command = connection.CreateCommand();
            command.CommandText = script;
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken);
        });

    /// <summary>Anything that makes a schema on an open connection, such as EF Core's Migrate or EnsureCreated.</summary>
    /// <param name="key">Must change when the schema that is made changes, such as the last migration's name or <c>GenerateCreateScript()</c>; null
    /// takes the
    /// identity of the compiled code: of the delegate's assembly and those it refers to in the program's folder.</param>
    /// <example><code>SchemaStep.Run((connection, token) =>
    ///     new ShopContext(new DbContextOptionsBuilder().UseNpgsql(connection).Options).Database.MigrateAsync(token))</code></example>
    public static SchemaStep Run(Func<DbConnection, CancellationToken, Task> step, string? key = null) =>
        new(key is null ? $"code:{StructuralText.Of(step)}" : $"key:{key}", step);

    /// <exception cref="TemplateException">RS3503: it fails.</exception>
    internal async Task RunAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await _run(connection, cancellationToken);
        }
        catch (Exception fault) when (fault is not RelSeedException && !cancellationToken.IsCancellationRequested)
        {
            var state = fault is DbException { SqlState: { } code } ? $", SQLSTATE {code}" : "";
            throw new TemplateException("RS3503",
                $"The schema step failed while a template was made ({fault.GetType().Name}{state}); what it made was dropped. The inner exception tells where: mend the step.", fault);
        }
    }
}
