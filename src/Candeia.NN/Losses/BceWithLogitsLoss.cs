namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>The binary cross entropy of the sigmoid of scores, computed without overflow.</summary>
    /// <param name="input">Scores (logits).</param>
    /// <param name="target">0 or 1, or what lies between.</param>
    /// <param name="weight">A factor for each element; broadcasts to the input.</param>
    /// <param name="posWeight">A factor for what is lost on positive targets; broadcasts to the input.</param>
    /// <param name="reduction">What becomes of the single losses.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor BceWithLogitsLoss(
        this Tensor input, Tensor target, Tensor? weight = null, Tensor? posWeight = null, Reduction reduction = Reduction.Mean)
    {
        target = Matching(input, target, nameof(BceWithLogitsLoss));
        var logSigmoid = input.LogSigmoid();
        var positive = posWeight is null ? logSigmoid : logSigmoid * (Weighted(target, posWeight - 1) + 1);
        return Weighted((1 - target) * input - positive, weight).Reduce(reduction);
    }
}
