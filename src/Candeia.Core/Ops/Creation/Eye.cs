namespace Candeia;

/// <summary>Ones on the diagonal of a matrix, zeros elsewhere.</summary>
public sealed record EyeOp : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>A matrix of this size.</summary>
    public Tensor Apply(int rows, int columns, DType dtype, Device device) => RunOn(device, Layout.Of([rows, columns]), dtype);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        Fills.Run(y, Tensor.Number(0, y.DType));
        for (int i = 0; i < Math.Min(y.Shape[0], y.Shape[1]); i++) y.SetNumber(i * (y.Shape[1] + 1L), 1);
    }
}

public sealed partial class Tensor
{
    /// <summary>The identity matrix: ones on the diagonal, zeros elsewhere.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns; as many as rows, if nothing is given.</param>
    /// <param name="dtype">The type of the result; <see cref="DefaultDType"/>, if none is named.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <returns>[rows, columns].</returns>
    /// <example><code>
    /// Console.WriteLine(Tensor.Eye(3));
    /// // →  1  0  0
    /// // →  0  1  0
    /// // →  0  0  1
    /// // → [ float32 [3, 3] ]
    /// </code></example>
    public static Tensor Eye(int rows, int? columns = null, DType? dtype = null, Device? device = null) =>
        new EyeOp().Apply(rows, columns ?? rows, dtype ?? DefaultDType, device ?? Device.Cpu);
}
