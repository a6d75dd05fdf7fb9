namespace Candeia.NN;

/// <summary>
/// In training, whole channels of [n, c, …] become zero with probability p, and the rest is divided by 1 − p; in evaluation the input itself.
/// </summary>
/// <param name="p">How likely a whole channel becomes zero.</param>
/// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
public sealed class Dropout2d(double p = 0.5, Generator? generator = null) : Layer
{
    readonly double _p = p is >= 0 and <= 1 ? p : throw new ArgumentOutOfRangeException(nameof(p), $"A probability lies between 0 and 1, not {p}.");

    /// <inheritdoc/>
    protected internal override string Details => $"{_p}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 2) throw new ShapeException($"Dropout2d takes [n, c, …], not {x.Shape}.");
        if (!IsTraining || _p == 0) return x;
        Shape channels = [.. x.Shape.Select((size, d) => d < 2 ? size : 1)];
        return x * Tensor.Ones(channels, x.DType, x.Device).Dropout(_p, training: true, generator);
    }
}
