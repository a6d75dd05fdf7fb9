using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// x·Wᵀ + b of inputs that become whole numbers and weights of eight bits. Inputs: x [rows, in] float32, weight [out, in] int8, the scales of its rows [out] and, if
/// there is one, bias [out].
/// </summary>
/// <param name="Input">How inputs become whole.</param>
public sealed record QuantizedLinearOp(InputQuantization Input) : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op to a matrix.</summary>
    public Tensor Apply(Tensor x, Tensor weight, Tensor scales, Tensor? bias)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        Shape shape = [x.Shape[0], weight.Shape[0]];
        return bias is null ? Run(shape, DType.Float32, x, weight, scales) : Run(shape, DType.Float32, x, weight, scales, bias);
    }

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(ReadOnlySpan<Tensor> x, Shape y) => y.Numel * x[1].Shape[1];

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => QuantizedCalls.Linear(Input.Checked(), x, outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>
    /// x·Wᵀ + b with a weight of eight bits: inputs become whole numbers too, the products are summed exactly, and the sums become fractions again. On machines that
    /// multiply bytes (VNNI) it is about twice as fast as with floats, and the weight takes a quarter of the memory.
    /// </summary>
    /// <param name="x">Vectors of the input […, in], float32.</param>
    /// <param name="weight">W [out, in], int8, with a scale for each row and zero points of 0: <c>w.QuantizePerChannel(scales, zeros, 0, DType.Int8)</c>.</param>
    /// <param name="bias">b [out], float32; nothing is added, if there is none.</param>
    /// <param name="input">How inputs become whole; by default each row by its own least and greatest number, as PyTorch's dynamic quantization does with all rows together.</param>
    /// <returns>[…, out], float32. No gradient flows through. A row in which a number is not finite becomes not-a-number where it finds its own scale.</returns>
    /// <exception cref="ShapeException">The sizes do not fit.</exception>
    /// <exception cref="ArgumentException">The types are others, or a zero point of the weight is not 0.</exception>
    /// <example><code>
    /// var weight = Tensor.From([1f, -0.5f, 0, 2], [2, 2]).QuantizePerChannel(Tensor.From([1 / 127.0, 2 / 127.0]), Tensor.From([0L, 0]), 0, DType.Int8);
    /// Tensor x = [[1.0, 2]];
    /// Console.WriteLine(Math.Round((double)x.QuantizedLinear(weight)[0, 1], 3));                          // → 4
    /// </code></example>
    public static Tensor QuantizedLinear(this Tensor x, QuantizedTensor weight, Tensor? bias = null, InputQuantization? input = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        input ??= new();
        _ = input.Checked();
        if (weight.Shape.Rank != 2) throw new ShapeException($"A linear layer needs a weight [out, in], not {weight.Shape}.");
        if (x.Rank == 0 || x.Shape[^1] != weight.Shape[1])
            throw new ShapeException($"A linear layer with {weight.Shape[1]} inputs cannot take {x.Shape}: its last size must be {weight.Shape[1]}.");
        var scales = QuantizedScales(x, weight, bias);
        if (Tracing.IsOn) return input.Rounded(x.Detach()).Linear(weight.Dequantize(), bias?.Detach());
        var op = new QuantizedLinearOp(input);
        if (x.Rank == 2) return op.Apply(x.Detach(), weight.Values, scales, bias?.Detach());
        return op.Apply(x.Detach().Reshape(-1, weight.Shape[1]), weight.Values, scales, bias?.Detach()).Reshape([.. x.Shape.Sizes[..^1], weight.Shape[0]]);
    }

    /// <summary>The scales of a quantized layer's weight, one for each output, after everything has been checked but the sizes of inputs.</summary>
    static Tensor QuantizedScales(Tensor x, QuantizedTensor weight, Tensor? bias)
    {
        if (x.DType != DType.Float32 || bias is not null && bias.DType != DType.Float32)
            throw new ArgumentException($"A quantized layer takes float32 and adds float32, not {x.DType}{(bias is null ? "" : $" and {bias.DType}")}; convert with To(dtype).");
        if (weight.Values.DType != DType.Int8) throw new ArgumentException($"The weight of a quantized layer is int8, not {weight.Values.DType}.");
        if (weight.Axis is not (null or 0)) throw new ArgumentException($"The weight of a quantized layer has a scale for each output, not for each index of dimension {weight.Axis}.");
        foreach (long zero in weight.ZeroPoint.ToArray<long>()) if (zero != 0) throw new ArgumentException($"The weight of a quantized layer has zero points of 0, not {zero}.");
        int outputs = weight.Shape[0];
        if (bias is not null && bias.Shape != [outputs]) throw new ShapeException($"The bias {bias.Shape} must have one number per output: [{outputs}].");
        return weight.Scale.Rank == 0 ? weight.Scale.Expand([outputs]).Contiguous() : weight.Scale;
    }
}
