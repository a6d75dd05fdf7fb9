using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// A window of weights [out, in / groups, kh, kw] moved over images [n, in, h, w]. The result is channels-last in memory.
/// Inputs: x, weight and, if there is one, bias [out].
/// </summary>
public sealed record Conv2dOp(ConvGeometry Geometry) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>A factor is read only for the other's gradient, and the bias never.</summary>
    protected internal override bool KeepsInput(Node node, int input) => WeightedGradientsOp.ReadsFactor(node, input);

    /// <inheritdoc/>
    protected internal override bool Defers => true;

    /// <inheritdoc/>
    protected internal override Op? Absorb(Op next, ReadOnlySpan<Tensor> inputs) => new FusedConv2dOp(this).Absorb(next, inputs);

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) =>
        new Conv2dGradientsOp(Geometry, WeightedGradientsOp.By(node)).Apply(
            grad, node.Inputs[0], node.Inputs[1], node.Inputs.Length > 2 ? node.Inputs[2] : null);

    /// <summary>Applies the op to images [n, in, h, w], or to one [in, h, w].</summary>
    /// <exception cref="ShapeException">Channels, groups or sizes do not fit.</exception>
    public Tensor Apply(Tensor x, Tensor weight, Tensor? bias)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (x.Rank == 3) return Apply(x.Unsqueeze(0), weight, bias).Squeeze(0);
        var layout = Layout.ChannelsLast(Geometry.Output(x.Shape, weight.Shape, bias?.Shape));
        if (!x.DType.IsFloatingPoint() || weight.DType != x.DType || (bias is not null && bias.DType != x.DType))
            throw new ArgumentException(
                $"Conv2d needs input, weight and bias of one floating-point type, "
                + $"not {x.DType}, {weight.DType}{(bias is null ? "" : $", {bias.DType}")}; convert with To(dtype).");
        return bias is null ? Run(layout, x.DType, x, weight) : Run(layout, x.DType, x, weight, bias);
    }

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(ReadOnlySpan<Tensor> x, Shape y) => y.Numel * (x[1].Numel / x[1].Shape[0]);

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        Geometry.Groups == 1 ? Cut.Layer(x, y, 1) : Cut.Rows(x, y, inputs: 1);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        ConvolutionCalls.Forward(Geometry, x[0], x[1], x.Length > 2 ? x[2] : null, outputs[0], Tail.Nothing);
}

public static partial class TensorOps
{
    /// <summary>
    /// The cross-correlation of images [n, in, h, w], or of one [in, h, w], with weights [out, in / groups, kh, kw], plus a bias [out].
    /// </summary>
    /// <param name="x">Images [n, in, h, w] or [in, h, w].</param>
    /// <param name="weight">The window's weights [out, in / groups, kh, kw].</param>
    /// <param name="bias">A number for each output channel [out]; nothing is added, if there is none.</param>
    /// <param name="stride">How far the window moves; 1, if nothing is given, and 2 halves height and width.</param>
    /// <param name="padding">Zeros around the input: a number of them, <see cref="ConvPadding.Same"/> or <see cref="ConvPadding.Valid"/>.</param>
    /// <param name="dilation">How far apart the window's points are; 1, which is the default, makes them neighbours.</param>
    /// <param name="groups">Into how many independent parts the channels are divided.</param>
    /// <returns>[n, out, h', w'].</returns>
    /// <exception cref="ShapeException">Channels, groups or sizes do not fit.</exception>
    /// <exception cref="ArgumentException">
    /// The element types differ or have no fractions, a stride or dilation is not at least 1, or a padding is negative.
    /// </exception>
    /// <example><code>
    /// Tensor images = Tensor.Randn([8, 3, 32, 32]), weight = Tensor.Randn([16, 3, 3, 3]);
    /// Console.WriteLine(images.Conv2d(weight).Shape);      // → [8, 16, 30, 30]
    /// Console.WriteLine(images.Conv2d(weight, padding: 1, stride: 2).Shape);      // → [8, 16, 16, 16]
    /// </code></example>
    public static Tensor Conv2d(this Tensor x, Tensor weight, Tensor? bias = null, Size2d? stride = null, ConvPadding? padding = null, Size2d? dilation = null, int groups = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        Size2d s = stride ?? 1, d = dilation ?? 1, p = 0;
        if (padding is { } around && weight.Shape is [_, _, var height, var width])
            p = around.Resolve(nameof(Conv2d), ref x, [height, width], [s.Height, s.Width], [d.Height, d.Width]).Plane;
        return new Conv2dOp(new(s, p, d, groups)).Apply(x, weight, bias);
    }
}
