using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// (x − mean) / √(variance + ε) over groups of channels of each sample of [n, c, …], times a weight plus a bias. Inputs: x and, if there are, weight
/// [c] and bias [c]. The result is channels-last in memory; each sample is a batch of its pixels to the kernels of batch normalization.
/// </summary>
/// <param name="Groups">How many groups are normalized separately.</param>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record GroupNormOp(int Groups, double Epsilon) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>The bias is not read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input != 2;

    /// <summary>The mean of each channel's group and its 1 / √(variance + ε), for each sample.</summary>
    protected internal override TensorSpec[] Saves(ReadOnlySpan<Tensor> x)
    {
        TensorSpec each = new([x[0].Shape[0], x[0].Shape[1]], x[0].DType);
        return [each, each];
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) =>
        new GroupNormGradientsOp(Groups, Epsilon, WeightedGradientsOp.By(node)).Apply(
        grad, node.Inputs[0], node.Saved[0], node.Saved[1], node.Inputs.Length > 1 ? node.Inputs[1] : null);

    /// <summary>Applies the op; weight and bias come together or not at all.</summary>
    public Tensor Apply(Tensor x, Tensor? weight = null, Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        var layout = BatchNormOp.LayoutOf(x);
        return weight is null || bias is null ? Run(layout, x.DType, x) : Run(layout, x.DType, x, weight, bias);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y, inputs: 1);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        GroupNormCalls.Forward(Groups, Epsilon, x, outputs);
}

public static partial class TensorOps
{
    /// <summary>
    /// Groups of channels of each sample of [n, c, …] with mean 0 and variance 1, then each channel scaled and shifted
    /// (<see href="https://arxiv.org/abs/1803.08494">Wu and He 2018</see>). As many groups as channels make instance normalization.
    /// </summary>
    /// <param name="x">[n, c, …] of two dimensions or more.</param>
    /// <param name="groups">How many groups are normalized separately.</param>
    /// <param name="weight">The scale of each channel [c]; 1, if there is none.</param>
    /// <param name="bias">The shift of each channel [c]; 0, if there is none.</param>
    /// <param name="epsilon">Added to the variance, so that nothing is divided by 0.</param>
    /// <exception cref="ShapeException">
    /// The channels cannot be divided into the groups, or weight and bias are not one number per channel.
    /// </exception>
    /// <exception cref="ArgumentException">The elements are no floating-point numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no group.</exception>
    /// <example><code>
    /// var x = Tensor.Randn([2, 8, 4, 4]);
    /// Console.WriteLine(x.GroupNorm(groups: 4).Shape);      // → [2, 8, 4, 4]
    /// </code></example>
    public static Tensor GroupNorm(this Tensor x, int groups, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (x.Rank < 2) throw new ShapeException($"GroupNorm takes [n, c, …] of at least two dimensions, not {x.Shape}.");
        if (x.Rank > 5) return x.Reshape(x.Shape[0], x.Shape[1], checked((int)x.Shape.Slice(2, x.Rank - 2).Numel)).GroupNorm(groups, weight, bias, epsilon).Reshape(x.Shape);
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"GroupNorm takes floating-point numbers, not {x.DType}.");
        if (x.Shape[1] % groups != 0) throw new ShapeException($"The {x.Shape[1]} channels of {x.Shape} cannot be divided into {groups} groups.");
        foreach (var each in (ReadOnlySpan<Tensor?>)[weight, bias])
            if (each is not null && (each.Shape != [x.Shape[1]] || each.DType != x.DType))
                throw new ShapeException($"GroupNorm of {x.DType} {x.Shape} needs {x.DType} [{x.Shape[1]}], a number per channel, not {each.DType} {each.Shape}.");
        (weight, bias) = Both(weight, bias);
        return new GroupNormOp(groups, epsilon).Apply(x, weight, bias);
    }
}
