using static RelSeed.Schema.PrintedText;

namespace RelSeed.Schema;

/// <summary>A table's keys, constraints, triggers and rules, a line each.</summary>
static class ConstraintText
{
    public static IEnumerable<string> Of(Table table) =>
    [
        .. table.AllKeys.Select(Of),
        .. table.ForeignKeys.Select(Of),
        .. table.Checks.Select(c => $"check {Name(c.Name)}: {c.Expression}{Unless(c.IsValidated, "not valid")}"),
        .. table.Exclusions.Select(Of),
        .. table.Triggers.Select(Of),
        .. table.Rules.Select(r => $"rule {Name(r.Name)} on {r.Event}{Unless(!r.IsInstead, "instead")}"),
    ];

    static string Of(UniqueKey key) =>
        $"{KindOf(key)} {Name(key.Name)} ({string.Join(", ", key.Parts.Select(Of))})"
        + (key.Predicate is null ? "" : $" where {key.Predicate}")
        + Unless(!key.NullsNotDistinct, "nulls not distinct")
        + Unless(!key.IsDeferrable, "deferrable");

    static string KindOf(UniqueKey key) => key switch
    {
        { IsPrimary: true } => "primary key",
        { IsConstraint: true } => "unique",
        _ => "unique index",
    };

    static string Of(KeyPart part) =>
        (part.Column is { } column ? Name(column) : $"({part.Expression})")
        + (part.Collation is { } collation ? $" collate {OneLine(collation)}" : "")
        + Unless(!part.IsCaseInsensitive, "case-insensitive");

    static string Of(ForeignKey key) =>
        $"foreign key {Name(key.Name)} ({Names(key.Columns)}) -> {Name(key.Principal)} ({Names(key.PrincipalColumns)})"
        + Unless(!key.IsMatchFull, "match full")
        + Unless(!key.IsPeriod, "period")
        + Unless(!key.IsDeferrable, key.IsInitiallyDeferred ? "deferrable initially deferred" : "deferrable")
        + Unless(key.IsValidated, "not valid");

    static string Of(ExclusionConstraint exclusion) =>
        $"exclude {Name(exclusion.Name)} ({string.Join(", ", exclusion.Elements.Select(Of))})"
        + (exclusion.Predicate is null ? "" : $" where {exclusion.Predicate}");

    static string Of(ExclusionElement element) =>
        $"{(element.Column is { } column ? Name(column) : $"({element.Expression})")} with {element.Operator}";

    static string Of(Trigger trigger) =>
        $"trigger {Name(trigger.Name)} {TimingOf(trigger.Timing)} {trigger.Events.ToString().ToLowerInvariant()} for each {(trigger.IsRow ? "row" : "statement")}"
        + (trigger.Function.Length == 0 ? "" : $" calls {trigger.Function}")
        + Unless(!trigger.IsDeferrable, "deferrable")
        + Unless(trigger.Enabled, "disabled");

    static string TimingOf(TriggerTiming timing) => timing switch
    {
        TriggerTiming.Before => "before",
        TriggerTiming.After => "after",
        _ => "instead of",
    };

    static string Unless(bool usual, string word) => usual ? "" : $" {word}";
}
