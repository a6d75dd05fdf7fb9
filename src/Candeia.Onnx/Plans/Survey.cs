namespace Candeia.Onnx;

/// <summary>What is found in a model before anything is made of it: whether all operators are known, and which constants are weights.</summary>
internal sealed class Survey
{
    readonly Dictionary<(string Domain, string Op, long Opset), List<string>> _unknown = [];
    readonly Dictionary<string, string> _same = [];
    readonly HashSet<string> _weights = [], _learnable = [];
    readonly Func<string, int> _opset;

    public Survey(GraphMessage graph, Func<string, int> opset)
    {
        _opset = opset;
        Visit(graph);
        if (_unknown.Count == 0)
        {
            if (graph.Inputs.Concat(graph.Outputs).FirstOrDefault(v => v.Other is not null) is { } other)
                throw new OnnxException($"the value {OnnxException.Quote(other.Name)} is {other.Other}, and only tensors are known");
            return;
        }
        var each = _unknown.OrderBy(u => u.Key.Op, StringComparer.Ordinal).Select(u =>
            $"{OnnxException.Quote(u.Key.Domain.Length > 0 ? $"{u.Key.Domain}.{u.Key.Op}" : u.Key.Op)} of opset {u.Key.Opset} ({Nodes(u.Value)})");
        throw new OnnxException($"{_unknown.Count} of its operators {(_unknown.Count == 1 ? "is" : "are")} not known: {string.Join(", ", each)}.");
    }

    /// <summary>Whether a constant is learnt: an operator takes it as a weight, or, of an initializer, some operator may.</summary>
    public bool IsLearnt(string name, bool initializer, long numel) => _weights.Contains(name) || initializer && numel > 1 && _learnable.Contains(name);

    static string Nodes(List<string> titles) =>
        $"node{(titles.Count == 1 ? "" : "s")} {string.Join(", ", titles.Take(5))}{(titles.Count > 5 ? $" and {titles.Count - 5} more" : "")}";

    void Visit(GraphMessage graph)
    {
        foreach (var node in graph.Nodes)
        {
            foreach (var attribute in node.Attributes) if (attribute.Graph is { } inner) Visit(inner);
            int opset = _opset(node.Domain);
            if (OperatorTable.Find(node.Domain, node.Op, opset) is { } known) Visit(node, known);
            else
            {
                var key = (node.Domain, node.Op, (long)opset);
                if (!_unknown.TryGetValue(key, out var titles)) _unknown[key] = titles = [];
                titles.Add(node.Title);
            }
        }
    }

    void Visit(NodeMessage node, Operator known)
    {
        if (node.Op is "Identity" or "Cast" && node.Inputs.Count == 1 && node.Outputs.Count == 1) _same[node.Outputs[0]] = Source(node.Inputs[0]);
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            if (known.Weights.Contains(i)) _weights.Add(Source(node.Inputs[i]));
            else if (!known.Fixed.Contains(i)) _learnable.Add(Source(node.Inputs[i]));
        }
    }

    string Source(string name) => _same.GetValueOrDefault(name, name);
}
