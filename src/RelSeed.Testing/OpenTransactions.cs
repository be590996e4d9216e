namespace RelSeed.Testing;

static class OpenTransactions
{
    public static TemplateException Fault(string database, TimeSpan waited, Exception? inner = null) => new("RS3505",
        $"{database} cannot be reset: a transaction of a test is still open in it after {waited.TotalSeconds:0.#} s. Dispose the test's connections and transactions before the reset.", inner);
}
