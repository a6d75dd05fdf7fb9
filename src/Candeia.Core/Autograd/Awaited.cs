namespace Candeia;

/// <summary>How many gradients a backward pass will still add to leaves that are watched: known beforehand, so that each can be told when it is complete.</summary>
internal sealed class Awaited
{
    readonly Dictionary<Edge, int> _left = [];
    readonly Dictionary<Node, Node> _chosen = [];

    /// <summary>Counts what the pass will come by.</summary>
    /// <param name="roots">The nodes where it begins.</param>
    /// <param name="choose">Which node it takes where there is a shortcut: decided here, and once.</param>
    public Awaited(IEnumerable<Node> roots, Func<Node, Node> choose)
    {
        Stack<Node> open = new(roots);
        while (open.TryPop(out var plain))
        {
            if (_chosen.ContainsKey(plain)) continue;
            var node = _chosen[plain] = choose(plain);
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                var edge = node.EdgeOf(i);
                if (edge.Node is { } before) open.Push(before);
                else if (edge.Leaf is { Hooks.WatchesLeaf: true }) _left[edge] = _left.GetValueOrDefault(edge) + 1;
            }
        }
    }

    /// <summary>The node that the pass takes; none for what was computed once more during the pass.</summary>
    public Node? Chosen(Node plain) => _chosen.GetValueOrDefault(plain);

    /// <summary>The leaves to which nothing more will be added once this node has been passed.</summary>
    public IEnumerable<Edge> CompletedBy(Node node)
    {
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            var edge = node.EdgeOf(i);
            if (!_left.TryGetValue(edge, out int left)) continue;
            _left[edge] = left - 1;
            if (left == 1) yield return edge;
        }
    }
}
