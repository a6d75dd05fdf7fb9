namespace Candeia.Onnx;

/// <summary>What all graphs of a model have in common while it is made ready to run.</summary>
internal sealed class ModelCompiler
{
    const int Oldest = 1;
    readonly Dictionary<string, int> _opsets = [];
    readonly WeightStore _store;
    readonly Survey _survey;

    public ModelCompiler(ModelMessage model, TensorData data, WeightStore store)
    {
        (Data, _store) = (data, store);
        Graph = model.Graph ?? throw new OnnxException("it holds no graph");
        foreach (var (domain, version) in model.Opsets) _opsets[domain == "ai.onnx" ? "" : domain] = Call.Clamp(version);
        int opset = _opsets.GetValueOrDefault("", Oldest);
        if (opset is < Oldest or > OperatorTable.Newest) throw new OnnxException($"its opset is {opset}; those up to {OperatorTable.Newest} are known");
        _survey = new(Graph, Opset);
    }

    public GraphMessage Graph { get; }

    public TensorData Data { get; }

    public int Opset(string domain) => _opsets.GetValueOrDefault(domain == "ai.onnx" ? "" : domain, Oldest);

    public Operator Operator(NodeMessage node) => OperatorTable.Find(node.Domain, node.Op, Opset(node.Domain))!;

    /// <summary>The inputs of a graph that are no initializers: old files list those too.</summary>
    public static IEnumerable<ValueMessage> InputsOf(GraphMessage graph)
    {
        var initialized = graph.Initializers.Select(i => i.Name).ToHashSet();
        return graph.Inputs.Where(i => !initialized.Contains(i.Name));
    }

    /// <summary>The tensor of an initializer, and whether it is a constant, from which other constants may be computed once and for all.</summary>
    public (Tensor Tensor, bool IsConstant) Weight(TensorMessage message)
    {
        var tensor = Data.Read(message);
        if (!tensor.DType.IsFloatingPoint()) return (tensor, true);
        if (_survey.IsLearnt(message.Name, initializer: true, tensor.Numel)) return (Keep(_store.Parameters, message.Name, NN.Parameter.Of(tensor)), false);
        return (Keep(_store.Buffers, message.Name, tensor), tensor.Numel <= 1);
    }

    /// <summary>A constant that has been computed, or stands in a node: a weight, if it is used as one.</summary>
    public (Tensor Tensor, bool IsConstant) Constant(string name, Tensor tensor)
    {
        tensor = tensor.Keep();
        if (!tensor.DType.IsFloatingPoint()) return (tensor, true);
        if (_survey.IsLearnt(name, initializer: false, tensor.Numel)) return (Keep(_store.Parameters, name, NN.Parameter.Of(tensor)), false);
        return (Keep(_store.Constants, name, tensor), true);
    }

    static Tensor Keep(OrderedDictionary<string, Tensor> store, string name, Tensor tensor) =>
        store.TryAdd(name, tensor) ? tensor : throw new OnnxException($"two tensors are named {OnnxException.Quote(name)}");
}
