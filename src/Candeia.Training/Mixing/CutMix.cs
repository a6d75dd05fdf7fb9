namespace Candeia.Training;

/// <summary>
/// Replaces a rectangle of every picture [n, …, height, width] by that of another of its batch; λ is the part of the area that stays
/// (<see href="https://arxiv.org/abs/1905.04899">Yun et al., 2019</see>).
/// </summary>
/// <param name="alpha">λ is drawn from Beta(α, α) for each batch: near 0 or 1 for a small α, evenly for 1.</param>
/// <param name="seed">Governs what is cut; together with the number of the step, nothing else does.</param>
/// <param name="inValidation">Whether validation is computed on mixtures too, the same after each epoch; on the samples as they are, unless it is said.</param>
public sealed class CutMix(double alpha = 1, ulong seed = 0, bool inValidation = false) : Mixing(alpha, seed, inValidation)
{
    private protected override (Tensor X, double Share) Mix(Tensor x, Tensor order, double share, Generator random)
    {
        if (x.Rank < 3) throw new ShapeException($"CutMix cuts pictures [n, …, height, width], not {x.Shape}. MixUp takes any input.");
        int height = x.Shape[^2], width = x.Shape[^1];
        double side = Math.Sqrt(1 - share);
        var (top, bottom) = Side(height, side, random);
        var (left, right) = Side(width, side, random);
        var (mixed, partner) = (x.Clone(), x.IndexSelect(0, order));
        mixed[TensorIndex.Ellipsis, top..bottom, left..right] = partner[TensorIndex.Ellipsis, top..bottom, left..right];
        return (mixed, 1 - (double)(bottom - top) * (right - left) / ((double)height * width));
    }

    /// <summary>A part of a side around a random middle; what would stick out is left off.</summary>
    static (int From, int To) Side(int length, double part, Generator random)
    {
        int half = (int)(length * part) / 2, middle = random.NextInt(length);
        return (Math.Max(0, middle - half), Math.Min(length, middle + half));
    }
}
