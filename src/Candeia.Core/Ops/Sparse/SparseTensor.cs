namespace Candeia;

/// <summary>
/// A tensor of which few elements are not zero: their places and their values (PyTorch's COO form). Gradients flow to <see cref="Values"/>, and
/// through products to what it is multiplied by. Places may occur several times, and then count together.
/// </summary>
public sealed class SparseTensor
{
    SparseTensor(Tensor indices, Tensor values, Shape shape) => (Indices, Values, Shape) = (indices, values, shape);

    /// <summary>The places, int64 [dimensions, count]: a column for each element.</summary>
    public Tensor Indices { get; }

    /// <summary>The values at these places, [count].</summary>
    public Tensor Values { get; }

    /// <summary>The sizes of the dimensions.</summary>
    public Shape Shape { get; }

    /// <summary>How many elements are stored.</summary>
    public int Count => Values.Shape[0];

    /// <summary>A sparse tensor from places and values.</summary>
    /// <param name="indices">The places, int64 [dimensions, count].</param>
    /// <param name="values">The values, [count]. If they require a gradient, it flows to them.</param>
    /// <param name="shape">The sizes; as small as the places allow, unless given.</param>
    /// <exception cref="ShapeException">Places and values are not as many, or the shape has another number of dimensions.</exception>
    /// <exception cref="ArgumentException">The places are no int64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A place lies outside of the shape.</exception>
    /// <example><code>
    /// var a = SparseTensor.Create(Tensor.From([0L, 1, 2, 0], [2, 2]), Tensor.From([3f, 4]), [2, 3]);
    /// Console.WriteLine(a.ToDense());
    /// // →  0  0  3
    /// // →  4  0  0
    /// // → [ float32 [2, 3] ]
    /// </code></example>
    public static SparseTensor Create(Tensor indices, Tensor values, Shape? shape = null)
    {
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(values);
        if (indices.DType != DType.Int64) throw new ArgumentException($"Places are int64, not {indices.DType}; convert with To(DType.Int64).");
        if (indices.Rank != 2 || values.Rank != 1 || indices.Shape[1] != values.Shape[0])
            throw new ShapeException($"A sparse tensor has places [dimensions, count] and values [count], not {indices.Shape} and {values.Shape}.");
        if (shape is { } given && given.Rank != indices.Shape[0]) throw new ShapeException($"Places {indices.Shape} have {indices.Shape[0]} dimensions, but the shape is {given}.");
        int[] sizes = shape is { } own ? [.. own.Sizes] : new int[indices.Shape[0]];
        long[] least = Extremes(indices, smallest: true), most = Extremes(indices, smallest: false);
        for (int d = 0; d < sizes.Length; d++)
        {
            if (shape is null) sizes[d] = checked((int)most[d] + 1);
            if (least[d] < 0 || most[d] >= sizes[d])
                throw new ArgumentOutOfRangeException(nameof(indices), least[d] < 0 ? least[d] : most[d], $"A place in dimension {d} lies outside of 0 … {sizes[d] - 1}.");
        }
        return new(indices, values, Shape.Create(sizes));
    }

    static long[] Extremes(Tensor indices, bool smallest)
    {
        if (indices.Shape[1] == 0) return [.. Enumerable.Repeat(smallest ? 0L : -1, indices.Shape[0])];
        return (smallest ? indices.Amin(1) : indices.Amax(1)).ToArray<long>();
    }

    /// <summary>The same with every place once, in row-major order, and the sum of the values that were there.</summary>
    /// <example><code>
    /// var a = SparseTensor.Create(Tensor.From([1L, 0, 1], [1, 3]), Tensor.From([1f, 2, 3]), [2]);
    /// Console.WriteLine(string.Join(' ', a.Coalesce().Values.ToArray&lt;float>()));    // → 2 4
    /// </code></example>
    public SparseTensor Coalesce()
    {
        var (flat, inverse, _) = Flat().Unique(returnInverse: true, returnCounts: false);
        var sums = Tensor.Zeros(flat.Shape, Values.DType, Values.Device).IndexAdd(0, inverse!, Values);
        var places = new Tensor[Shape.Rank];
        var rest = flat;
        for (int d = Shape.Rank - 1; d >= 0; d--)
        {
            places[d] = rest.Remainder(Shape[d]);
            rest = rest.FloorDivide(Shape[d]);
        }
        return new(Shape.Rank == 0 ? Tensor.Zeros([0, flat.Shape[0]], DType.Int64, flat.Device) : Tensor.Stack(places), sums, Shape);
    }

    /// <summary>All elements, zeros included.</summary>
    public Tensor ToDense() => Tensor.Zeros([checked((int)Shape.Numel)], Values.DType, Values.Device).IndexAdd(0, Flat(), Values).Reshape(Shape);

    /// <summary>The product of this matrix [m, k] and a dense one [k, n], or a vector [k]; zeros are not multiplied.</summary>
    /// <param name="dense">The second factor.</param>
    /// <returns>[m, n], or [m].</returns>
    /// <exception cref="ShapeException">This is no matrix, or the inner sizes differ.</exception>
    /// <exception cref="ArgumentException">The element types differ.</exception>
    /// <example><code>
    /// var a = SparseTensor.Create(Tensor.From([0L, 1, 2, 0], [2, 2]), Tensor.From([3f, 4]), [2, 3]);
    /// Console.WriteLine(string.Join(' ', a.MatMul(Tensor.From([1f, 10, 100])).ToArray&lt;float>()));    // → 300 4
    /// </code></example>
    public Tensor MatMul(Tensor dense)
    {
        ArgumentNullException.ThrowIfNull(dense);
        if (Shape.Rank != 2 || dense.Rank is not (1 or 2) || dense.Shape[0] != Shape[1])
            throw new ShapeException($"A sparse matrix [m, k] is multiplied by [k, n] or [k], not {Shape} by {dense.Shape}.");
        TensorOps.Alike(Values, dense, nameof(MatMul));
        var rows = dense.IndexSelect(0, Indices[1]);                                                // [count, n]
        var products = rows * (dense.Rank == 1 ? Values : Values.Unsqueeze(1));
        return Tensor.Zeros([Shape[0], .. dense.Shape.Sizes[1..]], Values.DType, Values.Device).IndexAdd(0, Indices[0], products);
    }

    /// <summary>Rows and columns of a matrix exchanged.</summary>
    /// <exception cref="ShapeException">This is no matrix.</exception>
    public SparseTensor T() => Shape.Rank == 2 ? new(Indices.Flip(0), Values, [Shape[1], Shape[0]]) : throw new ShapeException($"T() is for matrices, not {Shape}.");

    /// <summary>Row-major positions.</summary>
    Tensor Flat()
    {
        var flat = Tensor.Zeros([Count], DType.Int64, Values.Device);
        for (int d = 0; d < Shape.Rank; d++) flat = flat * Shape[d] + Indices[d];
        return flat;
    }

    /// <summary>How many elements of which shape.</summary>
    public override string ToString() => $"{Count} of {Shape.Numel} elements of {Values.DType} {Shape}";
}

public static partial class TensorOps
{
    /// <summary>The elements that are not zero, in row-major order. Gradients flow back to where they came from.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <example><code>
    /// Tensor x = [[0, 5], [7, 0]];
    /// Console.WriteLine(x.ToSparse());      // → 2 of 4 elements of Int64 [2, 2]
    /// </code></example>
    public static SparseTensor ToSparse(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var places = x.Detach().NonZero().T();                                                      // [dimensions, count]
        return SparseTensor.Create(places, x.MaskedSelect(x.Detach().Ne(0)), x.Shape);
    }
}
