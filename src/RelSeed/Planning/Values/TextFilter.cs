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

    readonly List<CompiledPredicate> _checks;
    readonly bool _isCaseInsensitive;

    TextFilter(List<CompiledPredicate> checks, bool isCaseInsensitive) => (_checks, _isCaseInsensitive) = (checks, isCaseInsensitive);

    /// <returns>Null when there is nothing to try.</returns>
    public static TextFilter? Of(Column column, IEnumerable<CheckFact> checks, EvaluationContext context)
    {
        if (!column.Type.Kind.IsText()) return null;
        var compiled = checks.Where(c => !c.IsByConstruction).Select(c => CompiledPredicate.Check(c.Expression!, context, _ => 0)).ToList();
        return compiled.Count == 0 ? null : new TextFilter(compiled, column.IsCaseInsensitive);
    }

    /// <summary>No sampled text is refused.</summary>
    public bool TakesAll(TextTemplate template) => Texts(template).All(Takes);

    /// <summary>Templates of which enough texts are taken to draw others in the place of those that are refused: first those of which nearly
    /// all are.</summary>
    public IEnumerable<TextTemplate> TakingEnough(IEnumerable<TextTemplate> templates)
    {
        List<TextTemplate> others = [];
        foreach (var template in templates)
        {
            var taken = Texts(template).Count(Takes);
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

    sealed record TextRow(SqlValue Text) : IRow
    {
        public SqlValue this[int column] => Text;
    }
}
