using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using RelSeed.Loading;

namespace RelSeed.PostgreSql.Tests.Loading;

/// <summary>Any value of a lane arrives as it is, by COPY binary and text.</summary>
public sealed class AnyValueTests(PostgreSqlFixture server)
{
    const int Samples = 2_000;

    public static MatrixTheoryData<int, bool> Scales => new([0, 1, 2, 3, 4, 5, 8, 9, 17, 18], [false, true]);

    async Task<IReadOnlyList<string?>> SendAsync(string type, bool asText, IReadOnlyList<object?> values)
    {
        await using var database =
            await server.CreateDatabaseAsync($"create table t (id integer, v {type}, forces_text {(asText ? "point" : "integer")})");
        await using var target = PostgreSqlTarget.Open(database.Url);
        var load = (await HandMade.ReadAsync(target)).Add("t", values.Count, ("id", r => r), ("v", r => values[(int)r]), ("forces_text", _ => null));
        await load.LoadAsync(new LoadOptions { Threads = 2, BatchRows = 300 });
        return [.. (await database.QueryAsync("set timezone to 'UTC'; select v::text from t order by id")).Select(r => (string?)r[0])];
    }

    static long[] Numbers(long min = long.MinValue, long max = long.MaxValue)
    {
        // Of every magnitude, with the neighbours of powers of ten.
        var any = Gen.Choose(0, 63).SelectMany(shift => ArbMap.Default.GeneratorFor<long>().Select(n => n >> shift));
        var edges = Enumerable.Range(0, 19).SelectMany(p => new[] { -1L, 0, 1 }.Select(d => (long)BigInteger.Pow(10, p) + d))
            .SelectMany(n => new[] { n, -n });
        return [.. Gen.Sample(any, Samples).Concat(edges).Append(min).Append(max).Select(n => Math.Clamp(n, min, max))];
    }

    [Theory, MemberData(nameof(Scales))]
    public async Task Any_decimal_of_any_scale(int scale, bool asText)
    {
        var values = Numbers();
        var expected = values.Select(v => Decimal(v, scale));
        Assert.Equal(expected, await SendAsync($"numeric(40,{scale})", asText, [.. values.Cast<object?>()]));
    }

    static string Decimal(long value, int scale)
    {
        var digits = BigInteger.Abs(value).ToString().PadLeft(scale + 1, '0');
        var point = scale == 0 ? "" : $".{digits[^scale..]}";
        return $"{(value < 0 ? "-" : "")}{digits[..^scale]}{point}";
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Any_instant(bool asText)
    {
        // The years that .NET knows, so that it can say what is expected.
        var values =
            Numbers(DateTime.MinValue.Ticks / 10 - DateTime.UnixEpoch.Ticks / 10, DateTime.MaxValue.Ticks / 10 - DateTime.UnixEpoch.Ticks / 10);
        var expected = values.Select(v => DateTime.UnixEpoch.AddTicks(v * 10).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF"));
        Assert.Equal(expected, await SendAsync("timestamp", asText, [.. values.Cast<object?>()]));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Any_text(bool asText)
    {
        var values = Gen.Sample(ArbMap.Default.GeneratorFor<string>(), Samples).Select(Sendable)
            .Concat(["\\.", "\\N", "\\\\N", "\r\n", "\t", ""]).ToList();
        Assert.Equal(values, await SendAsync("text", asText, [.. values.Cast<object?>()]));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Any_array_of_texts(bool asText)
    {
        var values = Gen.Sample(ArbMap.Default.GeneratorFor<string[]>(), Samples)
            .Select(a => a?.Select(s => s is null ? null : Sendable(s)).ToArray()).ToList();
        await using var database =
            await server.CreateDatabaseAsync($"create table t (id integer, v text[], forces_text {(asText ? "point" : "integer")})");
        await using var target = PostgreSqlTarget.Open(database.Url);
        var load = (await HandMade.ReadAsync(target))
            .Add("t", values.Count, ("id", r => r), ("v", r => values[(int)r]?.Cast<object?>().ToArray()), ("forces_text", _ => null));
        await load.LoadAsync(new LoadOptions { BatchRows = 300 });
        var read = await database.QueryAsync("select id, n, s from t left join lateral unnest(v) with ordinality u(s, n) on true order by 1, 2");
        var expected = values.SelectMany((a, i) => a is null or [] ? [(i, null, null)] : a.Select((s, n) => (i, (long?)(n + 1), s)));
        Assert.Equal(expected, read.Select(r => ((int)r[0]!, (long?)r[1], (string?)r[2])));
    }

    /// <summary>The server takes neither NUL nor half a surrogate pair.</summary>
    static string Sendable(string? text) => new([.. (text ?? "").Where(c => c != '\0' && !char.IsSurrogate(c))]);
}
