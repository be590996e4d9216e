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

// load [SCALE] [ROUNDS]: the whole load on a private PostgreSQL server; anything else goes to BenchmarkDotNet.
if (args is not ["load", ..])
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

var scale = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 1;
var rounds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 5;
var root = new DirectoryInfo(AppContext.BaseDirectory);
while (!File.Exists(Path.Combine(root.FullName, "RelSeed.sln"))) root = root.Parent!;
var tool = Path.Combine(root.FullName, "src", "RelSeed.Cli", "bin", "Release", "net10.0", "relseed");
await using var server = await PrivatePostgreSql.StartAsync(binaries);
await new LoadBenchmark(server, tool, scale, rounds).RunAsync();
return 0;
