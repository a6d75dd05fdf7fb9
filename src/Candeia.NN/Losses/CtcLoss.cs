namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>
    /// Connectionist temporal classification: how improbable a sequence of labels is, over all ways to align it with the steps of a network, for speech and
    /// handwriting (<see href="https://www.cs.toronto.edu/~graves/icml_2006.pdf">Graves et al. 2006</see>).
    /// </summary>
    /// <param name="logProbs">Log probabilities, [t, n, classes], or [t, classes] of one sequence.</param>
    /// <param name="targets">Labels, [n, s] with anything behind their end, or those of all sequences one after the other.</param>
    /// <param name="inputLengths">How many steps of each sequence count, [n], or a number for one.</param>
    /// <param name="targetLengths">How many labels each sequence has, [n], or a number for one.</param>
    /// <param name="blank">The class that means no label.</param>
    /// <param name="reduction">What becomes of the single losses; the mean is of losses divided by the number of their labels.</param>
    /// <param name="zeroInfinity">Whether sequences with more labels than steps cost nothing, instead of infinitely much.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label or a length does not exist.</exception>
    /// <example><code>
    /// var steps = Tensor.Zeros([4, 1, 3]).LogSoftmax(2);
    /// var loss = steps.CtcLoss(Tensor.From([1L, 2]).Reshape(1, 2), Tensor.From([4L]), Tensor.From([2L]), reduction: Reduction.Sum);
    /// Console.WriteLine(Math.Round(Math.Exp(-(double)loss) * 81));         // → 15
    /// </code></example>
    public static Tensor CtcLoss(
        this Tensor logProbs, Tensor targets, Tensor inputLengths, Tensor targetLengths, int blank = 0, Reduction reduction = Reduction.Mean, bool zeroInfinity = false)
    {
        ArgumentNullException.ThrowIfNull(logProbs);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(inputLengths);
        ArgumentNullException.ThrowIfNull(targetLengths);
        if (logProbs.Rank == 2)
        {
            var one = logProbs.Unsqueeze(1).CtcLoss(targets.Reshape(1, -1), inputLengths.Reshape(1), targetLengths.Reshape(1), blank, reduction, zeroInfinity);
            return reduction == Reduction.None ? one.Squeeze(0) : one;
        }
        if (logProbs.Rank != 3) throw new ShapeException($"CtcLoss takes log probabilities [t, n, classes] or [t, classes], not {logProbs.Shape}.");
        var counts = targetLengths.To(DType.Int64);
        if (targets.Rank == 1) targets = Rows(targets, counts);
        var losses = new CtcOp(blank, zeroInfinity).Apply(logProbs, targets.To(DType.Int64), inputLengths.To(DType.Int64), counts);
        return reduction == Reduction.Mean ? (losses / counts.Maximum(1).To(losses.DType)).Mean() : losses.Reduce(reduction);
    }

    /// <summary>Labels one after the other, as rows.</summary>
    static Tensor Rows(Tensor labels, Tensor counts)
    {
        long[] lengths = counts.ToArray<long>();
        if (lengths.Any(l => l < 0) || lengths.Sum() != labels.Numel) throw new ShapeException($"CtcLoss: {labels.Numel} labels are not sequences of {string.Join(", ", lengths)}.");
        int most = (int)lengths.DefaultIfEmpty().Max();
        var rows = Tensor.Zeros([lengths.Length, most], DType.Int64, labels.Device);
        for (int i = 0, from = 0; i < lengths.Length; from += (int)lengths[i++])
            if (lengths[i] > 0) rows[i, ..(int)lengths[i]] = labels.Narrow(0, from, (int)lengths[i]).To(DType.Int64);
        return rows;
    }
}
