namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>The negative log likelihood of the true classes: what <see cref="CrossEntropyLoss"/> is after LogSoftmax.</summary>
    /// <param name="input">Log probabilities, [n, classes, …] or [classes].</param>
    /// <param name="target">Class indices from 0 on, [n, …] or a number.</param>
    /// <param name="weight">A factor for each class, [classes], for classes that are rare; 1, if nothing is given.</param>
    /// <param name="ignoreIndex">The class index whose elements do not count.</param>
    /// <param name="reduction">What becomes of the single losses: their mean, unless given.</param>
    /// <returns>A single number, or a loss for each target with <see cref="Reduction.None"/>.</returns>
    /// <exception cref="ShapeException">The target has another shape than the input without its classes.</exception>
    /// <exception cref="ArgumentException">The target is no tensor of whole numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is no class.</exception>
    /// <example><code>
    /// Tensor scores = [[2.0, 0, 0], [0, 0, 0]], classes = [0, 2];
    /// Console.WriteLine($"{scores.LogSoftmax(1).NllLoss(classes).Item():F4}");      // → 0.6691
    /// </code></example>
    public static Tensor NllLoss(
        this Tensor input, Tensor target, Tensor? weight = null, int ignoreIndex = -100, Reduction reduction = Reduction.Mean)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(target);
        CheckClasses(input, target, weight, ignoreIndex, nameof(NllLoss));
        return Likelihood(input, target, weight, ignoreIndex, labelSmoothing: 0, reduction);
    }

    /// <summary>The loss of log probabilities against class indices; part of each label may be spread over all classes.</summary>
    static Tensor Likelihood(Tensor input, Tensor target, Tensor? weight, int ignoreIndex, double labelSmoothing, Reduction reduction)
    {
        int dim = input.Rank == 1 ? 0 : 1;
        target = target.To(DType.Int64);
        var counts = target.Ne(ignoreIndex);                                 // [n, …]
        var index = target.MaskedFill(!counts, 0);
        var share = counts.To(input.DType);
        if (weight is not null) share *= weight.To(input.DType).IndexSelect(0, index.Flatten()).Reshape(index.Shape);
        var losses = -input.Gather(dim, index.Unsqueeze(dim)).Squeeze(dim) * share;
        if (labelSmoothing > 0)
        {
            var spread = weight is null ? input : input * AlongClasses(weight.To(input.DType), input, dim);
            losses = (1 - labelSmoothing) * losses - spread.Sum(dim) * counts.To(input.DType) * (labelSmoothing / input.Shape[dim]);
        }
        return reduction == Reduction.Mean ? losses.Sum() / share.Sum() : losses.Reduce(reduction);
    }

    /// <summary>Checks shapes and indices.</summary>
    static void CheckClasses(Tensor input, Tensor target, Tensor? weight, int ignoreIndex, string loss)
    {
        int dim = input.Rank == 1 ? 0 : 1;
        if (input.Rank == 0) throw new ShapeException($"{loss} needs an input [n, classes, …] or [classes], not a number.");
        if (target.DType.IsFloatingPoint())
            throw new ArgumentException($"{loss} needs class indices, not {target.DType}; convert the target with To(DType.Int64).");
        var expected = input.Shape.Remove(dim);
        if (target.Shape != expected)
            throw new ShapeException(
                $"{loss}: an input {input.Shape} has {input.Shape[dim]} classes and needs a target {expected}, not {target.Shape}.");
        CheckWeight(input, weight, dim, loss);
        if (target.Device != Device.Cpu) return;
        foreach (long c in target.ToArray<long>())
            if ((c < 0 || c >= input.Shape[dim]) && c != ignoreIndex)
                throw new ArgumentOutOfRangeException(
                    nameof(target), $"{loss}: the target has the class {c}; an input {input.Shape} has the classes 0 … {input.Shape[dim] - 1}.");
    }

    static void CheckWeight(Tensor input, Tensor? weight, int dim, string loss)
    {
        if (weight is not null && weight.Shape != [input.Shape[dim]])
            throw new ShapeException($"{loss}: {input.Shape[dim]} classes need a weight [{input.Shape[dim]}], not {weight.Shape}.");
    }

    static Tensor AlongClasses(Tensor weight, Tensor input, int dim) =>
        weight.Reshape([.. Enumerable.Range(0, input.Rank).Select(d => d == dim ? weight.Shape[0] : 1)]);
}
