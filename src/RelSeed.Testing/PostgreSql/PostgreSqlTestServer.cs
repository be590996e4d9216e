namespace RelSeed.Testing.PostgreSql;

sealed class PostgreSqlTestServer(Func<CancellationToken, Task<string>> address) : TestServer
{
    readonly SemaphoreSlim _finding = new(1);
    string? _address;

    public override string Provider => "postgresql";

    internal override async Task<Template> OpenTemplateAsync(TemplateRecipe recipe, CancellationToken cancellationToken)
    {
        var administration = await Administration.ConnectAsync(await FindAsync(cancellationToken), cancellationToken);
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

    async Task<string> FindAsync(CancellationToken cancellationToken)
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
