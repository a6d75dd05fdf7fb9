namespace Candeia;

/// <summary>Windows of a dimension, each <paramref name="Step"/> after the one before: the dimension counts them, and their elements stand last.</summary>
/// <param name="Dim">The dimension.</param>
/// <param name="Size">How many elements a window has.</param>
/// <param name="Step">From one window to the next.</param>
public sealed record UnfoldOp(int Dim, int Size, int Step) : PartOp
{
    internal override Layout Of(Layout x)
    {
        if (x.Shape.Rank == 0 && Size <= 1) return new([Size], [1L], x.Offset);
        int size = x.Shape[Dim];
        if (Size < 0 || Size > size) throw new ArgumentOutOfRangeException(nameof(x), $"A window of {Size} does not fit into dimension {Dim} of {x.Shape}.");
        if (Step < 1) throw new ArgumentOutOfRangeException(nameof(x), $"Windows follow each other in steps of at least 1, not {Step}.");
        long[] strides = [.. x.Strides, x.Strides[Dim]];
        strides[Dim] *= Step;
        return new(Shape.Create([.. x.Shape.With(Dim, (size - Size) / Step + 1).Sizes, Size]), strides, x.Offset);
    }
}

/// <summary>Elements of a vector, with any distances: element i is that at Offset + Σ i[d]·Strides[d].</summary>
/// <param name="Layout">Sizes, distances, and where the first element stands.</param>
public sealed record AsStridedOp(Layout Layout) : PartOp
{
    internal override Layout Of(Layout x)
    {
        if (x.Shape.Rank != 1) throw new ShapeException($"Distances are those of a vector, not of {x.Shape}.");
        var (first, last) = Layout.Extent();
        if (Layout.Shape.Numel > 0 && (first < 0 || last >= x.Shape[0]))
            throw new ArgumentOutOfRangeException(nameof(x), $"The elements {Layout} stand from {first} to {last}, but there are {x.Shape[0]}.");
        long[] strides = new long[Layout.Shape.Rank];
        for (int d = 0; d < strides.Length; d++) strides[d] = Layout.Strides[d] * x.Strides[0];
        return new(Layout.Shape, strides, Layout.Shape.Numel == 0 ? x.Offset : x.Offset + Layout.Offset * x.Strides[0]);
    }
}

public static partial class TensorOps
{
    /// <summary>Windows of a dimension, as a view: the dimension counts them, and their elements stand along a new last one.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="dim">The dimension.</param>
    /// <param name="size">How many elements a window has.</param>
    /// <param name="step">From one window to the next.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is smaller than a window, or the step below 1.</exception>
    /// <example><code>Tensor x = [1, 2, 3, 4]; var y = x.Unfold(0, size: 2, step: 1);   // [[1, 2], [2, 3], [3, 4]]</code></example>
    public static Tensor Unfold(this Tensor x, int dim, int size, int step)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new UnfoldOp(x.Shape.Dim(dim), size, step).Apply(x);
    }

    /// <summary>
    /// Elements at any distances from each other, as a view of the tensor in row-major order (of a copy, where it lies otherwise): element i is that at
    /// offset + Σ i[d]·strides[d]. Unlike in PyTorch, what counts are the elements of this tensor, whatever memory it shares.
    /// </summary>
    /// <param name="x">The tensor.</param>
    /// <param name="shape">The sizes of the result.</param>
    /// <param name="strides">For each of its dimensions, how many elements further the next one is.</param>
    /// <param name="offset">Where the first one is.</param>
    /// <exception cref="ArgumentException">There is not a stride for each size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An element would be outside.</exception>
    /// <example><code>Tensor x = [1, 2, 3, 4]; var y = x.AsStrided([2, 2], [1, 1], 1);  // [[2, 3], [3, 4]]</code></example>
    public static Tensor AsStrided(this Tensor x, ReadOnlySpan<int> shape, ReadOnlySpan<long> strides, long offset = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new AsStridedOp(new(Shape.Create(shape), strides, offset)).Apply(x.Flatten());
    }
}
