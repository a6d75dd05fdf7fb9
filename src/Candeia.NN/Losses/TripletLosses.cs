namespace Candeia.NN;

public static partial class Losses
{
    /// <summary>max(0, ‖anchor − positive‖ − ‖anchor − negative‖ + margin): what is alike should be nearer than what is not.</summary>
    /// <param name="anchor">Vectors, [n, d] or [d].</param>
    /// <param name="positive">Vectors of the same things.</param>
    /// <param name="negative">Vectors of others.</param>
    /// <param name="margin">By how much nearer.</param>
    /// <param name="p">Which norm.</param>
    /// <param name="epsilon">Added to the differences.</param>
    /// <param name="swap">Whether the negative's distance to the positive counts, where it is the smaller (<see href="https://www.bmva-archive.org.uk/bmvc/2016/papers/paper119/">Balntas et al. 2016</see>).</param>
    /// <param name="reduction">What becomes of the single losses.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <example><code>
    /// Tensor a = Tensor.Zeros([2, 3]), near = a + 0.01, far = a + 5;
    /// Console.WriteLine((double)a.TripletMarginLoss(near, far));           // → 0
    /// </code></example>
    public static Tensor TripletMarginLoss(
        this Tensor anchor, Tensor positive, Tensor negative, double margin = 1, double p = 2, double epsilon = 1e-6, bool swap = false, Reduction reduction = Reduction.Mean) =>
        anchor.TripletMarginWithDistanceLoss(positive, negative, (a, b) => a.PairwiseDistance(b, p, epsilon), margin, swap, reduction);

    /// <summary>The same with any distance.</summary>
    /// <param name="anchor">Vectors, [n, d] or [d].</param>
    /// <param name="positive">Vectors of the same things.</param>
    /// <param name="negative">Vectors of others.</param>
    /// <param name="distance">The distance of vectors [n, d], [n]; Euclid's, if not given.</param>
    /// <param name="margin">By how much nearer.</param>
    /// <param name="swap">Whether the negative's distance to the positive counts, where it is the smaller.</param>
    /// <param name="reduction">What becomes of the single losses.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <example><code>
    /// Tensor a = Tensor.Zeros([2, 3]), far = a + 5;
    /// Console.WriteLine((double)a.TripletMarginWithDistanceLoss(a, far, (x, y) => (x - y).Abs().Amax(1)));    // → 0
    /// </code></example>
    public static Tensor TripletMarginWithDistanceLoss(
        this Tensor anchor, Tensor positive, Tensor negative, Func<Tensor, Tensor, Tensor>? distance = null, double margin = 1, bool swap = false, Reduction reduction = Reduction.Mean)
    {
        positive = Matching(anchor, positive, nameof(TripletMarginLoss));
        negative = Matching(anchor, negative, nameof(TripletMarginLoss));
        distance ??= (a, b) => a.PairwiseDistance(b);
        var away = distance(anchor, negative);
        if (swap) away = away.Minimum(distance(positive, negative));
        return (distance(anchor, positive) - away + margin).Clamp(min: 0).Reduce(reduction);
    }
}
