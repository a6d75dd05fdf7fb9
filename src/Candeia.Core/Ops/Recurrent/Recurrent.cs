using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// A recurrent layer in one direction, over all steps. Inputs: x [rows, in], the first state h [batch, out] and, of an LSTM, c [batch, hidden]; the weights of
/// input [gates · hidden, in] and state [gates · hidden, out], their biases, if there are, and, if outputs are projected (out is not hidden), [out, hidden].
/// Results: y [rows, out], the last h and, of an LSTM, the last c. Rows are ordered by steps, and row i of a step belongs to sequence i.
/// </summary>
/// <param name="Kind">What is computed in a step.</param>
/// <param name="BatchSizes">How many sequences there are in each step: never more than in the step before, and in the first at most the batch.</param>
/// <param name="Reverse">Whether it goes from the last step to the first.</param>
/// <param name="HasBias">Whether there are biases.</param>
public sealed record RecurrentOp(RecurrentKind Kind, Dims BatchSizes, bool Reverse = false, bool HasBias = true) : Op
{
    /// <summary>How many results are not hidden.</summary>
    internal int Results => Kind == RecurrentKind.Lstm ? 3 : 2;

    /// <inheritdoc/>
    protected internal override string Name => Kind is RecurrentKind.Lstm or RecurrentKind.Gru ? $"{Kind}" : "Rnn";

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <summary>Of an LSTM the gates and the states c of all rows, of a GRU the gates and the state's part of the third; of a plain RNN nothing.</summary>
    protected internal override TensorSpec[] Saves(ReadOnlySpan<Tensor> x)
    {
        if (Kind is not (RecurrentKind.Lstm or RecurrentKind.Gru)) return [];
        var weight = RecurrentInputs.Of(this, x).WeightHh;
        return [new([x[0].Shape[0], weight.Shape[0]], x[0].DType), new([x[0].Shape[0], weight.Shape[0] / RecurrentShape.GatesOf(Kind)], x[0].DType)];
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, ReadOnlySpan<Tensor?> grads)
    {
        ArgumentNullException.ThrowIfNull(node);
        int weight = Kind == RecurrentKind.Lstm ? 3 : 2;
        bool weights = false;
        for (int i = weight; i < node.Inputs.Length; i++) weights |= node.Needs(i);
        var op = new RecurrentGradientsOp(this, node.Inputs.Length)
        {
            Given = GivenOf(grads), WantsInput = node.Needs(0), WantsWeights = weights,
        };
        return op.Apply([.. node.Inputs, node.Outputs[0], .. node.Saved, .. grads.ToArray().OfType<Tensor>()]);
    }

    static RecurrentResults GivenOf(ReadOnlySpan<Tensor?> grads)
    {
        RecurrentResults given = 0;
        for (int i = 0; i < grads.Length; i++) if (grads[i] is not null) given |= (RecurrentResults)(1 << i);
        return given;
    }

    /// <summary>Applies the op; see <see cref="RecurrentOp"/> for the shapes.</summary>
    /// <returns>Outputs, last state and, of an LSTM, last cell state.</returns>
    /// <exception cref="ShapeException">The shapes do not belong together.</exception>
    /// <exception cref="ArgumentException">The types differ, or sequences become more from one step to the next.</exception>
    public (Tensor Output, Tensor Hidden, Tensor? Cell) Apply(
        Tensor x, Tensor hidden, Tensor? cell, Tensor weightIh, Tensor weightHh, Tensor? biasIh = null, Tensor? biasHh = null, Tensor? projection = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(weightIh);
        ArgumentNullException.ThrowIfNull(weightHh);
        RecurrentInputs inputs = new(x, hidden, cell, weightIh, weightHh, biasIh, biasHh, projection);
        Check(inputs);
        if (projection is not null && Tracing.IsOn) return Compose(inputs.All) is var parts ? (parts[0], parts[1], parts[2]) : default;   // who watches may know no such op
        Shape y = [x.Shape[0], hidden.Shape[1]];
        TensorSpec[] specs = [new(y, x.DType), new(hidden.Shape, x.DType), .. cell is null ? [] : (TensorSpec[])[new(cell.Shape, x.DType)]];
        var results = Run(specs, inputs.All);
        return (results[0], results[1], cell is null ? null : results[2]);
    }

    void Check(RecurrentInputs a)
    {
        int gates = RecurrentShape.GatesOf(Kind), rows = 0, before = int.MaxValue;
        if (a.X.Rank != 2 || a.Hidden.Rank != 2 || a.WeightIh.Rank != 2 || a.WeightHh.Rank != 2)
            throw new ShapeException($"{Name} needs matrices of inputs, states and weights, not {a.X.Shape}, {a.Hidden.Shape}, {a.WeightIh.Shape} and {a.WeightHh.Shape}.");
        int batch = a.Hidden.Shape[0], hidden = a.WeightHh.Shape[0] / gates;
        foreach (int size in BatchSizes)
        {
            if (size < 0 || size > before || size > batch)
                throw new ArgumentException($"{Name} with {batch} sequences cannot go from {Math.Min(before, batch)} to {size} in a step: sort them by length, the longest first.");
            rows += before = size;
        }
        if (rows != a.X.Shape[0]) throw new ShapeException($"{Name} needs a row of inputs for each of {rows} steps of sequences, not {a.X.Shape}.");
        if (a.WeightIh.Shape[1] != a.X.Shape[1])
            throw new ShapeException($"{Name} with {a.WeightIh.Shape[1]} inputs cannot take {a.X.Shape[1]} numbers in a step.");
        Fits(a.WeightIh, "weight of the input", [gates * hidden, a.X.Shape[1]]);
        Fits(a.WeightHh, "weight of the state", [gates * hidden, a.Hidden.Shape[1]]);
        if ((Kind == RecurrentKind.Lstm) != a.Cell is not null) throw new ArgumentException(Kind == RecurrentKind.Lstm ? "An LSTM has a state c besides h." : $"{Name} has no state c besides h.");
        if (a.Cell is not null) Fits(a.Cell, "state c", [batch, hidden]);
        if (HasBias == a.BiasIh is null || HasBias == a.BiasHh is null) throw new ArgumentException($"{Name} has two biases or none.");
        if (a.BiasIh is not null) Fits(a.BiasIh, "bias of the input", [gates * hidden]);
        if (a.BiasHh is not null) Fits(a.BiasHh, "bias of the state", [gates * hidden]);
        if (a.Projection is not null)
        {
            if (Kind != RecurrentKind.Lstm) throw new ArgumentException($"Only an LSTM's outputs are projected, not those of {Name}.");
            Fits(a.Projection, "projection", [a.Hidden.Shape[1], hidden]);
            if (a.Hidden.Shape[1] >= hidden) throw new ShapeException($"A projection makes {hidden} numbers fewer, not {a.Hidden.Shape[1]}.");
        }
        else if (a.Hidden.Shape[1] != hidden) throw new ShapeException($"{Name} with {hidden} numbers in its state needs h [{batch}, {hidden}], not {a.Hidden.Shape}.");
        foreach (var each in a.All)
            if (!each.DType.IsFloatingPoint() || each.DType != a.X.DType)
                throw new ArgumentException(
                    $"{Name} needs inputs, states and weights of one floating-point type, not {a.X.DType} and {each.DType}; convert with To(dtype).");

        void Fits(Tensor t, string what, Shape shape)
        {
            if (t.Shape != shape) throw new ShapeException($"The {what} of {Name} must be {shape}, not {t.Shape}.");
        }
    }

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(ReadOnlySpan<Tensor> x, Shape y)
    {
        var a = RecurrentInputs.Of(this, x);
        return y[0] * (a.WeightIh.Numel + a.WeightHh.Numel + (a.Projection?.Numel ?? 0));
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => RecurrentCalls.Forward(this, x, outputs);

    /// <summary>The results by other ops, step by step.</summary>
    internal Tensor[] Compose(ReadOnlySpan<Tensor> x)
    {
        var a = RecurrentInputs.Of(this, x);
        var products = a.X.Linear(a.WeightIh, a.BiasIh);
        bool even = BatchSizes.Count > 0 && BatchSizes[0] == BatchSizes[BatchSizes.Count - 1];
        var table = even ? products.Reshape(BatchSizes.Count, BatchSizes[0], products.Shape[1]) : null;
        Tensor h = a.Hidden;
        Tensor? c = a.Cell;
        int[] starts = new int[BatchSizes.Count + 1];
        for (int t = 0; t < BatchSizes.Count; t++) starts[t + 1] = starts[t] + BatchSizes[t];
        var y = new Tensor[BatchSizes.Count];
        for (int step = 0; step < y.Length; step++)
        {
            int t = Reverse ? y.Length - 1 - step : step, size = BatchSizes[t];
            Tensor before = h.Narrow(0, 0, size), input = table is null ? products.Narrow(0, starts[t], size) : table.Select(0, t), state = before.Linear(a.WeightHh, a.BiasHh);
            Tensor next;
            switch (Kind)
            {
                case RecurrentKind.Lstm:
                    var g = (input + state).Chunk(4, 1);
                    var cell = g[1].Sigmoid() * c!.Narrow(0, 0, size) + g[0].Sigmoid() * g[2].Tanh();
                    c = With(c!, cell);
                    next = g[3].Sigmoid() * cell.Tanh();
                    if (a.Projection is not null) next = next.Linear(a.Projection);
                    break;
                case RecurrentKind.Gru:
                    Tensor[] i = input.Chunk(3, 1), s = state.Chunk(3, 1);
                    Tensor z = (i[1] + s[1]).Sigmoid(), fresh = (i[2] + (i[0] + s[0]).Sigmoid() * s[2]).Tanh();
                    next = z * (before - fresh) + fresh;
                    break;
                default:
                    next = Kind == RecurrentKind.Tanh ? (input + state).Tanh() : (input + state).Relu();
                    break;
            }
            h = With(h, y[t] = next);
        }
        var all = y.Length == 0 ? products.Narrow(1, 0, 0).Expand([0, a.Hidden.Shape[1]]) : Tensor.Cat(y, 0);
        return c is null ? [all, h] : [all, h, c];

        // the sequences that go on have new states, the others keep theirs
        static Tensor With(Tensor all, Tensor some) => some.Shape[0] == all.Shape[0] ? some : Tensor.Cat([some, all.Narrow(0, some.Shape[0], all.Shape[0] - some.Shape[0])], 0);
    }
}
