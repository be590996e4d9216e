using System.CommandLine;
using System.CommandLine.Help;

namespace RelSeed.Cli.Commands;

/// <summary>The tool's root: its verbs.</summary>
static class RelSeedCommand
{
    public static Command Create()
    {
        // Not a RootCommand: that one takes its name from the assembly's file.
        var root = new Command("relseed", "Fills PostgreSQL and SQLite databases with believable rows that satisfy every key and constraint.")
        {
            DemoCommand.Create(), InspectCommand.Create(), PlanCommand.Create(), RunCommand.Create(), LearnCommand.Create(), AuditCommand.Create(),
                DriftCommand.Create(), MaskCommand.Create(), VerifyCommand.Create(),
        };
        root.Options.Add(new HelpOption { Recursive = true });
        root.Options.Add(new VersionOption());
        HelpExamples.AddTo(root,
            ("Show the whole story on a new SQLite database", "relseed demo"),
            ("Fill a PostgreSQL database with 1,000 rows a table", "relseed run postgresql://app@localhost/shop --rows 1000"),
            ("See what would be made, and why", "relseed plan sqlite:shop.db"));
        return root;
    }
}
