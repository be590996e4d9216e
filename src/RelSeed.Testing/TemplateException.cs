namespace RelSeed.Testing;

/// <summary>A fault of making, cloning or resetting a seeded database.</summary>
public sealed class TemplateException(string id, string message, Exception? inner = null)
    : RelSeedException(id, message, ExitCode.DatabaseRefused, inner);
