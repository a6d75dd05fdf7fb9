namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>The binary cross entropy of the sigmoid of scores, computed without overflow: the usual loss where the answer is yes or no.</summary>
    /// <param name="input">Scores (logits) of any size, in any shape: above 0 means yes.</param>
    /// <param name="target">0 or 1, or what lies between, in the same shape.</param>
    /// <param name="weight">A factor for each element, which stretches to the shape of the input; 1, if nothing is given.</param>
    /// <param name="posWeight">A factor for what is lost where the target is 1, where those are rare; it stretches to the shape of the input.</param>
    /// <param name="reduction">What becomes of the single losses: their mean, unless given.</param>
    /// <returns>A single number, or a loss for each element with <see cref="Reduction.None"/>.</returns>
    /// <exception cref="ShapeException">The shapes differ, or the weight does not fit.</exception>
    /// <example><code>
    /// Tensor scores = [0.0, 100], target = [1.0, 1];
    /// Console.WriteLine($"{scores.BceWithLogitsLoss(target).Item():F4}");      // → 0.3466
    /// </code></example>
    public static Tensor BceWithLogitsLoss(
        this Tensor input, Tensor target, Tensor? weight = null, Tensor? posWeight = null, Reduction reduction = Reduction.Mean)
    {
        target = Matching(input, target, nameof(BceWithLogitsLoss));
        var logSigmoid = input.LogSigmoid();
        var positive = posWeight is null ? logSigmoid : logSigmoid * (Weighted(target, posWeight - 1) + 1);
        return Weighted((1 - target) * input - positive, weight).Reduce(reduction);
    }
}
