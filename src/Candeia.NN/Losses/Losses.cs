namespace Candeia.NN;

/// <summary>
/// Losses as functions: <c>y.MseLoss(target)</c>. Prediction and target must have the same shape; none is stretched to the other, because [64]
/// against
/// [64, 1] would silently compare every prediction with every target.
/// </summary>
public static partial class Losses
{
    static Tensor Reduce(this Tensor losses, Reduction reduction) => reduction switch
    {
        Reduction.Mean => losses.Mean(),
        Reduction.Sum => losses.Sum(),
        Reduction.BatchMean => losses.Sum() / Math.Max(1, losses.Rank == 0 ? 1 : losses.Shape[0]),
        _ => losses,
    };

    /// <summary>The same where each loss counts as much as a weight says.</summary>
    static Tensor Reduce(this Tensor losses, Reduction reduction, Tensor? weight)
    {
        if (weight is null) return losses.Reduce(reduction);
        if (Shape.Broadcast(losses.Shape, weight.Shape) != losses.Shape) throw new ShapeException($"Weights {weight.Shape} do not stretch to the {losses.Shape} losses that they are for.");
        var counts = weight.To(losses.DType).Expand(losses.Shape);
        var weighted = losses * counts;
        return reduction == Reduction.Mean ? weighted.Sum() / counts.Sum() : weighted.Reduce(reduction);
    }

    /// <summary>Checks the shapes and brings the target to the type of the prediction.</summary>
    static Tensor Matching(Tensor input, Tensor target, string loss)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(target);
        if (input.Shape == target.Shape) return target.To(input.DType);
        throw new ShapeException(
            $"{loss} compares element by element, but the prediction is {input.Shape} and the target {target.Shape}. {Cure(input.Shape, target.Shape)}");
    }

    static string Cure(Shape input, Shape target)
    {
        for (int d = 0; d <= target.Rank; d++)
            if (target.Insert(d, 1) == input) return $"Use target.Unsqueeze({d}) or the prediction's Squeeze({d}).";
        for (int d = 0; d <= input.Rank; d++)
            if (input.Insert(d, 1) == target) return $"Use target.Squeeze({d}) or the prediction's Unsqueeze({d}).";
        return input.Numel == target.Numel ? $"Use target.Reshape({string.Join(", ", input)})." : "Every prediction needs one target.";
    }
}
