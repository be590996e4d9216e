using System.Globalization;
using BenchmarkDotNet.Running;
using RelSeed.Benchmarks;
using RelSeed.Specification.Tests.Servers;

// templates [TESTS]: seeded databases for tests, on RELSEED_TEST_POSTGRES or a private server.
if (args is ["templates", ..])
{
    await TemplateCommand.RunAsync(args[1..]);
    return 0;
}

// load [SCALE] [ROUNDS]: the whole load on a private PostgreSQL server.
// model [ROWS A TABLE] [CUSTOMERS] [ROUNDS]: one line on an EF Core model, on such a server. Anything else goes to BenchmarkDotNet.
if (args is not ["load" or "model", ..])
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}

var binaries = PostgreSqlBinaries.Find();
if (binaries is null)
{
    Console.Error.WriteLine("No PostgreSQL server is installed (apt-get install postgresql).");
    return 2;
}

var numbers = args[1..].Select(a => double.Parse(a, CultureInfo.InvariantCulture)).ToList();
var root = new DirectoryInfo(AppContext.BaseDirectory);
while (!File.Exists(Path.Combine(root.FullName, "RelSeed.sln"))) root = root.Parent!;
var tool = Path.Combine(root.FullName, "src", "RelSeed.Cli", "bin", "Release", "net10.0", "relseed");
await using var server = await PrivatePostgreSql.StartAsync(binaries);
await (args[0] == "model"
    ? new ModelBenchmark(server, tool, (long)Number(0, 40_000), (int)Number(1, 5_000), (int)Number(2, 3)).RunAsync()
    : new LoadBenchmark(server, tool, Number(0, 1), (int)Number(1, 5)).RunAsync());
return 0;

double Number(int index, double otherwise) => index < numbers.Count ? numbers[index] : otherwise;
