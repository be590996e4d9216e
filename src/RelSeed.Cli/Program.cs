using RelSeed.Cli;

return (int)await CliApplication.RunAsync(args);
