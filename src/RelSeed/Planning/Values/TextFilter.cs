using RelSeed.Expressions;
using RelSeed.Numerics;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>Checks that read one text column and no other, and that no pattern or length stands for: samples of a template are tried against
/// them.</summary>
sealed class TextFilter
{
    const int Samples = 200;

    // What is refused is drawn again, so that these are enough where rows need not differ, at best and at least.
    const int MostTaken = 190, LeastTaken = 20;

    // A schema is planned many times while it is rehearsed.
    static readonly BoundedCache<Key, TextFilter> Kept = new(capacity: 4096);

    readonly List<CompiledPredicate> _checks;
    readonly bool _isCaseInsensitive;
    readonly BoundedCache<TextTemplate, bool> _all = new(capacity: 256);
    readonly BoundedCache<TextTemplate, int> _taken = new(capacity: 256);

    TextFilter(List<CompiledPredicate> checks, bool isCaseInsensitive) => (_checks, _isCaseInsensitive) = (checks, isCaseInsensitive);

    /// <returns>Null when there is nothing to try.</returns>
    public static TextFilter? Of(Column column, IEnumerable<CheckFact> checks, Dialect dialect, DateTimeOffset asOf)
    {
        if (!column.Type.Kind.IsText()) return null;
        var tried = checks.Where(c => !c.IsByConstruction).Select(c => (Expression: c.Expression!, IsOfDomain: c.ValueColumn >= 0)).ToEquatableArray();
        return tried.IsEmpty ? null : Kept.Get(new(dialect, asOf, column, tried), Compile);
    }

    static TextFilter Compile(Key key)
    {
        var known = new EvaluationContext(key.Dialect, key.AsOf, _ => key.Column);
        var unknown = known with { Columns = _ => null };
        return new([.. key.Checks.Select(c => CompiledPredicate.Check(c.Expression, c.IsOfDomain ? unknown : known, _ => 0))],
            key.Column.IsCaseInsensitive);
    }

    /// <summary>No sampled text is refused.</summary>
    public bool TakesAll(TextTemplate template) => _all.Get(template, t => Texts(t).All(Takes));

    /// <summary>Templates of which enough texts are taken to draw others in the place of those that are refused: first those of which nearly
    /// all are.</summary>
    public IEnumerable<TextTemplate> TakingEnough(IEnumerable<TextTemplate> templates)
    {
        List<TextTemplate> others = [];
        foreach (var template in templates)
        {
            var taken = _taken.Get(template, t => Texts(t).Count(Takes));
            if (taken >= MostTaken) yield return template;
            else if (taken >= LeastTaken) others.Add(template);
        }
        foreach (var template in others) yield return template;
    }

    static IEnumerable<string> Texts(TextTemplate template)
    {
        for (var i = 0; i < Samples; i++)
            yield return TemplateSample.Text(template, (ulong)i, (long)CounterRandom.Below(CounterRandom.At(1, i), (ulong)template.Capacity));
    }

    bool Takes(string text)
    {
        var row = new TextRow(_isCaseInsensitive ? SqlValue.CaseInsensitiveText(text) : SqlValue.Text(text));
        return _checks.TrueForAll(c => c.Test(row) != Verdict.Fails);
    }

    /// <param name="Checks">Of the table, and of the column's domains.</param>
    readonly record struct Key(Dialect Dialect, DateTimeOffset AsOf, Column Column, EquatableArray<(Expression Expression, bool IsOfDomain)> Checks);

    sealed record TextRow(SqlValue Text) : IRow
    {
        public SqlValue this[int column] => Text;
    }
}
