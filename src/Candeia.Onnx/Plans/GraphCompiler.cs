namespace Candeia.Onnx;

/// <summary>Makes a plan of a graph: gives each value a number, binds each node's operator, and computes what follows from constants alone.</summary>
/// <param name="model">What is the same in the whole model.</param>
/// <param name="outer">The graph around this one.</param>
internal sealed class GraphCompiler(ModelCompiler model, GraphCompiler? outer = null)
{
    readonly Dictionary<string, int> _numbers = [];
    readonly Dictionary<string, TensorMessage> _initializers = [];
    readonly List<Tensor?> _begin = [];
    readonly List<bool> _isConstant = [];
    readonly List<Step> _steps = [];
    readonly List<(int Outer, int Inner)> _captured = [];
    readonly Dictionary<int, int> _asNumbers = [];
    Tensor?[] _values = [];

    static readonly HashSet<string> s_takesNumbers = ["Add", "Sub", "Mul", "Div", "Pow", "Max", "Min"];

    public Plan Compile(GraphMessage graph)
    {
        foreach (var tensor in graph.Initializers) _initializers[tensor.Name] = tensor;
        int[] inputs = [.. ModelCompiler.InputsOf(graph).Select(i => Define(i.Name))];
        foreach (var node in graph.Nodes) Compile(node);
        int[] outputs = [.. graph.Outputs.Select(o => Find(o.Name) ?? throw new OnnxException($"the output {OnnxException.Quote(o.Name)} comes of no node"))];
        return new Plan { Steps = [.. _steps], Begin = [.. _begin], Inputs = inputs, Outputs = outputs, Captured = [.. _captured] }.For(outputs);
    }

    void Compile(NodeMessage node)
    {
        try
        {
            int[] inputs = [.. node.Inputs.Select(name => name.Length == 0 ? -1 : Take(name))];
            List<Plan> bodies = [];
            var known = model.Operator(node);
            Attributes attributes = new(node, model.Opset(node.Domain), model.Data, graph =>
            {
                var body = Fusions.Of(new GraphCompiler(model, this).Compile(graph));
                bodies.Add(body);
                return body;
            });
            var kernel = known.Bind(attributes);
            attributes.CheckAllAsked();
            var step = new Step(node.Op, $"{node.Op} {node.Title}", kernel, inputs, [.. node.Outputs.Select(o => o.Length == 0 ? -1 : Define(o))], [.. bodies]) { Numbers = attributes.Numbers, IsRandom = known.IsRandom };
            if (known.Name == "Identity" && Aliased(step)) return;
            if (!known.IsRandom && step.Takes.All(t => _isConstant[t]) && TryFold(step, node.Outputs)) return;
            _steps.Add(s_takesNumbers.Contains(node.Op) ? step with { Inputs = Array.ConvertAll(step.Inputs, i => Number(i)) } : step);
        }
        catch (Exception e) when (e is OnnxException { InnerException: null } or ArgumentException or InvalidOperationException or OverflowException or IndexOutOfRangeException) { throw new OnnxException($"{node.Op} {node.Title}: {e.Message}", e); }
    }

    // To an op that takes each element for itself, a constant without dimensions is a number of the program's, which needs no memory.
    int Number(int value)
    {
        if (value < 0 || _begin[value] is not { Rank: 0 } x || !_isConstant[value] || !x.DType.IsFloatingPoint()) return value;
        if (_asNumbers.TryGetValue(value, out int known)) return known;
        _begin.Add(Tensor.Number(x.Item(), x.DType));
        _isConstant.Add(true);
        return _asNumbers[value] = _begin.Count - 1;
    }

    int Define(string name)
    {
        if (!_numbers.TryAdd(name, _begin.Count)) throw new OnnxException($"the value {OnnxException.Quote(name)} comes about twice");
        _begin.Add(null);
        _isConstant.Add(false);
        return _begin.Count - 1;
    }

    int Take(string name) =>
        Find(name) ?? throw new OnnxException($"the value {OnnxException.Quote(name)} is none of the graph, or comes about later");

    /// <summary>The number of a value: one of this graph, a weight that has not been asked for before, or one of the graph around.</summary>
    int? Find(string name)
    {
        if (_numbers.TryGetValue(name, out int number)) return number;
        if (_initializers.TryGetValue(name, out var initializer))
        {
            var (tensor, isConstant) = model.Weight(initializer);
            return Put(name, tensor, isConstant);
        }
        if (outer?.Find(name) is not { } there) return null;
        if (outer._begin[there] is { } known) return Put(name, known, outer._isConstant[there]);
        number = Put(name, null, false);
        _captured.Add((there, number));
        return number;
    }

    int Put(string name, Tensor? tensor, bool isConstant)
    {
        int number = Define(name);
        (_begin[number], _isConstant[number]) = (tensor, isConstant);
        return number;
    }

    /// <summary>A weight under another name is the same weight.</summary>
    bool Aliased(Step step)
    {
        if (step.Inputs is not [var from] || from < 0 || step.Outputs is not [var to] || _begin[from] is not { } tensor) return false;
        (_begin[to], _isConstant[to]) = (tensor, _isConstant[from]);
        return true;
    }

    /// <summary>Computes a step at once, unless its results are large: they are computed anew each time then.</summary>
    bool TryFold(Step step, List<string> names)
    {
        long taken = step.Inputs.Sum(i => i < 0 ? 0 : _begin[i]!.Numel);
        if (taken > Frame.MostFolded && step.Inputs.Length > 1) return false;
        // Only what the step takes is looked at.
        if (_values.Length < _begin.Count) Array.Resize(ref _values, Math.Max(64, 2 * _begin.Count));
        var values = _values;
        foreach (int one in step.Takes) values[one] = _begin[one];
        try
        {
            using var noGrad = Autograd.NoGrad();
            step.Run(new(values, isTraining: false, isFolding: true));
        }
        catch (TooLargeException) { return false; }
        for (int i = 0; i < names.Count; i++)
            if (step.Outputs[i] is >= 0 and var output) (_begin[output], _isConstant[output]) = model.Constant(names[i], values[output]!);
        return true;
    }

    /// <summary>The numbers of all values that nodes compute, under their names and those of the nodes.</summary>
    public Dictionary<string, int> Places(GraphMessage graph)
    {
        Dictionary<string, int> places = [];
        foreach (var node in graph.Nodes)
        {
            foreach (string output in node.Outputs) if (output.Length > 0) places[output] = _numbers[output];
            if (node.Name.Length > 0 && node.Outputs is [{ Length: > 0 } first, ..]) places.TryAdd(node.Name, _numbers[first]);
        }
        return places;
    }
}
