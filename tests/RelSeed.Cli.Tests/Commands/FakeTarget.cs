using RelSeed.Generation;
using RelSeed.Loading;
using RelSeed.Planning;
using RelSeed.Schema;

namespace RelSeed.Cli.Tests.Commands;

/// <summary>A target that is not on this machine.</summary>
sealed class FakeTarget : SeedTarget
{
    public override string Provider => "postgresql";
    public override string DisplayName => "postgresql://app@db.example:5432/shop";
    public override bool IsLocal => false;

    public override Task<IReadOnlyList<TableName>> FindFilledTablesAsync(IEnumerable<Table> tables, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task<DatabaseSchema> ReadSchemaAsync(SchemaReadOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task<LoadReport> LoadAsync(
        SeedPlan plan, SeedGenerator rows, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

    public override Task<RehearsalSession> OpenRehearsalAsync(LoadOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task<VerificationReport> VerifyAsync(
        DatabaseSchema schema, IReadOnlyDictionary<TableName, long> expectedRows, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

    public override Task<IReadOnlyList<IReadOnlyList<string?>>> ReadSampleAsync(Table table, int rows, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override IAsyncEnumerable<IReadOnlyList<string?>> ReadColumnsAsync(
        Table table, IReadOnlyList<int> columns, long limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task<RowReader> OpenReaderAsync(RowReaderOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task<MaskSession> OpenMaskAsync(DatabaseSchema schema, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
