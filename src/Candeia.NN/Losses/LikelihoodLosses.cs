namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>The negative log likelihood of counts under Poisson distributions.</summary>
    /// <param name="input">The logarithms of the expected counts, or the counts themselves.</param>
    /// <param name="target">Counts, in the same shape.</param>
    /// <param name="logInput">Whether the input holds logarithms.</param>
    /// <param name="full">Whether Stirling's approximation of log(target!) is added for targets above 1.</param>
    /// <param name="epsilon">Added to expected counts before their logarithm is taken.</param>
    /// <param name="reduction">What becomes of the single losses.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.From([0f]).PoissonNllLoss(Tensor.From([1f])));    // → 1</code></example>
    public static Tensor PoissonNllLoss(
        this Tensor input, Tensor target, bool logInput = true, bool full = false, double epsilon = 1e-8, Reduction reduction = Reduction.Mean)
    {
        target = Matching(input, target, nameof(PoissonNllLoss));
        var losses = logInput ? input.Exp() - target * input : input - target * (input + epsilon).Log();
        if (full)
        {
            var safe = target.MaskedFill(target <= 1, 2);
            losses += (target <= 1).Where(Tensor.Number(0, target.DType), safe * safe.Log() - safe + (safe * (2 * Math.PI)).Log() * 0.5);
        }
        return losses.Reduce(reduction);
    }

    /// <summary>The negative log likelihood of numbers under normal distributions of which a network gives mean and variance.</summary>
    /// <param name="input">The means.</param>
    /// <param name="target">The numbers, in the same shape.</param>
    /// <param name="variance">The variances: in the same shape, with a last dimension of 1, or without it.</param>
    /// <param name="full">Whether the constant log(2π) / 2 is added.</param>
    /// <param name="epsilon">The least variance; no gradient flows to a smaller one through the bound.</param>
    /// <param name="reduction">What becomes of the single losses.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentException">A variance is negative.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.From([1f]).GaussianNllLoss(Tensor.From([3f]), Tensor.From([1f])));    // → 2</code></example>
    public static Tensor GaussianNllLoss(this Tensor input, Tensor target, Tensor variance, bool full = false, double epsilon = 1e-6, Reduction reduction = Reduction.Mean)
    {
        target = Matching(input, target, nameof(GaussianNllLoss));
        ArgumentNullException.ThrowIfNull(variance);
        if (input.Rank > 0 && variance.Shape == input.Shape.Remove(input.Rank - 1)) variance = variance.Unsqueeze(-1);
        if (variance.Shape != input.Shape && (input.Rank == 0 || variance.Shape != input.Shape.With(input.Rank - 1, 1)))
            throw new ShapeException($"GaussianNllLoss of {input.Shape} takes variances in that shape, with one for the last dimension, or without it, not {variance.Shape}.");
        if (variance.Device == Device.Cpu && (bool)(variance.Detach() < 0).Any()) throw new ArgumentException("A variance is negative; let the network end in Softplus or Exp.");
        var bounded = variance + (variance.Detach().Clamp(min: epsilon) - variance.Detach());   // the bound changes the value, not the gradient, as in PyTorch
        var losses = (bounded.Log() + (input - target).Square() / bounded) * 0.5;
        if (full) losses += 0.5 * Math.Log(2 * Math.PI);
        return losses.Reduce(reduction);
    }
}
