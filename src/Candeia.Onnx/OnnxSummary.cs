using System.Collections.Immutable;

namespace Candeia.Onnx;

/// <summary>What is in an ONNX file, also where not all of its operators are known.</summary>
/// <param name="Opset">The version of the operators that it uses.</param>
/// <param name="Producer">What wrote it.</param>
/// <param name="Inputs">What it takes.</param>
/// <param name="Outputs">What it gives.</param>
/// <param name="Operators">Its operators in the order of their names, those in inner graphs among them.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="Nodes">The nodes of its outer graph, in order.</param>
public sealed record OnnxSummary(
    int Opset, string Producer, ImmutableArray<OnnxValue> Inputs, ImmutableArray<OnnxValue> Outputs, ImmutableArray<OnnxOperatorCount> Operators,
    ImmutableArray<OnnxWeight> Weights, ImmutableArray<OnnxNode> Nodes)
{
    /// <summary>Reads what a file says of itself; its weights are left in it.</summary>
    /// <exception cref="OnnxException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxSummary Of(string path)
    {
        using var stream = OrdinaryFile.Open(path);
        ModelMessage model;
        try { model = new MessageReader(stream).Model(); }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException) { throw new OnnxException($"{path}: {e.Message.TrimEnd('.')}.", e); }
        var graph = model.Graph ?? throw new OnnxException($"{path}: it holds no graph.");
        int Version(string domain) => Call.Clamp(model.Opsets.Find(o => (o.Domain == "ai.onnx" ? "" : o.Domain) == (domain == "ai.onnx" ? "" : domain)).Version);
        var operators = All(graph).GroupBy(n => (n.Domain, n.Op)).OrderBy(g => g.Key.Op, StringComparer.Ordinal).Select(g => new OnnxOperatorCount(
            g.Key.Domain is "" or "ai.onnx" ? g.Key.Op : $"{g.Key.Domain}.{g.Key.Op}", g.Count(), OperatorTable.Find(g.Key.Domain, g.Key.Op, Version(g.Key.Domain)) is not null));
        return new(Version(""), $"{model.Producer} {model.ProducerVersion}".Trim(), [.. ModelCompiler.InputsOf(graph).Select(OnnxValue.Of)], [.. graph.Outputs.Select(OnnxValue.Of)],
            [.. operators], [.. graph.Initializers.Select(t => new OnnxWeight(t.Name, t.Type.Name(), [.. t.Dims]))], [.. graph.Nodes.Select(n => new OnnxNode(n.Name, n.Op, [.. n.Outputs]))]);
    }

    static IEnumerable<NodeMessage> All(GraphMessage graph) =>
        graph.Nodes.SelectMany(n => n.Attributes.Where(a => a.Graph is not null).SelectMany(a => All(a.Graph!)).Prepend(n));
}

/// <summary>How often an operator is used.</summary>
/// <param name="Name">Its name, after that of its domain unless it is one of ONNX itself.</param>
/// <param name="Count">How many nodes it has.</param>
/// <param name="IsKnown">Whether it can be run.</param>
public sealed record OnnxOperatorCount(string Name, int Count, bool IsKnown);

/// <summary>A weight as a file stores it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements, as ONNX names it.</param>
/// <param name="Shape">Its sizes.</param>
public sealed record OnnxWeight(string Name, string Type, ImmutableArray<long> Shape);

/// <summary>A node of a graph.</summary>
/// <param name="Name">Its name; many files give none.</param>
/// <param name="Operator">What it applies.</param>
/// <param name="Outputs">The values that it computes.</param>
public sealed record OnnxNode(string Name, string Operator, ImmutableArray<string> Outputs);
