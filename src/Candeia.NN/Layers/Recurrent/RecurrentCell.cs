namespace Candeia.NN;

/// <summary>What <see cref="RNNCell"/>, <see cref="LSTMCell"/> and <see cref="GRUCell"/> share: the weights of one step.</summary>
public abstract class RecurrentCell : Module
{
    readonly RecurrentKind _kind;

    private protected RecurrentCell(RecurrentKind kind, int inputSize, int hiddenSize, bool bias, Generator? generator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hiddenSize);
        _kind = kind;
        int gates = hiddenSize * kind switch { RecurrentKind.Lstm => 4, RecurrentKind.Gru => 3, _ => 1 };
        WeightIh = Made([gates, inputSize]);
        WeightHh = Made([gates, hiddenSize]);
        if (bias) (BiasIh, BiasHh) = (Made([gates]), Made([gates]));

        Tensor Made(Shape shape) => Parameter.Of(Init.Uniform(Tensor.Empty(shape), -1 / Math.Sqrt(hiddenSize), 1 / Math.Sqrt(hiddenSize), generator));
    }

    /// <summary>The weight of the input, [gates · hidden, in].</summary>
    public Tensor WeightIh { get; set; }

    /// <summary>The weight of the state, [gates · hidden, hidden].</summary>
    public Tensor WeightHh { get; set; }

    /// <summary>[gates · hidden].</summary>
    public Tensor? BiasIh { get; set; }

    /// <summary>[gates · hidden].</summary>
    public Tensor? BiasHh { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => $"{WeightIh.Shape[1]}→{WeightHh.Shape[1]}{Words.Bias(BiasIh)}";

    private protected (Tensor Hidden, Tensor? Cell) Step(Tensor x, Tensor? hidden, Tensor? cell)
    {
        ArgumentNullException.ThrowIfNull(x);
        int inputs = WeightIh.Shape[1], size = WeightHh.Shape[1];
        if (x.Rank is not (1 or 2) || x.Shape[^1] != inputs) throw new ShapeException($"{GetType().Name} with {inputs} inputs takes [n, {inputs}] or [{inputs}], not {x.Shape}.");
        bool alone = x.Rank == 1;
        if (alone) (x, hidden, cell) = (x.Unsqueeze(0), hidden?.Unsqueeze(0), cell?.Unsqueeze(0));
        hidden = State(hidden);
        cell = _kind == RecurrentKind.Lstm ? State(cell) : null;
        var (_, h, c) = new RecurrentOp(_kind, [x.Shape[0]], HasBias: BiasIh is not null).Apply(x, hidden, cell, WeightIh, WeightHh, BiasIh, BiasHh);
        return alone ? (h.Squeeze(0), c?.Squeeze(0)) : (h, c);

        Tensor State(Tensor? given) => given is null ? Tensor.Zeros([x.Shape[0], size], x.DType, x.Device)
            : given.Shape == [x.Shape[0], size] ? given : throw new ShapeException($"{GetType().Name} needs a state [{x.Shape[0]}, {size}], not {given.Shape}.");
    }
}
