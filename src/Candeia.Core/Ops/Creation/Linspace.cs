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
    /// <param name="start">The first number.</param>
    /// <param name="end">The last.</param>
    /// <param name="steps">How many numbers.</param>
    /// <param name="dtype">The type of the result; <see cref="DefaultDType"/>, if none is named.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <returns>A vector [steps].</returns>
    /// <exception cref="ArgumentOutOfRangeException">There would be fewer than no numbers.</exception>
    /// <example><code>
    /// Console.WriteLine(string.Join(' ', Tensor.Linspace(0, 1, 5).ToArray&lt;float>()));      // → 0 0.25 0.5 0.75 1
    /// </code></example>
    public static Tensor Linspace(double start, double end, int steps, DType? dtype = null, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        return new LinspaceOp(start, end).Apply(steps, dtype ?? DefaultDType, device ?? Device.Cpu);
    }
}
