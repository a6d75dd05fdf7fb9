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
    /// <summary>Ones on the diagonal, zeros elsewhere.</summary>
    public static Tensor Eye(int rows, int? columns = null, DType? dtype = null, Device? device = null) =>
        new EyeOp().Apply(rows, columns ?? rows, dtype ?? DefaultDType, device ?? Device.Cpu);
}
