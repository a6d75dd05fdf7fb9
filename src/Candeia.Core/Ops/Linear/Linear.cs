using Candeia.Kernels;

namespace Candeia;

/// <summary>x·Wᵀ + b. Inputs: x [rows, in], weight [out, in] and, if there is one, bias [out].</summary>
public sealed record LinearOp : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>A factor is read only for the other's gradient, and the bias never.</summary>
    protected internal override bool KeepsInput(Node node, int input) => WeightedGradientsOp.ReadsFactor(node, input);

    /// <inheritdoc/>
    protected internal override bool Defers => true;

    /// <inheritdoc/>
    protected internal override Op? Absorb(Op next, ReadOnlySpan<Tensor> inputs) => next is ReluOp ? new FusedLinearOp(this) : null;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) =>
        new LinearGradientsOp(WeightedGradientsOp.By(node)).Apply(
            grad, node.Inputs[0], node.Inputs[1], node.Inputs.Length > 2 ? node.Inputs[2] : null);

    /// <summary>Applies the op to a matrix.</summary>
    public Tensor Apply(Tensor x, Tensor weight, Tensor? bias)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        Shape shape = [x.Shape[0], weight.Shape[0]];
        return bias is null ? Run(shape, x.DType, x, weight) : Run(shape, x.DType, x, weight, bias);
    }

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(ReadOnlySpan<Tensor> x, Shape y) => y.Numel * x[1].Shape[1];

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Layer(x, y, 1);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        LinearCalls.Forward(x[0], x[1], x.Length > 2 ? x[2] : null, outputs[0], relu: false);
}

public static partial class TensorOps
{
    /// <summary>x·Wᵀ + b: [.., in] with a weight [out, in] and a bias [out] gives [.., out].</summary>
    /// <param name="x">Vectors of the input […, in].</param>
    /// <param name="weight">W [out, in].</param>
    /// <param name="bias">b [out]; nothing is added, if there is none.</param>
    /// <returns>[…, out].</returns>
    /// <exception cref="ShapeException">The last size of the input is not the weight's, or the bias does not fit.</exception>
    /// <exception cref="ArgumentException">The types differ, or have no fractions.</exception>
    /// <example><code>
    /// Tensor x = [[1.0, 2]], weight = [[1.0, 1], [0, 3], [1, 0]];
    /// Console.WriteLine(x.Linear(weight));
    /// // →  3  6  1
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Linear(this Tensor x, Tensor weight, Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Rank != 2) throw new ShapeException($"A linear layer needs a weight [out, in], not {weight.Shape}.");
        if (x.Rank == 0 || x.Shape[^1] != weight.Shape[1])
            throw new ShapeException($"A linear layer with {weight.Shape[1]} inputs cannot take {x.Shape}: its last size must be {weight.Shape[1]}.");
        if (bias is not null && bias.Shape != [weight.Shape[0]]) throw new ShapeException($"The bias {bias.Shape} must have one number per output: [{weight.Shape[0]}].");
        if (!x.DType.IsFloatingPoint() || weight.DType != x.DType || (bias is not null && bias.DType != x.DType))
            throw new ArgumentException(
                $"Linear needs input, weight and bias of one floating-point type, not {x.DType} and {weight.DType}; convert with To(dtype).");
        if (x.Rank == 2) return new LinearOp().Apply(x, weight, bias);
        var y = new LinearOp().Apply(x.Reshape(-1, weight.Shape[1]), weight, bias);
        return y.Reshape([.. x.Shape.Sizes[..^1], weight.Shape[0]]);
    }
}
