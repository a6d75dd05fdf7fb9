using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>
/// Numbers as small integers: x = (q − zero point) · scale. Products of them are exact in double precision, which a kernel has; results are rounded as ONNX
/// says, halves to the even side.
/// </summary>
internal static class QuantizationOperators
{
    public static Operator[] All { get; } =
    [
        One("QuantizeLinear", 10, a =>
        {
            var (axis, block, type) = (a.Int("axis", 1), a.Int("block_size", 0), a.Type("output_dtype"));
            a.Ignore("saturate", "precision");                                      // of 8-bit floats, and of how it is divided
            return x => Quantize(x[0], Along(x[0], x[1], axis, block), x.Maybe(2) is { } zero ? Along(x[0], zero, axis, block) : null, x.Maybe(2)?.DType ?? type ?? DType.UInt8);
        }) with { Fixed = [1, 2] },
        One("DequantizeLinear", 10, a =>
        {
            var (axis, block) = (a.Int("axis", 1), a.Int("block_size", 0));
            a.Ignore("output_dtype");                                               // that of the scale, or wider
            return x => Centred(x[0], x.Maybe(2) is { } zero ? Along(x[0], zero, axis, block) : null).To(x[1].DType) * Along(x[0], x[1], axis, block);
        }) with { Fixed = [1, 2] },
        new("DynamicQuantizeLinear", 11, _ => x => Dynamic(x[0])),
        One("MatMulInteger", 10, _ => x => Product(x[0], x[1], x.Maybe(2), x.Maybe(3)).To(DType.Int32)),
        One("QLinearMatMul", 10, _ => x =>
        {
            var sums = Product(x[0], x[3], x.Maybe(2), x.Maybe(5));
            return Requantized(sums, Rows(x[1]).To(DType.Float64) * x[4].To(DType.Float64), x[6], x[7]);
        }),
        One("ConvInteger", 10, a =>
        {
            var convolve = Convolution(a);
            return x => convolve(Centred(x[0], x.Maybe(2)), Centred(x[1], x.Maybe(3) is { } zero ? Outputs(zero, x[1].Rank) : null)).To(DType.Int32);
        }),
        One("QLinearConv", 10, a =>
        {
            var convolve = Convolution(a);
            return x =>
            {
                var sums = convolve(Centred(x[0], x[2]), Centred(x[3], Outputs(x[5], x[3].Rank)));
                if (x.Maybe(8) is { } bias) sums = sums + bias.To(DType.Float64).Reshape([-1, .. Enumerable.Repeat(1, x[0].Rank - 2)]);
                var scale = x[4].To(DType.Float64);
                if (scale.Numel > 1) scale = scale.Reshape([-1, .. Enumerable.Repeat(1, x[0].Rank - 2)]);
                return Requantized(sums, x[1].To(DType.Float64) * scale, x[6], x[7]);
            };
        }),
    ];

    static Func<Tensor, Tensor, Tensor> Convolution(Attributes a)
    {
        var window = new Window(a, pools: false);
        int groups = a.Int("group", 1);
        return (x, weight) => ConvolutionOperators.Convolve(x, weight, null, window, groups);
    }

    /// <summary>The smallest and the largest number of a type. Numbers of 16 bits without sign are held as 32 bits, and nothing else of these is.</summary>
    static (double Least, double Most) RangeOf(DType type) => type switch
    {
        DType.UInt8 => (0, 255),
        DType.Int8 => (-128, 127),
        DType.Int16 => (short.MinValue, short.MaxValue),
        DType.Int32 => (0, ushort.MaxValue),
        _ => throw new OnnxException($"numbers are quantized to 8 or 16 bits, not to {type}"),
    };

    static Tensor Quantize(Tensor x, Tensor scale, Tensor? zero, DType type)
    {
        var (least, most) = RangeOf(type);
        var y = (x.To(scale.DType) / scale).Round();
        return (zero is null ? y : y + zero.To(y.DType)).Clamp(least, most).To(type);
    }

    static Tensor Requantized(Tensor sums, Tensor factor, Tensor scale, Tensor zero)
    {
        var (least, most) = RangeOf(zero.DType);
        var y = (sums * (factor / scale.To(DType.Float64)).To(DType.Float32).To(DType.Float64)).Round();
        return (y + zero.To(DType.Float64)).Clamp(least, most).To(zero.DType);
    }

    static Tensor Centred(Tensor x, Tensor? zero) => zero is null ? x.To(DType.Float64) : x.To(DType.Float64) - zero.To(DType.Float64);

    /// <summary>One number for all, one for each place along a dimension, or one for each block of them, in a form that broadcasts.</summary>
    static Tensor Along(Tensor x, Tensor given, int axis, int block)
    {
        if (given.Numel == 1) return given.Reshape();
        int d = Positive(axis, x.Rank);
        if (block == 0) return given.Reshape([.. Enumerable.Range(0, x.Rank).Select(i => i == d ? x.Shape[d] : 1)]);
        var places = Tensor.Arange(x.Shape[d]).To(DType.Float64);
        return given.IndexSelect(d, (places / block).Floor().To(DType.Int64));
    }

    // A zero point or scale for each row stands beside it, one for each column above it.
    static Tensor Rows(Tensor given) => given.Rank == 1 && given.Numel > 1 ? given.Unsqueeze(1) : given;

    static Tensor Outputs(Tensor given, int rank) => given.Numel == 1 ? given.Reshape() : given.Reshape([-1, .. Enumerable.Repeat(1, rank - 1)]);

    static Tensor Product(Tensor a, Tensor b, Tensor? zeroA, Tensor? zeroB) => Centred(a, zeroA is null ? null : Rows(zeroA)).MatMul(Centred(b, zeroB));

    /// <summary>Quantized to eight bits between the smallest and the largest of its numbers, and 0.</summary>
    static Tensor[] Dynamic(Tensor x)
    {
        Tensor least = x.Amin().Clamp(max: 0), most = x.Amax().Clamp(min: 0);
        var scale = (most - least) / 255;
        scale = scale.Eq(0).Where(Tensor.Scalar(1, scale.DType), scale);
        var zero = (0 - least / scale).Round().Clamp(0, 255).To(DType.UInt8);
        return [Quantize(x, scale, zero, DType.UInt8), scale, zero];
    }
}
