using Candeia.NN;

namespace Candeia.Vision;

/// <summary>How far found boxes are from the true ones: losses of pairs, the first with the first, [n, 4] each.</summary>
public static class BoxLosses
{
    /// <summary>1 less <see cref="BoxOps.GeneralizedIou"/> of pairs.</summary>
    /// <param name="found">[n, 4]: left, top, right, bottom.</param>
    /// <param name="truth">[n, 4].</param>
    /// <param name="reduction">What becomes of the losses of pairs; torchvision leaves them as they are.</param>
    /// <returns>A single number, or [n] with <see cref="Reduction.None"/>.</returns>
    /// <exception cref="ShapeException">They are no boxes, or not as many.</exception>
    /// <example><code>
    /// Tensor found = Tensor.From([0f, 0, 1, 1], [1, 4]), truth = Tensor.From([3f, 0, 4, 1], [1, 4]);
    /// Console.WriteLine($"{found.GeneralizedBoxIouLoss(truth).Item():0.0}");     // → 1.5
    /// </code></example>
    public static Tensor GeneralizedBoxIouLoss(this Tensor found, Tensor truth, Reduction reduction = Reduction.Mean)
    {
        var (common, all) = Overlap(found, truth);
        var around = (BoxOps.Corner(found, 2).Maximum(BoxOps.Corner(truth, 2)) - BoxOps.Corner(found, 0).Minimum(BoxOps.Corner(truth, 0))).Prod(1);
        return Reduced(1 - common / (all + BoxOps.Tiny) + (around - all) / (around + BoxOps.Tiny), reduction);
    }

    /// <summary>1 less <see cref="BoxOps.DistanceIou"/> of pairs: boxes that do not meet are pulled together the shortest way.</summary>
    /// <param name="found">[n, 4]: left, top, right, bottom.</param>
    /// <param name="truth">[n, 4].</param>
    /// <param name="reduction">What becomes of the losses of pairs; torchvision leaves them as they are.</param>
    /// <returns>A single number, or [n] with <see cref="Reduction.None"/>.</returns>
    /// <exception cref="ShapeException">They are no boxes, or not as many.</exception>
    /// <example><code>
    /// Tensor found = Tensor.From([0f, 0, 1, 1], [1, 4]), truth = Tensor.From([3f, 0, 4, 1], [1, 4]);
    /// Console.WriteLine($"{found.DistanceBoxIouLoss(truth).Item():0.000}");      // → 1.529
    /// </code></example>
    public static Tensor DistanceBoxIouLoss(this Tensor found, Tensor truth, Reduction reduction = Reduction.Mean)
    {
        var (common, all) = Overlap(found, truth);
        return Reduced(1 - common / (all + BoxOps.Tiny) + BoxOps.Apart(found, truth), reduction);
    }

    /// <summary>1 less <see cref="BoxOps.CompleteIou"/> of pairs: it pulls at the ratio of sides too.</summary>
    /// <param name="found">[n, 4]: left, top, right, bottom.</param>
    /// <param name="truth">[n, 4].</param>
    /// <param name="reduction">What becomes of the losses of pairs; torchvision leaves them as they are.</param>
    /// <returns>A single number, or [n] with <see cref="Reduction.None"/>.</returns>
    /// <exception cref="ShapeException">They are no boxes, or not as many.</exception>
    /// <example><code>
    /// Tensor found = Tensor.From([0f, 0, 2, 2], [1, 4]), truth = Tensor.From([0f, 0, 4, 1], [1, 4]);
    /// Console.WriteLine($"{found.CompleteBoxIouLoss(truth).Item():0.000}");      // → 0.747
    /// </code></example>
    public static Tensor CompleteBoxIouLoss(this Tensor found, Tensor truth, Reduction reduction = Reduction.Mean)
    {
        var (common, all) = Overlap(found, truth);
        var iou = common / (all + BoxOps.Tiny);
        return Reduced(1 - iou + BoxOps.Apart(found, truth) + BoxOps.Unlike(found, truth, iou), reduction);
    }

    static (Tensor Common, Tensor All) Overlap(Tensor found, Tensor truth)
    {
        BoxOps.Check(found);
        BoxOps.Check(truth);
        if (found.Shape != truth.Shape) throw new ShapeException($"Pairs of boxes are as many on both sides, not {found.Shape} and {truth.Shape}.");
        var common = (BoxOps.Corner(found, 2).Minimum(BoxOps.Corner(truth, 2)) - BoxOps.Corner(found, 0).Maximum(BoxOps.Corner(truth, 0))).Clamp(0, double.PositiveInfinity).Prod(1);
        return (common, BoxOps.Area(found) + BoxOps.Area(truth) - common);
    }

    static Tensor Reduced(Tensor losses, Reduction reduction) => reduction switch
    {
        Reduction.None => losses,
        Reduction.Sum => losses.Sum(),
        Reduction.Mean => losses.Mean(),
        _ => losses.Sum() / losses.Shape[0],
    };
}
