namespace Candeia.NN;

/// <summary>A weight of eight bits with a scale for each output, as PyTorch's per-channel symmetric observer finds it.</summary>
internal static class EightBits
{
    static readonly Tensor s_zero = Tensor.Scalar(0L, DType.Int64, Device.Cpu).Keep();

    /// <summary>The whole numbers and the scales of a weight whose first dimension is that of the outputs.</summary>
    public static (Tensor Values, Tensor Scales) Of(Tensor weight)
    {
        using var _ = Autograd.NoGrad();
        int outputs = weight.Shape[0];
        var rows = weight.Detach().To(DType.Float32).Reshape(outputs, -1);
        var greatest = rows.Shape[1] == 0 ? Tensor.Zeros([outputs], DType.Float32, weight.Device) : rows.Abs().Amax(1);
        var scales = (greatest / 127.5).Clamp(min: Finfo.Of(DType.Float32).Eps);
        var values = rows.QuantizePerChannel(scales, Tensor.Zeros([outputs], DType.Int64, weight.Device), 0, DType.Int8).Values.Reshape(weight.Shape);
        return (values.Contiguous().Keep(), scales.Keep());
    }

    /// <summary>Both as one.</summary>
    public static QuantizedTensor Together(Tensor values, Tensor scales) => new(values, scales.To(DType.Float32), s_zero.To(values.Device), 0);

    /// <summary>Puts another weight in place of one.</summary>
    public static void Set(Tensor values, Tensor scales, Tensor weight)
    {
        if (weight.Shape != values.Shape) throw new ShapeException($"The weight of this layer is {values.Shape}, not {weight.Shape}.");
        var (others, otherScales) = Of(weight);
        values.CopyFrom(others);
        scales.CopyFrom(otherScales);
    }
}
