namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>
    /// The cross entropy between scores and classes, the negative log of the softmax at the true class: the usual loss where one of several classes
    /// is right.
    /// </summary>
    /// <param name="input">Scores (logits), [n, classes, …] or [classes].</param>
    /// <param name="target">Class indices, [n, …], or probabilities in the shape of the input.</param>
    /// <param name="weight">A factor for each class, [classes], for classes that are rare; 1, if nothing is given.</param>
    /// <param name="ignoreIndex">The class index whose elements do not count; without meaning for probabilities.</param>
    /// <param name="labelSmoothing">
    /// The part of each label that is spread evenly over all classes, such as 0.1
    /// (<see href="https://arxiv.org/abs/1512.00567">Szegedy et al., 2015</see>).
    /// </param>
    /// <param name="reduction">What becomes of the single losses: their mean, unless given.</param>
    /// <returns>A single number, or a loss for each target with <see cref="Reduction.None"/>.</returns>
    /// <exception cref="ShapeException">The target fits in neither form.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The label smoothing is not between 0 and 1, or a target is no class.</exception>
    /// <example><code>
    /// Tensor scores = [[2.0, 0, 0], [0, 0, 0]], classes = [0, 2];
    /// Console.WriteLine($"{scores.CrossEntropyLoss(classes).Item():F4}");      // → 0.6691
    /// </code></example>
    public static Tensor CrossEntropyLoss(
        this Tensor input, Tensor target, Tensor? weight = null, int ignoreIndex = -100, double labelSmoothing = 0,
        Reduction reduction = Reduction.Mean)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(target);
        if (labelSmoothing is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(labelSmoothing), $"Label smoothing is a part of 1, not {labelSmoothing}.");
        int dim = input.Rank <= 1 ? 0 : 1;
        if (!target.DType.IsFloatingPoint() || input.Rank == 0)
        {
            CheckClasses(input, target, weight, ignoreIndex, nameof(CrossEntropyLoss));
            if (weight is null && labelSmoothing == 0) return AtClasses(input, target.To(DType.Int64), ignoreIndex, reduction);
            return Likelihood(input.LogSoftmax(dim), target, weight, ignoreIndex, labelSmoothing, reduction);
        }

        if (target.Shape != input.Shape)
            throw new ShapeException(
                $"CrossEntropyLoss: an input {input.Shape} needs class indices {input.Shape.Remove(dim)} (int64) or probabilities {input.Shape}, not {target.DType} {target.Shape}.");
        CheckWeight(input, weight, dim, nameof(CrossEntropyLoss));
        var p = target.To(input.DType);
        if (labelSmoothing > 0) p = p * (1 - labelSmoothing) + labelSmoothing / input.Shape[dim];
        if (weight is not null) p *= AlongClasses(weight.To(input.DType), input, dim);
        return (-(input.LogSoftmax(dim) * p).Sum(dim)).Reduce(reduction);
    }

    /// <summary>The plain case in one pass over the scores.</summary>
    static Tensor AtClasses(Tensor input, Tensor target, int ignoreIndex, Reduction reduction)
    {
        int classes = input.Rank == 1 ? input.Shape[0] : input.Shape[1];
        var rows = input.Rank <= 2 ? input : input.Movedim(1, -1);           // [n, …, classes]
        var losses = new CrossEntropyOp(ignoreIndex).Apply(rows.Reshape((int)target.Numel, classes), target.Flatten()).Reshape(target.Shape);
        return reduction == Reduction.Mean ? losses.Sum() / target.Ne(ignoreIndex).Sum().To(losses.DType) : losses.Reduce(reduction);
    }
}
