namespace Candeia.NN;

/// <summary>
/// In training, zeros with probability p and the rest divided by 1 − p; in evaluation the input itself
/// (<see href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. 2014</see>).
/// </summary>
/// <param name="p">How likely a number becomes zero; 0.5 is usual between large layers, 0.1 in transformers.</param>
/// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
public sealed class Dropout(double p = 0.5, Generator? generator = null) : Layer
{
    readonly double _p = p is >= 0 and <= 1 ? p : throw new ArgumentOutOfRangeException(nameof(p), $"A probability lies between 0 and 1, not {p}.");

    /// <inheritdoc/>
    protected internal override string Details => $"{_p}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Dropout(_p, IsTraining, generator);
}
