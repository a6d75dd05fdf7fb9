namespace Candeia;

/// <summary>Equally spaced numbers from <paramref name="Start"/> to <paramref name="End"/>, both included, as many as there is room for.</summary>
public sealed record LinspaceOp(double Start, double End) : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>A vector of so many numbers.</summary>
    public Tensor Apply(int steps, DType dtype, Device device) => RunOn(device, Layout.Of([steps]), dtype);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        int steps = (int)y.Numel;
        for (int i = 0; i < steps; i++)                                      // from both ends, so that both are exact
            y.SetNumber(i, i < (steps + 1) / 2 ? Start + i * (End - Start) / Math.Max(1, steps - 1) : End - (steps - 1 - i) * (End - Start) / (steps - 1));
    }
}

public sealed partial class Tensor
{
    /// <summary>Equally spaced numbers, both ends included; a single one is the start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There would be fewer than no numbers.</exception>
    public static Tensor Linspace(double start, double end, int steps, DType? dtype = null, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        return new LinspaceOp(start, end).Apply(steps, dtype ?? DefaultDType, device ?? Device.Cpu);
    }
}
