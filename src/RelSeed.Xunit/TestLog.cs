using Xunit;

namespace RelSeed.Xunit;

static class TestLog
{
    /// <summary>A line of the running test's output; outside a test a diagnostic message.</summary>
    public static void Write(string line)
    {
        var context = TestContext.Current;
        if (context.TestOutputHelper is { } output) output.WriteLine(line);
        else context.SendDiagnosticMessage("{0}", line);
    }
}
