namespace Candeia.Onnx;

/// <summary>Makes the graph of a file of two records of the same network: what differs between them depends on the size of the batch.</summary>
internal sealed class Exporter
{
    readonly GraphMessage _graph = new() { Name = "Candeia" };
    readonly Dictionary<Tensor, string> _names = [];
    readonly Dictionary<Tensor, Tensor> _others = [];
    readonly Dictionary<string, string> _constants = [];
    readonly HashSet<string> _taken = [];
    readonly Recorder _first;
    readonly Run _one, _two;
    string? _batch;

    /// <summary>What went in and came out while a network was watched.</summary>
    public sealed record Run(Tensor[] Inputs, Tensor[] Outputs, Recorder Recorder);

    public Exporter(Run one, Run two, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, IEnumerable<(string Name, Tensor Tensor)> weights)
    {
        (_one, _two, _first) = (one, two, one.Recorder);
        if (one.Recorder.Steps.Count != two.Recorder.Steps.Count || one.Recorder.Steps.Zip(two.Recorder.Steps).Any(p => p.First.Op.GetType() != p.Second.Op.GetType()))
            throw new OnnxException("The network computes something else for another size of the batch; export it with freeBatch: false.");
        for (int i = 0; i < one.Inputs.Length; i++) Pair(one.Inputs[i], two.Inputs[i]);
        foreach (var (a, b) in one.Recorder.Steps.Zip(two.Recorder.Steps))
        {
            for (int i = 0; i < a.X.Length; i++) _others.TryAdd(a.X[i], b.X[i]);
            for (int i = 0; i < a.Y.Length; i++) Pair(a.Y[i], b.Y[i]);
        }
        for (int i = 0; i < inputs.Count; i++) _graph.Inputs.Add(Described(Name(one.Inputs[i], inputs[i]), one.Inputs[i], i == 0 || IsFree(one.Inputs[i], 0)));
        _taken.UnionWith(outputs);
        foreach (var (name, tensor) in weights) Weights[tensor] = name;
        foreach (var (a, b) in one.Recorder.Steps.Zip(two.Recorder.Steps))
        {
            try { Emitters.Emit(new(this, a, b)); }
            catch (OnnxException e) { throw new OnnxException($"{e.Message.TrimEnd('.')}, {a.Line}.", e); }
        }
        for (int i = 0; i < outputs.Count; i++)
        {
            var output = one.Outputs[i];
            _others.TryAdd(output, two.Outputs[i]);
            _graph.Outputs.Add(Described(outputs[i], output, true));
            Node("Identity", [Operand(output)], [outputs[i]]);
        }
        Prune();
    }

    public GraphMessage Graph => _graph;

    Dictionary<Tensor, string> Weights { get; } = [];

    void Pair(Tensor a, Tensor b) => _others[a] = b;

    /// <summary>Whether a size differs between the two records.</summary>
    bool IsFree(Tensor x, int dim) => dim < x.Rank && _others[x].Shape[dim] != x.Shape[dim];

    string Name(Tensor x, string name)
    {
        _taken.Add(name);
        return _names[x] = name;
    }

    public string Fresh(string stem)
    {
        for (int i = 0; ; i++)
            if (_taken.Add($"{stem}_{i}")) return $"{stem}_{i}";
    }

    ValueMessage Described(string name, Tensor x, bool free) => new()
    {
        Name = name, Type = x.DType.Written(),
        Dims = [.. x.Shape.Select((n, d) => free && IsFree(x, d) ? ((long?)null, d == 0 ? "batch" : $"free_{d}") : (n, ""))],
    };

    /// <summary>The value that a tensor is.</summary>
    public string Operand(Tensor x) => _names.TryGetValue(x, out string? name) ? name : Weights.TryGetValue(x, out string? weight) ? Weight(x, weight) : Constant(x);

    /// <summary>Gives a result its value, which has been computed already.</summary>
    public void Is(Tensor y, string value) => _names[y] = value;

    string Weight(Tensor x, string name)
    {
        _graph.Initializers.Add(Message(name, x));
        return Name(x, name);
    }

    // A constant that is larger for a larger batch must be the same for each of its items; then one of them is stretched.
    string Constant(Tensor x)
    {
        if (_first.IsLive(x)) throw new OnnxException($"The network cannot be written as ONNX: it uses a {x.DType} {x.Shape} that did not come about while it was watched.");
        if (!_others.TryGetValue(x, out var other) || other.Shape == x.Shape) return Bits(x);
        int[] free = [.. Enumerable.Range(0, x.Rank).Where(d => x.Shape[d] != other.Shape[d])];
        var one = x;
        foreach (int d in free) one = one.Narrow(d, 0, 1);
        if (!(bool)one.Expand(x.Shape).Eq(x).All() || !(bool)one.Expand(other.Shape).Eq(other).All()) throw new OnnxException($"The network cannot be written as ONNX: it computes with constants {x.Shape} that depend on the size of the batch; export it with freeBatch: false.");
        return Node("Expand", [Bits(one), Sizes(x.Shape, other.Shape)]);
    }

    string Bits(Tensor x)
    {
        var message = Message("", x);
        byte[] bytes = new byte[message.Raw!.Length];
        message.Raw.Read(bytes);
        string key = $"{message.Type} [{string.Join(',', message.Dims)}] {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes))}";
        if (_constants.TryGetValue(key, out string? known)) return known;
        return _constants[key] = Node("Constant", [], null, ("value", message));
    }

    public string Integers(params ReadOnlySpan<long> values) => Bits(Tensor.From(values));

    /// <summary>Whether a tensor is a plain value of the program.</summary>
    public bool IsConstant(Tensor x) => !_names.ContainsKey(x) && !Weights.ContainsKey(x) && !_first.IsLive(x);

    public string Constant(Tensor value, DType dtype) => Bits(value.To(dtype));

    static TensorMessage Message(string name, Tensor x)
    {
        byte[] bytes = [];
        x.Detach().Contiguous().ReadBytes(b => bytes = b.ToArray());
        TensorMessage message = new() { Name = name, Type = x.DType.Written(), Raw = new(bytes) };
        message.Dims.AddRange(x.Shape.Select(n => (long)n));
        return message;
    }

    /// <summary>Sizes as a value: numbers, and multiples of the batch.</summary>
    public string Sizes(Shape one, Shape two)
    {
        if (one == two) return Integers([.. one.Select(n => (long)n)]);
        var parts = one.Select((n, d) => n == two[d] ? Integers(n) : Multiple(n, two[d])).ToArray();
        return parts.Length == 1 ? parts[0] : Node("Concat", parts, null, ("axis", 0L));
    }

    // n₁ = k · batch₁ and n₂ = k · batch₂.
    string Multiple(int one, int two)
    {
        int batch = _one.Inputs[0].Shape[0], other = _two.Inputs[0].Shape[0];
        if (one % batch != 0 || one / batch * other != two)
            throw new OnnxException($"The network cannot be written as ONNX: a size is {one} for a batch of {batch} and {two} for one of {other}, which is no multiple; export it with freeBatch: false.");
        if (_batch is null)
        {
            string shape = Node("Shape", [Operand(_one.Inputs[0])]);
            _batch = Node("Slice", [shape, Integers(0), Integers(1), Integers(0)]);
        }
        return one == batch ? _batch : Node("Mul", [_batch, Integers(one / batch)]);
    }

    /// <summary>A node with one result, whose name is returned.</summary>
    public string Node(string op, string[] inputs, string[]? outputs = null, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        NodeMessage node = new() { Op = op, Name = Fresh(op) };
        node.Inputs.AddRange(inputs);
        node.Outputs.AddRange(outputs ?? [Fresh(op.ToLowerInvariant())]);
        foreach (var (name, value) in attributes)
        {
            AttributeMessage attribute = new() { Name = name };
            switch (value)
            {
                case long n: (attribute.Type, attribute.Integer) = (AttributeType.Int, n); break;
                case double x: (attribute.Type, attribute.Single) = (AttributeType.Float, (float)x); break;
                case string text: (attribute.Type, attribute.Text) = (AttributeType.String, System.Text.Encoding.UTF8.GetBytes(text)); break;
                case string[] texts:
                    attribute.Type = AttributeType.Strings;
                    attribute.Texts.AddRange(texts.Select(System.Text.Encoding.UTF8.GetBytes));
                    break;
                case TensorMessage tensor: (attribute.Type, attribute.Tensor) = (AttributeType.Tensor, tensor); break;
                case int[] many:
                    attribute.Type = AttributeType.Ints;
                    attribute.Integers.AddRange(many.Select(n => (long)n));
                    break;
                default: throw new OnnxException($"attribute {name} is neither a number nor a text");
            }
            node.Attributes.Add(attribute);
        }
        _graph.Nodes.Add(node);
        return node.Outputs[0];
    }

    /// <summary>Leaves out what nobody uses.</summary>
    void Prune()
    {
        HashSet<string> used = [.. _graph.Outputs.Select(o => o.Name)];
        for (int i = _graph.Nodes.Count - 1; i >= 0; i--)
        {
            if (_graph.Nodes[i].Outputs.Exists(used.Contains)) used.UnionWith(_graph.Nodes[i].Inputs);
            else _graph.Nodes.RemoveAt(i);
        }
        _graph.Initializers.RemoveAll(t => !used.Contains(t.Name));
    }
}
