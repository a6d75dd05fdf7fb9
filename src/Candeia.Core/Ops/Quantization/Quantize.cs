namespace Candeia;

public static partial class TensorOps
{
    /// <summary>
    /// Fractions as whole numbers, with one scale for all: round(x / scale) + zero point, ties to the even one, held within the type.
    /// </summary>
    /// <param name="x">Floating-point numbers of any shape.</param>
    /// <param name="scale">How far apart two neighbours are; above 0.</param>
    /// <param name="zeroPoint">The whole number that stands for 0.</param>
    /// <param name="dtype">int8, uint8 or int32.</param>
    /// <returns>As <c>torch.quantize_per_tensor</c>. No gradient flows through.</returns>
    /// <exception cref="ArgumentException">The elements have no fractions, or the type is none of the three.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not above 0, or the zero point is not within the type.</exception>
    /// <example><code>
    /// var q = Tensor.From([-1f, 0, 0.5f]).QuantizePerTensor(scale: 0.25, zeroPoint: 10, DType.UInt8);
    /// Console.WriteLine(string.Join(' ', q.Values.ToArray&lt;byte>()));         // → 6 10 12
    /// </code></example>
    public static QuantizedTensor QuantizePerTensor(this Tensor x, double scale, long zeroPoint, DType dtype)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Quantized(x, Tensor.Scalar(scale, DType.Float32, x.Device), Tensor.Scalar(zeroPoint, DType.Int64, x.Device), null, dtype, [scale], [zeroPoint]);
    }

    /// <summary>Fractions as whole numbers, with a scale for each index of a dimension: the rows of a weight, or the channels of images.</summary>
    /// <param name="x">Floating-point numbers of any shape but [].</param>
    /// <param name="scales">How far apart two neighbours are, a vector with a number above 0 for each index.</param>
    /// <param name="zeroPoints">The whole numbers that stand for 0, as many, int64.</param>
    /// <param name="axis">The dimension; −1 is the last.</param>
    /// <param name="dtype">int8, uint8 or int32.</param>
    /// <returns>As <c>torch.quantize_per_channel</c>. No gradient flows through.</returns>
    /// <exception cref="ShapeException">There are more or fewer scales or zero points than indices.</exception>
    /// <exception cref="ArgumentException">The elements have no fractions, the zero points are no int64, or the type is none of the
    /// three.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A scale is not above 0, or a zero point is not within the type.</exception>
    /// <example><code>
    /// Tensor x = [[1.0, 2], [10, 20]];
    /// var q = x.QuantizePerChannel(Tensor.From([1.0, 10]), Tensor.From([0L, 5]), axis: 0, DType.Int8);
    /// Console.WriteLine(string.Join(' ', q.Values.ToArray&lt;sbyte>()));        // → 1 2 6 7
    /// </code></example>
    public static QuantizedTensor QuantizePerChannel(this Tensor x, Tensor scales, Tensor zeroPoints, int axis, DType dtype)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(scales);
        ArgumentNullException.ThrowIfNull(zeroPoints);
        int dim = x.Shape.Dim(axis), count = x.Rank == 0 ? 0 : x.Shape[dim];
        if (scales.Shape != [count] || zeroPoints.Shape != [count])
            throw new ShapeException($"Dimension {axis} of {x.Shape} needs {count} scales and as many zero points, not {scales.Shape} and {zeroPoints.Shape}.");
        if (zeroPoints.DType != DType.Int64) throw new ArgumentException($"Zero points are int64, not {zeroPoints.DType}; convert with To(DType.Int64).");
        return Quantized(x, scales.To(DType.Float32), zeroPoints, dim, dtype, scales.ToArray<double>(), zeroPoints.ToArray<long>());
    }

    static QuantizedTensor Quantized(Tensor x, Tensor scale, Tensor zero, int? axis, DType dtype, double[] scales, long[] zeros)
    {
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"Floating-point numbers are quantized, not {x.DType}; convert with To(DType.Float32).");
        if (dtype is not (DType.Int8 or DType.UInt8 or DType.Int32)) throw new ArgumentException($"Numbers are quantized to int8, uint8 or int32, not to {dtype}.");
        var range = Iinfo.Of(dtype);
        foreach (double s in scales) if (!(s > 0) || !double.IsFinite(s)) throw new ArgumentOutOfRangeException(nameof(scale), s, "A scale is above 0, and finite.");
        foreach (long z in zeros) if (z < range.Min || z > range.Max) throw new ArgumentOutOfRangeException(nameof(zero), z, $"A zero point of {dtype} lies between {range.Min} and {range.Max}.");
        using var noGrad = Autograd.NoGrad();
        var (by, from) = QuantizedTensor.Stretched(scale, zero, axis, x.Rank);
        var steps = (x.Detach().To(DType.Float32) * (1 / by)).Round().To(DType.Float64);            // float32 until here, as in PyTorch
        return new((steps + from.To(DType.Float64)).Clamp(range.Min, range.Max).To(dtype), scale, zero, axis);
    }
}
