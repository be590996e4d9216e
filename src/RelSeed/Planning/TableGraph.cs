using System.Text.RegularExpressions;
using RelSeed.Schema;

namespace RelSeed.Planning;

/// <summary>The tables of a plan and the foreign keys among them, in an order with parents first where there is one.</summary>
sealed class TableGraph
{
    readonly Dictionary<TableName, int> _places;
    readonly ILookup<TableName, (Table Child, ForeignKey Key)> _referring;

    TableGraph(IReadOnlyList<IReadOnlyList<Table>> components)
    {
        Components = components;
        Ordered = [.. components.SelectMany(c => c)];
        _places = Ordered.Select((table, place) => (table.Name, place)).ToDictionary(t => t.Name, t => t.place);
        _referring = Ordered.SelectMany(t => t.ForeignKeys, (child, key) => (child, key)).ToLookup(r => r.key.Principal);
    }

    /// <summary>Strongly connected components, parents first: one table, or the tables of a cycle.</summary>
    public IReadOnlyList<IReadOnlyList<Table>> Components { get; }

    public IReadOnlyList<Table> Ordered { get; }

    public bool Contains(TableName table) => _places.ContainsKey(table);

    public Table Find(TableName table) => Ordered[_places[table]];

    /// <summary>The foreign keys that lead to the table, in the order of their own tables; its own are among them.</summary>
    public IEnumerable<(Table Child, ForeignKey Key)> Referring(TableName table) => _referring[table];

    /// <summary>The key leads to the table itself or to one that comes later.</summary>
    public bool IsBackward(Table table, ForeignKey key) =>
        _places.TryGetValue(key.Principal, out var place) && place >= _places[table.Name];

    /// <remarks>Tarjan's strongly connected components (SIAM Journal on Computing 1, 1972), without recursion, so that a chain of any
    /// length is ordered.</remarks>
    /// <param name="before">Tables that come before one though no key leads there.</param>
    /// <param name="wishes">Pairs of tables of which one is to come later than the other, where foreign keys allow.</param>
    public static TableGraph Of(
        IEnumerable<Table> tables, Func<TableName, IEnumerable<TableName>>? before = null,
        IEnumerable<(TableName Later, TableName Earlier)>? wishes = null)
    {
        var all = tables.OrderBy(t => t.Name).ToList();
        var index = all.Select((table, i) => (table.Name, i)).ToDictionary(t => t.Name, t => t.i);
        before ??= _ => [];
        var edges = all.Select(t => t.ForeignKeys.Select(k => k.Principal).Concat(before(t.Name)).Where(index.ContainsKey).Select(p => index[p])
            .Distinct().ToArray()).ToArray();
        foreach (var (later, earlier) in wishes ?? [])
            if (index.TryGetValue(later, out var from) && index.TryGetValue(earlier, out var to) && !Reaches(edges, to, from))
                edges[from] = [.. edges[from], to];
        var components = new Tarjan(edges).Run();
        return new TableGraph([.. components.Select(c => OrderWithin([.. c.Select(i => all[i])], before))]);
    }

    static bool Reaches(int[][] edges, int from, int to)
    {
        var (seen, open) = (new HashSet<int> { from }, new Stack<int>([from]));
        while (open.TryPop(out var node))
        {
            if (node == to) return true;
            foreach (var next in edges[node])
                if (seen.Add(next)) open.Push(next);
        }
        return false;
    }

    // Inside a cycle, a table whose keys into the cycle may all be null comes first, then one whose rows would meet something else while they
    // are, then one whose keys may wait.
    static Table[] OrderWithin(Table[] cycle, Func<TableName, IEnumerable<TableName>> before)
    {
        if (cycle.Length == 1) return cycle;
        var left = cycle.OrderBy(t => t.Name).ToList();
        var ordered = new List<Table>();
        while (left.Count > 0)
        {
            var next = left.MinBy(t => 4 * before(t.Name).Count(b => left.Any(o => o.Name == b))
                + t.ForeignKeys.Where(k => k.Principal != t.Name && left.Any(o => o.Name == k.Principal)).Sum(k => Weight(t, k)))!;
            ordered.Add(next);
            left.Remove(next);
        }
        return [.. ordered];
    }

    static int Weight(Table table, ForeignKey key) =>
        IsRequired(table, key) ? key.IsDeferrable ? 2 : 4 : !key.IsDeferrable && key.Columns.Any(c => IsTold(table, c)) ? 1 : 0;

    // Among the rows that have no value yet, a key may hold that does not hold later.
    static bool IsTold(Table table, string column) => table.AllKeys.Any(k => (k.NullsNotDistinct && k.ColumnNames.Contains(column))
        || (k.Predicate is { } predicate && Regex.IsMatch(predicate, $@"(?<![\w$]){Regex.Escape(column)}""?\s+IS\s+NULL", RegexOptions.IgnoreCase)));

    /// <summary>Every row must have a parent by this key: no column of it may be null.</summary>
    public static bool IsRequired(Table table, ForeignKey key) => key.Columns.All(c => !table[c].IsNullable);

    sealed class Tarjan(int[][] edges)
    {
        readonly int[] _number = new int[edges.Length];
        readonly int[] _low = new int[edges.Length];
        readonly bool[] _open = new bool[edges.Length];
        readonly Stack<int> _path = new();
        readonly List<int[]> _components = [];
        int _next = 1;

        public List<int[]> Run()
        {
            for (var node = 0; node < edges.Length; node++)
                if (_number[node] == 0) Visit(node);
            return _components;
        }

        void Visit(int root)
        {
            var stack = new Stack<(int Node, int Edge)>();
            Open(root);
            stack.Push((root, 0));
            while (stack.TryPop(out var frame))
            {
                var (node, edge) = frame;
                if (edge > 0) _low[node] = Math.Min(_low[node], _open[edges[node][edge - 1]] ? _low[edges[node][edge - 1]] : int.MaxValue);
                if (edge == edges[node].Length)
                {
                    if (_low[node] == _number[node]) Close(node);
                    continue;
                }
                stack.Push((node, edge + 1));
                var target = edges[node][edge];
                if (_number[target] != 0) continue;
                Open(target);
                stack.Push((target, 0));
            }
        }

        void Open(int node)
        {
            _number[node] = _low[node] = _next++;
            _open[node] = true;
            _path.Push(node);
        }

        void Close(int root)
        {
            var component = new List<int>();
            int node;
            do
            {
                node = _path.Pop();
                _open[node] = false;
                component.Add(node);
            }
            while (node != root);
            component.Sort();
            _components.Add([.. component]);
        }
    }
}
