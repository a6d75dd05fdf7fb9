namespace Candeia.Training;

/// <summary>Brings outputs and targets to one shape, or refuses: a silent broadcast of [64] against [64, 1] compares everything with everything.</summary>
internal static class Pairs
{
    /// <summary>Both in the shape of the target; only a last dimension of size 1 may be missing on one side.</summary>
    public static (Tensor Output, Tensor Target) Match(string metric, Tensor output, Tensor target)
    {
        if (output.Shape == target.Shape) return (output, target.To(output.DType));
        if (output.Numel == target.Numel && output.Shape.Where(n => n != 1).SequenceEqual(target.Shape.Where(n => n != 1)))
            return (output.Reshape(target.Shape), target.To(output.DType));
        throw new ShapeException($"{metric} compares outputs {output.Shape} with targets {target.Shape}; they need one shape.");
    }
}
