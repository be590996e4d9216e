namespace RelSeed.Testing.PostgreSql;

sealed class PostgreSqlTestServer(Func<CancellationToken, Task<string>> address) : TestServer
{
    readonly SemaphoreSlim _finding = new(1);
    string? _address;

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

    public override async Task<string> GetAddressAsync(CancellationToken cancellationToken = default)
    {
        await _finding.WaitAsync(cancellationToken);
        try
        {
            return _address ??= await address(cancellationToken);
        }
        finally
        {
            _finding.Release();
        }
    }
}
