namespace Candeia;

public static partial class TensorOps
{
    /// <summary>
    /// A constant border: pairs (before, after), the last dimension first, as in
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.functional.pad.html">torch.nn.functional.pad</see>.
    /// </summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <param name="padding">Pairs (before, after), of the last dimension first; negative numbers cut off.</param>
    /// <param name="value">What stands in the border.</param>
    /// <returns>[2, 3] with a padding of 1 and 1 is [2, 5].</returns>
    /// <exception cref="ArgumentException">The numbers are no pairs, or more than the dimensions have.</exception>
    /// <exception cref="ShapeException">More is cut off than there is.</exception>
    /// <example><code>
    /// Tensor x = [[1, 2]];
    /// Console.WriteLine(x.Pad([1, 1, 0, 1]));
    /// // →  0  1  2  0
    /// // →  0  0  0  0
    /// // → [ int64 [2, 4] ]
    /// </code></example>
    public static Tensor Pad(this Tensor x, ReadOnlySpan<int> padding, double value = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (padding.Length % 2 != 0 || padding.Length > 2 * x.Rank)
            throw new ArgumentException($"Pad of {x.Shape} takes pairs of numbers, at most {x.Rank} of them, not {padding.Length} numbers.");
        int[] starts = new int[x.Rank], sizes = [.. x.Shape.Sizes];
        for (int i = 0; i < padding.Length / 2; i++)
        {
            int dim = x.Rank - 1 - i, before = padding[2 * i], after = padding[2 * i + 1], size = x.Shape[dim];
            long result = (long)size + before + after;
            long cutBefore = Math.Max(0, -(long)before), cutAfter = Math.Max(0, -(long)after), left = size - cutBefore - cutAfter;
            if (left < 0 || result > int.MaxValue)
                throw new ShapeException($"A padding of {before} before and {after} after dimension {dim} of {x.Shape} makes its size {result}, which no size can be.");
            if (left < size) x = x.Narrow(dim, (int)cutBefore, (int)left);
            (starts[dim], sizes[dim]) = (Math.Max(0, before), (int)result);
        }
        Shape whole = new(sizes);
        return x.Shape == whole ? x : new UnsliceOp(new BoxOp(starts, x.Shape), whole, value).Apply(x);
    }
}
