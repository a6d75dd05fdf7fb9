namespace Candeia.Kernels;

/// <summary>Quantized layers on the CPU: where in the tensors' memory their numbers lie.</summary>
internal static unsafe class QuantizedCalls
{
    /// <summary>Inputs: x [rows, in], weight [out, in] int8, its scales [out] and perhaps a bias.</summary>
    public static void Linear(Quantizing how, ReadOnlySpan<Tensor> x, Tensor y)
    {
        Tensor from = x[0].Contiguous(), weight = x[1].Contiguous(), scales = x[2].Contiguous();
        var bias = x.Length > 3 ? x[3].Contiguous() : null;
        using var p = Pins.Of(from, weight, scales, bias, y);
        QuantizedProduct.Run(new(from.Shape[0], y.Shape[1], from.Shape[1], how, false), p.At<float>(0), p.At<sbyte>(1), p.At<float>(2), p.At<float>(3), p.At<float>(4), new(weight));
    }

    /// <summary>Inputs: x, weight [out, in, kh, kw] int8, its scales [out] and perhaps a bias.</summary>
    public static void Convolution(ConvGeometry geometry, Quantizing how, ReadOnlySpan<Tensor> x, Tensor y)
    {
        Tensor from = x[0].ChannelsLast(), weight = x[1].Contiguous(), scales = x[2].Contiguous();
        var bias = x.Length > 3 ? x[3].Contiguous() : null;
        if (y.Numel == 0) return;
        using var p = Pins.Of(from, weight, scales, bias, y);
        QuantizedConvolution.Run(geometry.On(from.Shape, weight.Shape), how, false, p.At<float>(0), p.At<sbyte>(1), p.At<float>(2), p.At<float>(3), p.At<float>(4), new(weight));
    }
}
