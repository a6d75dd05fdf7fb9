namespace Candeia;

/// <summary>
/// Whole numbers in place of fractions: an element is scale · (value − zero point), with one scale for all, or one for each index of a dimension.
/// <see cref="TensorOps.QuantizePerTensor"/> and <see cref="TensorOps.QuantizePerChannel"/> make it.
/// </summary>
/// <param name="Values">The whole numbers, int8, uint8 or int32.</param>
/// <param name="Scale">How far apart two neighbours are, float32: [], or a vector with <paramref name="Axis"/>.</param>
/// <param name="ZeroPoint">The whole number that stands for 0, int64, in the shape of the scale.</param>
/// <param name="Axis">The dimension whose indices have scales of their own; none if there is one scale.</param>
public sealed record QuantizedTensor(Tensor Values, Tensor Scale, Tensor ZeroPoint, int? Axis)
{
    /// <summary>The sizes of the dimensions.</summary>
    public Shape Shape => Values.Shape;

    /// <summary>The fractions that the whole numbers stand for, float32.</summary>
    /// <example><code>
    /// var q = Tensor.From([0f, 0.26f, 1]).QuantizePerTensor(scale: 0.1, zeroPoint: 0, DType.Int8);
    /// Console.WriteLine(string.Join(' ', q.Values.ToArray&lt;sbyte>()));        // → 0 3 10
    /// Console.WriteLine(q.Dequantize());
    /// // →  0.0000
    /// // →  0.3000
    /// // →  1.0000
    /// // → [ float32 [3] ]
    /// </code></example>
    public Tensor Dequantize()
    {
        var (scale, zero) = Stretched(Scale, ZeroPoint, Axis, Shape.Rank);
        return (Values.To(DType.Int64) - zero).To(DType.Float32) * scale;
    }

    /// <summary>Scale and zero point in a shape that stretches to that of the values.</summary>
    internal static (Tensor Scale, Tensor Zero) Stretched(Tensor scale, Tensor zero, int? axis, int rank)
    {
        if (axis is not { } dim) return (scale, zero);
        int[] shape = [.. Enumerable.Repeat(1, rank)];
        shape[dim] = -1;
        return (scale.Reshape(shape), zero.Reshape(shape));
    }
}
