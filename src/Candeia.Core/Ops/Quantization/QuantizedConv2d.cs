using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// A convolution of images that become whole numbers with weights of eight bits. Inputs: x [n, in, h, w] float32, weight [out, in, kh, kw] int8, the scales of its
/// outputs [out] and, if there is one, bias [out]. The result is channels-last in memory.
/// </summary>
/// <param name="Geometry">How the window moves: one group, its points neighbours.</param>
/// <param name="Input">How inputs become whole, with a scale.</param>
public sealed record QuantizedConv2dOp(ConvGeometry Geometry, InputQuantization Input) : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op to images [n, in, h, w].</summary>
    public Tensor Apply(Tensor x, Tensor weight, Tensor scales, Tensor? bias)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        var layout = Layout.ChannelsLast(Geometry.Output(x.Shape, weight.Shape, bias?.Shape));
        return bias is null ? Run(layout, DType.Float32, x, weight, scales) : Run(layout, DType.Float32, x, weight, scales, bias);
    }

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(ReadOnlySpan<Tensor> x, Shape y) => y.Numel * (x[1].Numel / x[1].Shape[0]);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => QuantizedCalls.Convolution(Geometry, Input.Checked(), x, outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>
    /// <see cref="Conv2d"/> with a weight of eight bits: the images become whole numbers too, the products are summed exactly, and the sums become fractions again.
    /// </summary>
    /// <param name="x">Images [n, in, h, w] or one [in, h, w], float32.</param>
    /// <param name="weight">[out, in, kh, kw], int8, with a scale for each output and zero points of 0.</param>
    /// <param name="input">How the images become whole; its scale is given.</param>
    /// <param name="bias">A number for each output channel [out]; nothing is added, if there is none.</param>
    /// <param name="stride">How far the window moves; 1, if nothing is given.</param>
    /// <param name="padding">Zeros around the input.</param>
    /// <returns>[n, out, h', w'], float32. No gradient flows through, and not-a-number neither: it becomes the least number that has a place.</returns>
    /// <exception cref="ShapeException">Channels or sizes do not fit.</exception>
    /// <exception cref="ArgumentException">The types are others, there is no scale for the images, or a zero point of the weight is not 0.</exception>
    /// <example><code>
    /// var weight = Tensor.Ones([1, 1, 2, 2]).QuantizePerTensor(1 / 127.0, 0, DType.Int8);
    /// Tensor picture = Tensor.Ones([1, 1, 3, 3]);
    /// Console.WriteLine(Math.Round((double)picture.QuantizedConv2d(weight, InputQuantization.Of(0, 1)).Sum(), 3));     // → 16
    /// </code></example>
    public static Tensor QuantizedConv2d(
        this Tensor x, QuantizedTensor weight, InputQuantization input, Tensor? bias = null, Size2d? stride = null, ConvPadding? padding = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(input);
        _ = input.Checked();
        if (input.Scale is null) throw new ArgumentException("The images of a quantized convolution become whole by one scale: InputQuantization.Of(least, greatest).");
        if (x.Rank == 3) return x.Unsqueeze(0).QuantizedConv2d(weight, input, bias, stride, padding).Squeeze(0);
        var scales = QuantizedScales(x, weight, bias);
        Size2d s = stride ?? 1, p = 0;
        x = x.Detach();
        bias = bias?.Detach();
        if (Tracing.IsOn) return input.Rounded(x).Conv2d(weight.Dequantize(), bias, s, padding);
        if (padding is { } around && weight.Shape is [_, _, var height, var width]) p = around.Resolve(nameof(QuantizedConv2d), ref x, [height, width], [s.Height, s.Width], [1, 1]).Plane;
        return new QuantizedConv2dOp(new(s, p, 1, 1), input).Apply(x, weight.Values, scales, bias);
    }
}
