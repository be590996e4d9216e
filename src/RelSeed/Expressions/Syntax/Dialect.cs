namespace RelSeed.Expressions;

/// <summary>Whose SQL a text is: what it may quote, how its operators bind, and what its functions do.</summary>
public enum Dialect { PostgreSql, Sqlite, SqlServer }
