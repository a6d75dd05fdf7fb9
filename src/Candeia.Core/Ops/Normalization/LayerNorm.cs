using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// (x − mean) / √(variance + ε) over the last dimensions of each sample, times a weight plus a bias in their shape. Inputs: x and, if there are,
/// weight and bias.
/// </summary>
/// <param name="Dims">How many of the last dimensions are normalized together.</param>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record LayerNormOp(int Dims, double Epsilon) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>The bias is not read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input != 2;

    /// <summary>The mean of each sample, and 1 / √(variance + ε).</summary>
    protected internal override TensorSpec[] Saves(ReadOnlySpan<Tensor> x)
    {
        Shape samples = [checked((int)Samples(x[0]))];
        TensorSpec each = new(samples, x[0].DType);
        return [each, each];
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) =>
        new LayerNormGradientsOp(Dims, Epsilon, WeightedGradientsOp.By(node)).Apply(
        grad, node.Inputs[0], node.Saved[0], node.Saved[1], node.Inputs.Length > 1 ? node.Inputs[1] : null);

    /// <summary>Applies the op; weight and bias come together or not at all.</summary>
    public Tensor Apply(Tensor x, Tensor? weight = null, Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        return weight is null || bias is null ? Run(x.Shape, x.DType, x) : Run(x.Shape, x.DType, x, weight, bias);
    }

    /// <summary>How many samples there are.</summary>
    long Samples(Tensor x) => x.Shape.Slice(x.Rank - Dims, Dims).Numel is var n and not 0 ? x.Numel / n : 0;

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => x[0].Rank > Dims ? Cut.Rows(x, y, inputs: 1) : null;

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        LayerNormCalls.Forward(Dims, Epsilon, x, outputs);
}

public static partial class TensorOps
{
    /// <summary>
    /// The last dimensions of each sample with mean 0 and variance 1, then scaled and shifted element by element
    /// (<see href="https://arxiv.org/abs/1607.06450">Ba et al. 2016</see>).
    /// </summary>
    /// <param name="x">[…, <paramref name="normalizedShape"/>].</param>
    /// <param name="normalizedShape">The sizes of the dimensions that are normalized together.</param>
    /// <param name="weight">The scale of each element, in that shape; 1, if there is none.</param>
    /// <param name="bias">The shift of each element, in that shape; 0, if there is none.</param>
    /// <param name="epsilon">Added to the variance, so that nothing is divided by 0.</param>
    /// <exception cref="ShapeException">The last sizes are others, or weight or bias have another shape or type.</exception>
    /// <exception cref="ArgumentException">There is no dimension to normalize, or the elements are no floating-point numbers.</exception>
    /// <example><code>
    /// Tensor x = [[1.0, 2, 3], [10, 20, 30]];
    /// Console.WriteLine(x.LayerNorm([3]));
    /// // → -1.2247  0.0000  1.2247
    /// // → -1.2247  0.0000  1.2247
    /// // → [ float32 [2, 3] ]
    /// </code></example>
    public static Tensor LayerNorm(this Tensor x, Shape normalizedShape, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(x);
        int dims = normalizedShape.Rank;
        if (dims == 0) throw new ArgumentException("LayerNorm needs at least one dimension to normalize.");
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"LayerNorm takes floating-point numbers, not {x.DType}.");
        if (x.Rank < dims || x.Shape.Slice(x.Rank - dims, dims) != normalizedShape)
            throw new ShapeException($"LayerNorm of {normalizedShape} does not take {x.Shape}: its last sizes must be {normalizedShape}.");
        foreach (var each in (ReadOnlySpan<Tensor?>)[weight, bias])
            if (each is not null && (each.Shape != normalizedShape || each.DType != x.DType))
                throw new ShapeException($"LayerNorm of {x.DType} {normalizedShape} needs weight and bias like that, not {each.DType} {each.Shape}.");
        (weight, bias) = Both(weight, bias);
        return new LayerNormOp(dims, epsilon).Apply(x, weight, bias);
    }

    /// <summary>Weight and bias, of which one that is missing changes nothing: the kernels take both or neither.</summary>
    static (Tensor? Weight, Tensor? Bias) Both(Tensor? weight, Tensor? bias) => (weight, bias) switch
    {
        ({ } w, null) => (w, Tensor.Zeros(w.Shape, w.DType, w.Device)),
        (null, { } b) => (Tensor.Ones(b.Shape, b.DType, b.Device), b),
        _ => (weight, bias),
    };
}
