using RelSeed.Schema;

namespace RelSeed.Profiling.Files;

/// <summary>One table of a profile.</summary>
sealed partial class TableCheck(Dictionary<TableName, TableProfile> tables, TableProfile table, string path)
{
    public void Check()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var c = 0; c < table.Columns.Count; c++)
        {
            if (!names.Add(table.Columns[c].Name)) throw Wrong($".columns[{c}].name", "a column stands twice");
            Check(table.Columns[c].Codes, $".columns[{c}].codes");
        }
        Need(table.Driving < table.References.Count, ".driving", "there is no such reference");
        for (var r = 0; r < table.References.Count; r++) Check(table.References[r], $".references[{r}]", names);
        for (var s = 0; s < table.Steps.Count; s++) Check(s, $".steps[{s}]");
        for (var r = 0; r < table.Rules.Count; r++) Check(table.Rules[r], $".rules[{r}]", names);
    }

    UsageException Wrong(string place, string what) => ProfileFaults.At(path + place, what);

    void Need(bool holds, string place, string what)
    {
        if (!holds) throw Wrong(place, what);
    }

    void Check(Codebook book, string place)
    {
        var last = double.NegativeInfinity;
        for (var i = 0; i < book.Codes.Count; i++)
        {
            if (!book.IsOrdinal) continue;
            var (low, high) = book.Codes[i] is RangeCode r ? (r.Low, r.High) : (((NumberCode)book.Codes[i]).Value, ((NumberCode)book.Codes[i]).Value);
            Need(low <= high, $"{place}.ordinal[{i}]", "a range ends before it begins");
            Need(low > last || low == last && book.Unit == 0, $"{place}.ordinal[{i}]", "codes do not ascend");
            last = high;
        }
        Need(book.Codes.Count > 0, place, "there is no code");
        Need(book.Weekdays.IsEmpty || book.Weekdays.Count == Weekdays.Count && book.Weekdays.Sum() > 0, $"{place}.weekdays",
            "shares of seven days are expected, not all 0");
        Need(book.Hours.IsEmpty || book.Hours.Count is DayHours.Count or DayHours.Count + 1 && book.Hours.Sum() > 0, $"{place}.hours",
            "shares of 24 hours are expected, and of midnight maybe, not all 0");
    }

    /// <param name="passed">Tables on the way: attributes that stand for one another's in a circle have no codes.</param>
    int SizeOf(TableProfile owner, int step, int passed = 0)
    {
        if (step < 0 || step >= owner.Steps.Count || passed > tables.Count) return 0;
        var found = owner.Steps[step];
        return found.Kind switch
        {
            StepKind.Column => found.Target >= 0 && found.Target < owner.Columns.Count ? owner.Columns[found.Target].Codes.Size : 0,
            StepKind.Presence => 2,
            StepKind.Kind => found.Kinds > 0 ? found.Kinds + 1 : 0,
            _ => found.Reference >= 0 && found.Reference < owner.References.Count
                && tables.TryGetValue(owner.References[found.Reference].Principal, out var principal) && principal != owner
                ? SizeOf(principal, found.Target, passed + 1) : 0,
        };
    }

    void Check(int s, string place)
    {
        var step = table.Steps[s];
        switch (step.Kind)
        {
            case StepKind.Column: Need(step.Target >= 0 && step.Target < table.Columns.Count, $"{place}.target", "there is no such column"); break;
            case StepKind.Kind: break;
            default:
                Need(step.Reference >= 0 && step.Reference < table.References.Count && step.Reference != table.Driving, $"{place}.reference",
                "there is no such reference, or it is the driving one"); break;
        }
        if (step.Kind == StepKind.Attribute)
            Need(table.References[step.Reference].Attributes.Contains(step.Target), $"{place}.target",
                "the step is none of the reference's attributes");
        var size = SizeOf(table, s);
        Need(size > 0, place, "nothing can be drawn for it");
        Check(s, step.First, $"{place}.first", size, isNext: false);
        if (step.Next is { } next) Check(s, next, $"{place}.next", size, isNext: true);
        CheckTold(s, place, size);
        for (var b = 0; b < step.Bounds.Count; b++) Check(s, step.Bounds[b], $"{place}.bounds[{b}]");
        for (var a = 0; a < step.Agreements.Count; a++) Check(s, step.Agreements[a], $"{place}.agreements[{a}]", size);
    }

    void Check(int s, OrderBound bound, string place)
    {
        Need(CodesOf(table, s) is { IsOrdinal: true }, place, "only values on an axis have bounds");
        var from = bound.Feature switch
        {
            { Kind: FeatureKind.Own } own when own.Step < s => CodesOf(table, own.Step),
            { Kind: FeatureKind.Parent } parent when parent.Reference < table.References.Count
                && tables[table.References[parent.Reference].Principal] is var principal
                && (principal != table || parent.Reference != table.Driving) && parent.Step < principal.Steps.Count => CodesOf(principal, parent.Step),
            { Kind: FeatureKind.Grandparent } above when Grandparent is { } top && above.Step < top.Steps.Count => CodesOf(top, above.Step),
            _ => null,
        };
        Need(from is { IsOrdinal: true }, place, "it is no earlier step and none of a parent's, of values on an axis");
    }

    void Check(int s, Agreement agreement, string place, int size)
    {
        Need(CodesOf(table, s) is not null, place, "what has no codes agrees with nothing");
        var partners = agreement.Feature.Kind is FeatureKind.Own || agreement.Feature.Kind is FeatureKind.Parent
            && agreement.Feature.Reference == table.Driving ? Size(s, agreement.Feature, isNext: false) : 0;
        Need(partners > 0, $"{place}.feature", "it is no earlier step, and none of the driving parent's");
        Need(agreement.Codes.Count == size - 1, $"{place}.codes", $"{size - 1} lists of codes are expected");
        Need(agreement.Free.IsEmpty || agreement.Free.Count == partners, $"{place}.free", $"{partners} shares are expected");
        for (var c = 0; c < agreement.Codes.Count; c++)
            for (var i = 0; i < agreement.Codes[c].Count; i++)
                Need(agreement.Codes[c][i] < partners && (i == 0 || agreement.Codes[c][i] > agreement.Codes[c][i - 1]), $"{place}.codes[{c}]",
                    $"codes must ascend and be below {partners}");
    }

    void Check(int s, ValueModel model, string place, int size, bool isNext)
    {
        var targets = size;
        if (model.Base != BaseKind.None)
        {
            Need(model.Differences is { IsOrdinal: true }, $"{place}.differences", "a base needs differences");
            Need(CodesOf(table, s) is { IsOrdinal: true }, $"{place}.base", "only values on an axis are differences");
            Need(model.Base != BaseKind.Previous || isNext, $"{place}.base", "the first sibling has no previous one");
            var from = model.Base switch
            {
                BaseKind.Own when model.BaseStep >= 0 && model.BaseStep < s => CodesOf(table, model.BaseStep),
                BaseKind.Parent when table.Driving >= 0 && tables[table.References[table.Driving].Principal] is var parent && model.BaseStep >= 0
                    && model.BaseStep < parent.Steps.Count => CodesOf(parent, model.BaseStep),
                BaseKind.Sum when !model.Terms.IsEmpty && model.Terms.All(t => IsTerm(t.Step, s) && (t.Times < 0 || IsTerm(t.Times, s)))
                    => CodesOf(table, s),
                BaseKind.Previous => CodesOf(table, s),
                BaseKind.Remaining when table.Driving >= 0 => CodesOf(table, s),
                _ => null,
            };
            Need(from is { IsOrdinal: true }, $"{place}.baseStep", "the base is no earlier step of values on an axis");
            Check(model.Differences!, $"{place}.differences");
            Need(model.Stride > 0 == (model.Base == BaseKind.Remaining), $"{place}.stride", "siblings that are left, and they alone, have one above 0");
            Need(!model.IsFactor || model.Base is BaseKind.Own or BaseKind.Parent or BaseKind.Sum, $"{place}.factor",
                "only a value or a sum of the row, or its parent's, is multiplied");
            Need(model.Terms.IsEmpty || model.Base == BaseKind.Sum, $"{place}.terms", "only a sum has terms");
            Need(model.Fallback.Count == size && model.Fallback.Sum() > 0, $"{place}.fallback", $"{size} weights that are not all 0 are expected");
            targets = model.Differences!.Size;
        }
        Need(model.Since is null || model is { Base: BaseKind.Own or BaseKind.Parent, IsFactor: false }, $"{place}.since",
            "only a value of the row or its parent's that differences are added to counts from a value on");
        if (model.Otherwise is { } otherwise) CheckOtherwise(s, model, otherwise, $"{place}.otherwise", size, isNext);
        Need(!model.HasSame || isNext && model.Base == BaseKind.None, $"{place}.hasSame", "only a next sibling without a base can be the same");
        Need(model.SameWithin < 0 || model.HasSame && model.SameWithin < s && CodesOf(table, model.SameWithin) is { IsOrdinal: false },
            $"{place}.sameWithin", "only what is the same among siblings has one, an earlier step of names");
        Need(!model.IsSpread || table.Driving >= 0 && model is { Base: BaseKind.None, HasSame: false } && CodesOf(table, s) is { IsOrdinal: true },
            $"{place}.spread", "only siblings' values on an axis, without a base, can be spread");
        if (model.Map is { } map)
        {
            Need(map.Step < s, $"{place}.map.step", "it is no earlier step");
            Need(map.Codes.Count == SizeOf(table, map.Step), $"{place}.map.codes", "there must be a code for each of the step's");
            Need(map.Codes.All(c => c < size), $"{place}.map.codes", "a code is none of the step's");
        }
        Func<Feature, int> sizeOf = f => Size(s, f, isNext);
        if (model.Nulls is { } nulls) new TreeCheck($"{path}{place}.nulls", sizeOf).Check(nulls, 0, 2);
        if (model.Values is { } values) new TreeCheck($"{path}{place}.values", sizeOf).Check(values, 1, targets + (model.HasSame ? 1 : 0));
        else Need(targets <= 2 || model.Map is not null, $"{place}.values", "it is missing");
    }

    bool IsTerm(int step, int before) => step < before && CodesOf(table, step) is { IsOrdinal: true };

    void CheckOtherwise(int s, ValueModel model, ValueModel otherwise, string place, int size, bool isNext)
    {
        Need(model.Base != BaseKind.None, place, "without a base it is never drawn");
        Need(otherwise is { Nulls: null, Map: null, HasSame: false, Values: not null }, place, "it draws a value, by a tree alone");
        Check(s, otherwise, place, size, isNext);
    }

    Codebook? CodesOf(TableProfile owner, int step, int passed = 0) => passed > tables.Count ? null : owner.Steps[step] switch
    {
        { Kind: StepKind.Column } found when found.Target >= 0 && found.Target < owner.Columns.Count => owner.Columns[found.Target].Codes,
        { Kind: StepKind.Attribute } found when found.Reference >= 0 && found.Reference < owner.References.Count
            && tables.TryGetValue(owner.References[found.Reference].Principal, out var principal) && principal != owner && found.Target >= 0
            && found.Target < principal.Steps.Count
            => CodesOf(principal, found.Target, passed + 1),
        _ => null,
    };

    int Size(int s, Feature feature, bool isNext)
    {
        switch (feature.Kind)
        {
            case FeatureKind.Own: return feature.Step < s ? SizeOf(table, feature.Step) : 0;
            case FeatureKind.Previous: return isNext ? SizeOf(table, feature.Step) : 0;
            case FeatureKind.Same: return isNext && feature.Step < s ? 2 : 0;
            case FeatureKind.Ordinal or FeatureKind.Remaining: return CountCodes.Size;
            case FeatureKind.Parent:
                if (feature.Reference >= table.References.Count || !IsKnown(feature.Reference, s)) return 0;
                return tables[table.References[feature.Reference].Principal] is var parent && parent != table ? SizeOf(parent, feature.Step) : 0;
            case FeatureKind.Grandparent:
                return Grandparent is { } grandparent ? SizeOf(grandparent, feature.Step) : 0;
            default: return 0;
        }
    }

    TableProfile? Grandparent => table.Driving >= 0 && tables[table.References[table.Driving].Principal] is { Driving: >= 0 } parent
        && parent.Driving < parent.References.Count ? tables.GetValueOrDefault(parent.References[parent.Driving].Principal) : null;

    // A parent is known once all its attributes are drawn.
    bool IsKnown(int reference, int s) => reference == table.Driving || table.References[reference].Attributes is { IsEmpty: false } attributes
        && attributes.All(a => Enumerable.Range(0, s)
        .Any(e => table.Steps[e] is { Kind: StepKind.Attribute } step && step.Reference == reference && step.Target == a));

    void Check(RuleProfile rule, string place, HashSet<string> names)
    {
        Need(rule.Column < table.Columns.Count, $"{place}.column", "there is no such column");
        switch (rule.Kind)
        {
            case RuleKind.ParentColumn:
                Need(rule.Reference >= 0 && rule.Reference < table.References.Count, $"{place}.reference", "there is no such reference");
                Need(tables[table.References[rule.Reference].Principal].Columns.Any(c => c.Name == rule.Left), $"{place}.left",
                    "the parent has no such column");
                break;
            case RuleKind.SumOfChildren or RuleKind.CountOfChildren:
                Need(rule.ChildTable is { } name && tables.ContainsKey(name), $"{place}.childTable", "the table is not in the profile");
                var child = tables[rule.ChildTable!.Value];
                Need(rule.Reference >= 0 && rule.Reference == child.Driving && child.References[rule.Reference].Principal == table.Name,
                    $"{place}.reference", "it is not the children's driving reference to this table");
                Need(rule.Kind == RuleKind.CountOfChildren || child.Columns.Any(c => c.Name == rule.Left), $"{place}.left",
                    "the children have no such column");
                break;
            default:
                Need(rule.Left is not null && names.Contains(rule.Left), $"{place}.left", "the table has no such column");
                Need(rule.Kind != RuleKind.Multiple || (rule.Factor != 0 && double.IsFinite(rule.Factor)), $"{place}.factor",
                    "a number other than 0 is expected");
                Need(rule.Kind is RuleKind.Copy or RuleKind.Multiple || rule.Right is not null && names.Contains(rule.Right), $"{place}.right",
                    "the table has no such column");
                break;
        }
    }
}
