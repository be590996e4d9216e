namespace RelSeed.Testing.PostgreSql;

sealed class PostgreSqlTestServer(Func<CancellationToken, Task<string>> address) : TestServer
{
    readonly Lock _finding = new();
    Task<string>? _address;

    public override string Provider => "postgresql";

    internal override async Task<Template> OpenTemplateAsync(TemplateRecipe recipe, CancellationToken cancellationToken)
    {
        var administration = await Administration.ConnectAsync(await GetAddressAsync(cancellationToken), cancellationToken);
        try
        {
            return await new TemplateMaker(administration, recipe).OpenAsync(cancellationToken);
        }
        catch
        {
            await administration.DisposeAsync();
            throw;
        }
    }

    public override Task<string> GetAddressAsync(CancellationToken cancellationToken = default)
    {
        // Found once for all; after a failure the next caller tries again.
        lock (_finding)
        {
            if (_address is null || _address.IsFaulted || _address.IsCanceled) _address = address(cancellationToken);
            return _address.WaitAsync(cancellationToken);
        }
    }
}
