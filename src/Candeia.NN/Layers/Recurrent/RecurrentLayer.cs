namespace Candeia.NN;

/// <summary>What <see cref="RNN"/>, <see cref="LSTM"/> and <see cref="GRU"/> share: layers and directions, their weights, and how sequences pass through.</summary>
public abstract class RecurrentLayer : Layer
{
    [StateName("")]
    readonly Dictionary<string, Tensor> _weights = [];
    readonly RecurrentKind _kind;
    readonly int _inputs, _hidden, _layers, _projection;
    readonly bool _bias, _both;
    readonly double _dropout;
    readonly Generator? _generator;

    private protected RecurrentLayer(
        RecurrentKind kind, int inputSize, int hiddenSize, int numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, int projSize,
        Generator? generator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hiddenSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numLayers);
        ArgumentOutOfRangeException.ThrowIfNegative(projSize);
        if (projSize >= hiddenSize) throw new ArgumentOutOfRangeException(nameof(projSize), $"A projection makes {hiddenSize} numbers fewer, not {projSize}.");
        if (dropout is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(dropout), $"A probability lies between 0 and 1, not {dropout}.");
        (_kind, _inputs, _hidden, _layers, _projection, _bias, _both, _dropout, _generator) =
            (kind, inputSize, hiddenSize, numLayers, projSize, bias, bidirectional, dropout, generator);
        BatchFirst = batchFirst;
        int gates = hiddenSize * kind switch { RecurrentKind.Lstm => 4, RecurrentKind.Gru => 3, _ => 1 };
        double bound = 1 / Math.Sqrt(hiddenSize);
        for (int layer = 0; layer < numLayers; layer++)
            foreach (string end in Ends(layer))
            {
                Add($"weight_ih{end}", [gates, layer == 0 ? inputSize : Outputs * Directions]);
                Add($"weight_hh{end}", [gates, Outputs]);
                if (bias)
                {
                    Add($"bias_ih{end}", [gates]);
                    Add($"bias_hh{end}", [gates]);
                }
                if (projSize > 0) Add($"weight_hr{end}", [projSize, hiddenSize]);
            }

        void Add(string name, Shape shape) => _weights[name] = Parameter.Of(Init.Uniform(Tensor.Empty(shape), -bound, bound, generator));
    }

    /// <summary>Whether padded sequences are [n, length, features], not [length, n, features].</summary>
    public bool BatchFirst { get; }

    /// <summary>A weight or bias by its name in state dicts: <c>weight_ih_l0</c>, <c>bias_hh_l1_reverse</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public Tensor this[string name] => _weights.TryGetValue(name, out var weight) ? weight
        : throw new KeyNotFoundException($"{GetType().Name} has no weight '{name}', but {string.Join(", ", _weights.Keys)}.");

    int Directions => _both ? 2 : 1;

    /// <summary>Numbers in an output of one direction.</summary>
    int Outputs => _projection > 0 ? _projection : _hidden;

    string[] Ends(int layer) => _both ? [$"_l{layer}", $"_l{layer}_reverse"] : [$"_l{layer}"];

    /// <inheritdoc/>
    protected internal override string Details =>
        $"{_inputs}→{_hidden}{(_projection > 0 ? $"→{_projection}" : "")}{(_layers > 1 ? $" in {_layers} layers" : "")}{(_both ? " both ways" : "")}{(_bias ? "" : " without bias")}";

    /// <summary>Padded sequences, or one alone, through all layers.</summary>
    /// <returns>The outputs of the last layer, and the last states of all layers and directions.</returns>
    private protected (Tensor Output, Tensor Hidden, Tensor? Cell) Run(Tensor x, Tensor? hidden, Tensor? cell)
    {
        ArgumentNullException.ThrowIfNull(x);
        bool alone = x.Rank == 2;
        string form = BatchFirst ? "[n, length, " : "[length, n, ";
        if (x.Rank is not (2 or 3) || x.Shape[^1] != _inputs)
            throw new ShapeException($"{GetType().Name} with {_inputs} inputs takes {form}{_inputs}] or [length, {_inputs}], not {x.Shape}.");
        if (alone) (x, hidden, cell) = (x.Unsqueeze(1), Batched(hidden), Batched(cell));
        else if (BatchFirst) x = x.Transpose(0, 1);
        int steps = x.Shape[0], n = x.Shape[1];
        if (steps == 0) throw new ShapeException($"{GetType().Name} needs a step at least, but the sequences have none.");
        var sizes = new int[steps];
        Array.Fill(sizes, n);
        var (y, h, c) = Run(x.Reshape(steps * n, _inputs), sizes, n, hidden, cell);
        y = y.Reshape(steps, n, y.Shape[1]);
        if (alone) return (y.Squeeze(1), h.Squeeze(1), c?.Squeeze(1));
        return (BatchFirst ? y.Transpose(0, 1) : y, h, c);

        Tensor? Batched(Tensor? state) => state is null ? null : state.Rank == 2 ? state.Unsqueeze(1)
            : throw new ShapeException($"The state for one sequence {x.Shape} is [{_layers * Directions}, size], not {state.Shape}.");
    }

    /// <summary>Packed sequences through all layers; states are in the order of the batch.</summary>
    private protected (PackedSequence Output, Tensor Hidden, Tensor? Cell) Run(PackedSequence x, Tensor? hidden, Tensor? cell)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Data.Rank != 2 || x.Data.Shape[1] != _inputs)
            throw new ShapeException($"{GetType().Name} with {_inputs} inputs takes packed sequences of [steps, {_inputs}], not {x.Data.Shape}.");
        var (y, h, c) = Run(x.Data, [.. x.BatchSizes], x.Count, Order(hidden, x.SortedIndices), Order(cell, x.SortedIndices));
        return (x with { Data = y }, Order(h, x.UnsortedIndices)!, Order(c, x.UnsortedIndices));
    }

    static Tensor? Order(Tensor? states, IReadOnlyList<int>? order) =>
        states is null || order is null ? states : states.IndexSelect(1, Tensor.From([.. order.Select(i => (long)i)], [order.Count]).To(states.Device));

    (Tensor Output, Tensor Hidden, Tensor? Cell) Run(Tensor rows, Dims sizes, int n, Tensor? hidden, Tensor? cell)
    {
        bool lstm = _kind == RecurrentKind.Lstm;
        hidden = State(hidden, "h", Outputs);
        cell = lstm ? State(cell, "c", _hidden) : null;
        List<Tensor> h = [], c = [];
        for (int layer = 0; layer < _layers; layer++)
        {
            if (layer > 0) rows = rows.Dropout(_dropout, IsTraining, _generator);
            List<Tensor> outputs = [];
            foreach (string end in Ends(layer))
            {
                var op = new RecurrentOp(_kind, sizes, Reverse: outputs.Count > 0, _bias);
                var (y, last, lastCell) = op.Apply(rows, hidden.Select(0, h.Count), cell?.Select(0, h.Count), _weights[$"weight_ih{end}"], _weights[$"weight_hh{end}"],
                    _weights.GetValueOrDefault($"bias_ih{end}"), _weights.GetValueOrDefault($"bias_hh{end}"), _weights.GetValueOrDefault($"weight_hr{end}"));
                outputs.Add(y);
                h.Add(last);
                if (lastCell is not null) c.Add(lastCell);
            }
            rows = _both ? Tensor.Cat([.. outputs], 1) : outputs[0];
        }
        return (rows, Tensor.Stack([.. h], 0), lstm ? Tensor.Stack([.. c], 0) : null);

        Tensor State(Tensor? given, string name, int size)
        {
            Shape shape = [_layers * Directions, n, size];
            if (given is null) return Tensor.Zeros(shape, rows.DType, rows.Device);
            return given.Shape == shape ? given : throw new ShapeException($"{GetType().Name} needs a first state {name} {shape} for {n} sequences, not {given.Shape}.");
        }
    }
}
