using System.Data.Common;

namespace Shop;

/// <summary>The code under test: plain SQL on any connection.</summary>
public sealed class Checkout(DbConnection connection)
{
    /// <summary>Orders one piece of a product; false when there is none.</summary>
    public async Task<bool> OrderAsync(long customer, long product, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await ExecuteAsync($"update products set stock = stock - 1 where id = {product} and stock > 0", transaction, cancellationToken) == 0)
            return false;
        var order = await ScalarAsync("select max(id) + 1 from orders", transaction, cancellationToken);
        await ExecuteAsync($"insert into orders values ({order}, {customer}, 'open', current_timestamp)", transaction, cancellationToken);
        await ExecuteAsync($"insert into order_lines values ({order}, 1, {product}, 1)", transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public Task<long> CountAsync(string table, CancellationToken cancellationToken) =>
        ScalarAsync($"select count(*) from {table}", null, cancellationToken);

    public async Task<int> ExecuteAsync(string sql, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<long> ScalarAsync(string sql, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }
}
