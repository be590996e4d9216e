namespace RelSeed.Profiling.Files;

/// <summary>One tree of a profile.</summary>
/// <param name="sizeOf">Codes that a feature has; 0 when it may not be asked here.</param>
sealed class TreeCheck(string path, Func<Feature, int> sizeOf)
{
    public void Check(TreeModel tree, int lowest, int size)
    {
        for (var f = 0; f < tree.Features.Count; f++)
            if (sizeOf(tree.Features[f]) == 0) throw ProfileFaults.At($"{path}.features[{f}]", "nothing that is known here can be asked so");
        if (tree.Nodes.IsEmpty) throw ProfileFaults.At($"{path}.nodes", "there is no node");
        var parents = new bool[tree.Nodes.Count];
        for (var n = 0; n < tree.Nodes.Count; n++) Check(tree, n, $"{path}.nodes[{n}]", parents, lowest, size);
        if (Array.IndexOf(parents, false, 1) is > 0 and var lost) throw ProfileFaults.At($"{path}.nodes[{lost}]", "no node leads to it");
    }

    static void Check(TreeModel tree, int n, string place, bool[] parents, int lowest, int size)
    {
        var node = tree.Nodes[n];
        var last = lowest - 1;
        foreach (var share in node.Shares)
        {
            if (share.First <= last || share.Last < share.First || share.Last >= size)
                throw ProfileFaults.At(place, $"codes must ascend from {lowest} to {size - 1}");
            last = share.Last;
        }
        var sum = node.Shares.Sum(s => s.Weight);
        if (n == 0 && (node.Rest != 0 || node.Shares.Any(s => s.First != s.Last) || sum <= 0))
            throw ProfileFaults.At(place, "the root tells single codes alone, with weights above 0");
        if (sum + node.Rest <= 0) throw ProfileFaults.At(place, "all weights are 0");
        if (node.Feature < 0) return;
        if (node.Feature >= tree.Features.Count) throw ProfileFaults.At(place, "there is no such feature");
        if (node.Below == 0 && node.LeftCodes.IsEmpty) throw ProfileFaults.At(place, "nothing goes left");
        foreach (var child in new[] { node.Left, node.Right })
        {
            if (child <= n || child >= tree.Nodes.Count || parents[child])
                throw ProfileFaults.At(place, "children must stand behind their one parent");
            parents[child] = true;
        }
        for (var i = 1; i < node.LeftCodes.Count; i++)
            if (node.LeftCodes[i] <= node.LeftCodes[i - 1]) throw ProfileFaults.At(place, "the codes that go left must ascend");
    }
}
